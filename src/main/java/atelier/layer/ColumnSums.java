package atelier.layer;

import atelier.tensor.Parallel;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Sums down the columns of a matrix [M,C], one sum for each channel.
 *
 * <p>The rows are cut in pieces whose size depends on the matrix alone; each piece sums on its own, in double, and the sums
 * of the pieces are added in their order: the same bits on any number of threads.
 */
final class ColumnSums {

    private static final int PIECE = 1 << 14; // numbers

    private final IntConsumer sumPiece = this::sumPiece;
    private final IntConsumer squarePiece = this::squarePiece;
    private final IntConsumer productPiece = this::productPiece;
    private double[] partial = {}; // [pieces,C]
    private float[] a;
    private float[] b;
    private double[] mean;
    private int rows;
    private int columns;

    /** {@code total[c] = Σ a} */
    void sum(float[] a, int rows, double[] total) {
        this.a = a;
        add(sumPiece, rows, total);
    }

    /** {@code total[c] = Σ (a − mean[c])²} */
    void squares(float[] a, double[] mean, int rows, double[] total) {
        this.a = a;
        this.mean = mean;
        add(squarePiece, rows, total);
    }

    /** {@code total[c] = Σ (a − mean[c])·b} */
    void products(float[] a, double[] mean, float[] b, int rows, double[] total) {
        this.a = a;
        this.mean = mean;
        this.b = b;
        add(productPiece, rows, total);
    }

    private void add(IntConsumer piece, int rows, double[] total) {
        this.rows = rows;
        columns = total.length;
        int pieces = (rows + rowsEach() - 1) / rowsEach();
        if (partial.length < pieces * columns) {
            partial = new double[pieces * columns];
        }
        Arrays.fill(partial, 0);
        Parallel.run(pieces, piece);
        Arrays.fill(total, 0);
        for (int i = 0; i < pieces * columns; i++) {
            total[i % columns] += partial[i];
        }
        a = null;
        b = null;
    }

    private int rowsEach() {
        return Math.max(1, PIECE / columns);
    }

    private void sumPiece(int piece) {
        int end = Math.min(rows, (piece + 1) * rowsEach());
        for (int row = piece * rowsEach(); row < end; row++) {
            for (int c = 0; c < columns; c++) {
                partial[piece * columns + c] += a[row * columns + c];
            }
        }
    }

    private void squarePiece(int piece) {
        int end = Math.min(rows, (piece + 1) * rowsEach());
        for (int row = piece * rowsEach(); row < end; row++) {
            for (int c = 0; c < columns; c++) {
                double d = a[row * columns + c] - mean[c];
                partial[piece * columns + c] += d * d;
            }
        }
    }

    private void productPiece(int piece) {
        int end = Math.min(rows, (piece + 1) * rowsEach());
        for (int row = piece * rowsEach(); row < end; row++) {
            for (int c = 0; c < columns; c++) {
                int i = row * columns + c;
                partial[piece * columns + c] += (a[i] - mean[c]) * b[i];
            }
        }
    }
}
