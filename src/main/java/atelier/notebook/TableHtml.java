package atelier.notebook;

import atelier.show.Html;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A tablesaw table as an HTML table: its name above it, numbers to the right, the middle of a long one left out. */
final class TableHtml {

    private static final int MOST_ROWS = 40;

    private TableHtml() {}

    static String of(Table table) {
        StringBuilder html = new StringBuilder("<table>");
        if (table.name() != null && !table.name().isBlank()) {
            html.append("<caption>").append(Html.escape(table.name())).append("</caption>");
        }
        html.append("\n<thead><tr>");
        for (Column<?> column : table.columns()) {
            html.append("<th")
                    .append(align(column))
                    .append('>')
                    .append(Html.escape(column.name()))
                    .append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        int rows = table.rowCount();
        for (int row = 0; row < rows; row++) {
            if (rows > MOST_ROWS && row == MOST_ROWS / 2) {
                row = rows - MOST_ROWS / 2;
                html.append("<tr><td colspan=\"")
                        .append(table.columnCount())
                        .append("\">… ")
                        .append(rows - MOST_ROWS)
                        .append(" more rows …</td></tr>\n");
            }
            html.append("<tr>");
            for (Column<?> column : table.columns()) {
                html.append("<td")
                        .append(align(column))
                        .append('>')
                        .append(Html.escape(column.getString(row)))
                        .append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table>").toString();
    }

    private static String align(Column<?> column) {
        return column instanceof NumericColumn<?> ? " style=\"text-align:right\"" : " style=\"text-align:left\"";
    }
}
