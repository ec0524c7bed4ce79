package atelier.layer;

import atelier.tensor.Parallel;
import java.util.function.IntConsumer;

/**
 * Between the two layouts: an image stored channels last is a matrix [pixels,C], row-major it is [C,pixels]. The calling thread keeps one
 * of these, so that a call allocates nothing.
 */
final class Transpose implements IntConsumer {

    private static final ThreadLocal<Transpose> MINE = ThreadLocal.withInitial(Transpose::new);

    private float[] from;
    private float[] to;
    private int rows;
    private int columns;

    private Transpose() {}

    /** Turns n matrices [rows,columns] into n matrices [columns,rows]. */
    static void matrices(float[] from, float[] to, int n, int rows, int columns) {
        Transpose mine = MINE.get();
        mine.from = from;
        mine.to = to;
        mine.rows = rows;
        mine.columns = columns;
        try {
            Parallel.run(n, mine);
        } finally {
            mine.from = null;
            mine.to = null;
        }
    }

    @Override
    public void accept(int matrix) {
        int start = matrix * rows * columns;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[start + j * rows + i] = from[start + i * columns + j];
            }
        }
    }
}
