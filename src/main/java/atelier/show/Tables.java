package atelier.show;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tables as a notebook shows them: numbers to the right, words to the left. */
public final class Tables {

    private static final int MOST_ROWS = 200;
    static final String CELL = "padding:4px 12px;border-bottom:1px solid #d0d7de;";

    private Tables() {}

    /** A tablesaw table. */
    public static Html html(Table table) {
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            List<Object> cells = new ArrayList<>();
            for (Column<?> column : table.columns()) {
                cells.add(column.isMissing(row) ? "" : column.get(row));
            }
            rows.add(cells);
        }
        return draw(table.columnNames(), rows);
    }

    /** The head and, below it, rows of as many cells: {@code Tables.of(List.of("step", "ms"), List.of("loops", 12.5))}. */
    public static Html of(List<String> head, List<?>... rows) {
        List<List<Object>> cells = new ArrayList<>();
        for (List<?> row : rows) {
            if (row.size() != head.size()) {
                throw new IllegalArgumentException("Tables.of: expected " + head.size() + " cells a row " + head
                        + " but got " + row.size() + ": " + row + ". Give each column its cell.");
            }
            cells.add(Collections.unmodifiableList(row));
        }
        return draw(head, cells);
    }

    /** The numbers of a column, by its name. */
    static double[] numbers(Table table, String name) {
        if (!table.containsColumn(name)) {
            throw new IllegalArgumentException("Curves: expected one of the columns " + table.columnNames()
                    + " but got \"" + name + "\". Check its spelling.");
        }
        if (table.column(name) instanceof NumericColumn<?> numbers) {
            return numbers.asDoubleArray();
        }
        throw new IllegalArgumentException("Curves: expected a column of numbers but got \"" + name + "\" of type "
                + table.column(name).type() + ". Choose another column.");
    }

    private static Html draw(List<String> head, List<List<Object>> rows) {
        List<List<Object>> shown = rows.subList(0, Math.min(rows.size(), MOST_ROWS));
        String rest = shown.size() < rows.size() ? "… and " + (rows.size() - shown.size()) + " more rows" : "";
        StringBuilder html =
                new StringBuilder("<table style=\"border-collapse:collapse;border:0;font-size:0.92em\">\n<thead><tr>");
        for (int j = 0; j < head.size(); j++) {
            cell(html, "th", head.get(j), isNumber(shown, j));
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<Object> row : shown) {
            html.append("<tr>");
            for (int j = 0; j < head.size(); j++) {
                cell(html, "td", text(row.get(j)), isNumber(shown, j));
            }
            html.append("</tr>\n");
        }
        html.append("</tbody></table>").append(rest.isEmpty() ? "" : "<p>" + rest + "</p>");
        return new Html(html.toString(), plain(head, shown) + rest);
    }

    private static void cell(StringBuilder html, String tag, String text, boolean right) {
        html.append('<').append(tag).append(" style=\"").append(CELL).append("text-align:");
        html.append(right ? "right" : "left").append("\">").append(Html.escape(text));
        html.append("</").append(tag).append('>');
    }

    private static String plain(List<String> head, List<List<Object>> rows) {
        int[] widths = new int[head.size()];
        for (int j = 0; j < widths.length; j++) {
            int column = j;
            widths[j] = Math.max(
                    head.get(j).length(),
                    rows.stream()
                            .mapToInt(row -> text(row.get(column)).length())
                            .max()
                            .orElse(0));
        }
        StringBuilder text = new StringBuilder();
        line(text, head, widths, rows);
        for (int width : widths) {
            text.append("─".repeat(width)).append("  ");
        }
        text.setLength(Math.max(0, text.length() - 2));
        text.append('\n');
        for (List<Object> row : rows) {
            line(text, row, widths, rows);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, List<?> cells, int[] widths, List<List<Object>> rows) {
        StringBuilder line = new StringBuilder();
        for (int j = 0; j < widths.length; j++) {
            String cell = text(cells.get(j));
            String space = " ".repeat(widths[j] - cell.length());
            line.append(isNumber(rows, j) ? space + cell : cell + space).append("  ");
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static boolean isNumber(List<List<Object>> rows, int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> row.get(column) instanceof Number || "".equals(row.get(column)));
    }

    private static String text(Object cell) {
        return cell instanceof Number number ? Numbers.text(number.doubleValue()) : String.valueOf(cell);
    }
}
