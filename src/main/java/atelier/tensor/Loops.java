package atelier.tensor;

/** Short loops over stretches of arrays that layers are made of, on the processor's vectors where it has them. */
public final class Loops {

    private Loops() {}

    /** Whether this machine's vectors are in use; without them the same numbers take several times as long. */
    public static boolean vectors() {
        return !(Kernels.best() instanceof PlainKernels);
    }

    /** {@code y += x}. */
    public static void add(float[] x, int xFrom, float[] y, int yFrom, int length) {
        Kernels.best().add(x, xFrom, y, yFrom, length);
    }

    /** Whether no number is NaN or infinite. */
    public static boolean allFinite(float[] x) {
        return Sweep.allFinite(x);
    }

    /** {@code sum[j] += Σ_i x[i,j]} of a row-major matrix, i in order. */
    public static void columnSums(float[] x, int xFrom, int rows, int columns, float[] sum, int sumFrom) {
        Kernels.best().columnSums(x, xFrom, rows, columns, sum, sumFrom);
    }

    /** {@code y = scale[j]·((x − mu[j])·inverse[j]) + shift[j]} for some rows of x and y {@code [M,columns]}, the first of which begins at from. */
    public static void normalise(
            float[] x,
            int from,
            int rows,
            int columns,
            float[] mu,
            float[] inverse,
            float[] scale,
            float[] shift,
            float[] y) {
        Kernels.best().normalise(x, from, rows, columns, mu, inverse, scale, shift, y);
    }

    /** {@code dX = (scale[j]·inverse[j])·(dY − meanDY[j] − x̂·meanDYx[j])} where {@code x̂ = (x − mu[j])·inverse[j]}; rows as above. */
    public static void normaliseBackward(
            float[] x,
            float[] dY,
            int from,
            int rows,
            int columns,
            float[] mu,
            float[] inverse,
            float[] scale,
            float[] meanDY,
            float[] meanDYx,
            float[] dX) {
        Kernels.best().normaliseBackward(x, dY, from, rows, columns, mu, inverse, scale, meanDY, meanDYx, dX);
    }

    /**
     * One row of outputs of max pooling, channels last: {@code y[j,c] = max_q x[first + j·step + offsets[q] + c]}; {@code winner}
     * gets the q of the first maximum.
     */
    public static void maxPool(
            float[] x,
            int first,
            int step,
            int[] offsets,
            int channels,
            int outputs,
            float[] y,
            float[] winner,
            int yFrom) {
        Kernels.best().maxPool(x, first, step, offsets, channels, outputs, y, winner, yFrom);
    }

    /** The gradient goes to the winner: {@code dX[first + j·step + offsets[q] + c] += dY[j,c]}. */
    public static void maxPoolBackward(
            float[] dY,
            float[] winner,
            int yFrom,
            int outputs,
            int channels,
            float[] dX,
            int first,
            int step,
            int[] offsets) {
        Kernels.best().maxPoolBackward(dY, winner, yFrom, outputs, channels, dX, first, step, offsets);
    }
}
