package atelier.measure;

import atelier.tensor.Gemm;
import atelier.tensor.Parallel;

/**
 * Squared Euclidean distances between the rows of two matrices, so many that they are worked out a block at a time.
 *
 * <pre>{@code
 * ‖x − y‖² = ‖x‖² + ‖y‖² − 2 x·y
 * }</pre>
 *
 * <p>All x·y of a block are one matrix product. The lengths are added up in the very order of that product, so rows that are
 * equal are at a distance of exactly 0; for others the error is that of float, relative to ‖x‖² and ‖y‖².
 */
final class Distances {

    private static final int PIECE = 16; // rows that one thread looks at in a time

    private final float[] y;
    private final int count;
    private final int width;
    private final float[] lengths;
    private final float[] block;
    private final int atOnce;

    /** To these {@code count} rows of {@code width} numbers, from at most {@code atOnce} others at a time. */
    Distances(float[] y, int count, int width, int atOnce) {
        this.y = y;
        this.count = count;
        this.width = width;
        this.atOnce = atOnce;
        lengths = new float[count];
        for (int j = 0; j < count; j++) {
            lengths[j] = length(y, j * width);
        }
        block = new float[atOnce * count];
    }

    /** What becomes of one row's distances; called on several threads, once a row. */
    interface Row {

        /** {@code squares[from + j]} is the squared distance of row i to row j of y. */
        void of(int i, float[] squares, int from);
    }

    /**
     * The distances of every row of x.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    void from(float[] x, int rows, Row row) throws InterruptedException {
        float[] some = new float[Math.min(rows, atOnce) * width];
        for (int first = 0; first < rows; first += atOnce) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Distances was interrupted.");
            }
            int start = first;
            int n = Math.min(rows - first, atOnce);
            System.arraycopy(x, first * width, some, 0, n * width);
            Gemm.multiply(false, true, n, count, width, some, y, false, block);
            Parallel.run((n + PIECE - 1) / PIECE, piece -> {
                for (int i = piece * PIECE; i < Math.min(n, (piece + 1) * PIECE); i++) {
                    squares(length(some, i * width), i * count);
                    row.of(start + i, block, i * count);
                }
            });
        }
    }

    /** Products into distances, in place. */
    private void squares(float length, int from) {
        for (int j = 0; j < count; j++) {
            block[from + j] = Math.max(0, length + lengths[j] - 2 * block[from + j]);
        }
    }

    private float length(float[] x, int from) {
        float sum = 0;
        for (int q = 0; q < width; q++) {
            sum = Math.fma(x[from + q], x[from + q], sum);
        }
        return sum;
    }
}
