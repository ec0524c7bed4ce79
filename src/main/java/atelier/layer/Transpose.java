package atelier.layer;

/** Between the two layouts: an image stored channels last is a matrix [pixels,C], row-major it is [C,pixels]. */
final class Transpose {

    private Transpose() {}

    /** Turns n matrices [rows,columns] into n matrices [columns,rows]. */
    static void matrices(float[] from, float[] to, int n, int rows, int columns) {
        for (int matrix = 0; matrix < n; matrix++) {
            int start = matrix * rows * columns;
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[start + j * rows + i] = from[start + i * columns + j];
                }
            }
        }
    }
}
