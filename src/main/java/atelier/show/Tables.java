package atelier.show;

import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tables as a notebook shows them. */
public final class Tables {

    private Tables() {}

    static double[] numbers(Table table, String name) {
        if (!table.containsColumn(name)) {
            throw new IllegalArgumentException("Curves: expected one of the columns " + table.columnNames()
                    + " but got \"" + name + "\". Check its spelling.");
        }
        Column<?> column = table.column(name);
        if (column instanceof NumericColumn<?> numbers) {
            return numbers.asDoubleArray();
        }
        throw new IllegalArgumentException("Curves: expected a column of numbers but got \"" + name + "\" of type "
                + column.type() + ". Choose another column.");
    }
}
