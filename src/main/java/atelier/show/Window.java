package atelier.show;

/** A rectangle of cells to be marked: rows {@code top … top+rows−1}, columns {@code left … left+columns−1}. */
public record Window(int top, int left, int rows, int columns) {

    /** One cell. */
    public static Window cell(int row, int column) {
        return new Window(row, column, 1, 1);
    }
}
