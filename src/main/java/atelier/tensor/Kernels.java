package atelier.tensor;

/**
 * The innermost loops, written twice: {@code VectorKernels} with the Vector API, {@link PlainKernels} without. Every number is made
 * by the same operations in the same order in both, so both give the same bits, whatever the width of the machine's vectors.
 */
interface Kernels {

    /** Chains of multiply-adds side by side: enough to keep every unit of a core busy. */
    int INDEPENDENT = 12;

    /** Columns of one vector of a {@link #panel}. */
    int lanes();

    /**
     * A panel of the matrix product: {@code vectors·lanes} columns of C.
     *
     * <pre>{@code
     * C[i,j] = start + Σ_q a[aFrom + rows[i] + cols[colsFrom + q]] · B[q,j]       start = 0, bias[j] or the old C[i,j]
     * }</pre>
     *
     * <p>The sum runs over q in order, one fused multiply-add each. A is addressed through two tables, so it may be a matrix, its
     * transpose, or the patches of an image that are nowhere stored as a matrix. Both tables grow from entry to entry.
     */
    void panel(
            int vectors,
            int m,
            int depth,
            float[] a,
            int aFrom,
            int[] rows,
            int[] cols,
            int colsFrom,
            float[] b,
            int bFrom,
            int bStride,
            float[] bias,
            int biasFrom,
            boolean accumulate,
            float[] c,
            int cFrom,
            int cStride);

    /** {@code y += x}. */
    void add(float[] x, int xFrom, float[] y, int yFrom, int length);

    /**
     * Whether no number is NaN or infinite. {@code 0·x} is 0 for a finite x and NaN for any other, so one sum tells; several sums side by
     * side, because each addition waits for the one before it.
     */
    boolean allFinite(float[] x, int from, int to);

    /** {@code y = scale[j]·((x − mu[j])·inverse[j]) + shift[j]}. */
    void normalise(
            float[] x,
            int from,
            int rows,
            int columns,
            float[] mu,
            float[] inverse,
            float[] scale,
            float[] shift,
            float[] y);

    /** {@code dX = (scale[j]·inverse[j])·(dY − meanDY[j] − x̂·meanDYx[j])} where {@code x̂ = (x − mu[j])·inverse[j]}. */
    void normaliseBackward(
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
            float[] dX);

    /** {@code sum[j] += Σ_i x[i,j]}, i in order. */
    void columnSums(float[] x, int xFrom, int rows, int columns, float[] sum, int sumFrom);

    /**
     * One row of max pooling, channels last: {@code y[j,c] = max_q x[first + j·step + offsets[q] + c]}; {@code winner} gets the q of
     * the first maximum.
     */
    void maxPool(
            float[] x,
            int first,
            int step,
            int[] offsets,
            int channels,
            int outputs,
            float[] y,
            float[] winner,
            int yFrom);

    /** Its backward pass: {@code dX[first + j·step + offsets[q] + c] += dY[j,c]} where q is the winner. */
    void maxPoolBackward(
            float[] dY,
            float[] winner,
            int yFrom,
            int outputs,
            int channels,
            float[] dX,
            int first,
            int step,
            int[] offsets);

    /**
     * Multiply-adds that wait for nothing but the arithmetic itself, as many times {@link #INDEPENDENT} vectors as asked for; their sum.
     * Each adds to the register where its sum stands already, as in the product: {@code s·f + f} would have f copied first.
     */
    float multiplyAdds(int rounds, float factor);

    /** {@code a = b + s·c}: the stream that measures a machine's memory. */
    void triad(float[] b, float[] c, float s, float[] a, int from, int to);

    void exp(float[] x, int xFrom, float[] y, int yFrom, int length);

    void log(float[] x, int xFrom, float[] y, int yFrom, int length);

    void tanh(float[] x, int xFrom, float[] y, int yFrom, int length);

    void sigmoid(float[] x, int xFrom, float[] y, int yFrom, int length);

    void logistic(float[] x, int xFrom, float[] sigma, int sigmaFrom, float[] tail, int tailFrom, int length);

    /**
     * Points around the origin: {@code x[i] = r·cos 2πv[i]} and {@code y[i] = r·sin 2πv[i]} with {@code r = √(−2 logU[i])}, 0 ≤ v < 1.
     */
    void points(float[] logU, float[] v, float[] x, float[] y, int length);

    /** The kernels of this machine: vectors where the module {@code jdk.incubator.vector} is there, else plain Java. */
    static Kernels best() {
        return Best.KERNELS;
    }

    /** Chosen once, when first used. */
    final class Best {

        private static final Kernels KERNELS = choose();

        private Best() {}

        private static Kernels choose() {
            if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
                try {
                    Class<?> vector = Class.forName("atelier.tensor.VectorKernels");
                    return (Kernels) vector.getDeclaredConstructor().newInstance();
                } catch (ReflectiveOperationException | LinkageError unusable) {
                    System.err.println("Atelier: this JDK's Vector API could not be used (" + unusable + ").");
                }
            }
            System.err.println("Atelier: computing in plain Java, several times slower, with the same results. "
                    + "Start java with --add-modules jdk.incubator.vector to use the processor's vectors.");
            return new PlainKernels();
        }
    }
}
