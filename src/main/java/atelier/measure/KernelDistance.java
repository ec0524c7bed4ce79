package atelier.measure;

import atelier.tensor.Gemm;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How unlike two sets of images are, by comparing every pair of images; the kernel inception distance (KID), on our features.
 *
 * <pre>{@code
 * MMD² = mean_{i≠j} k(x_i, x_j) + mean_{i≠j} k(y_i, y_j) − 2 mean_{i,j} k(x_i, y_j)       (E2)
 *     k(x, y) = (x·y/F + 1)³
 * }</pre>
 *
 * <p>x and y are features of F numbers. Images are like their own set on average as they are like the other: then the three
 * means cancel. The kernel's third power lets means, spreads and skews of the features count.
 *
 * <p>Unlike the Fréchet distance it has no bias: whatever the number of images, its expectation is 0 for two samples of one
 * set. So it may come out negative, and that is no error.
 *
 * <p>The images are dealt out, by a fixed seed, to blocks of up to 1000, at least ten, and (E2) is worked out in each. The
 * distance is the mean over the blocks; the interval is the mean ± t·s/√B, with s the deviation between the B blocks and t
 * Student's for 95 % and B − 1 degrees of freedom.
 *
 * <p>Products are in float, sums in double.
 *
 * <p>Walk-through: notebooks/17-measuring-generators. Source: Bińkowski et al. 2018, arXiv:1801.01401.
 *
 * @param blocks (E2) of each block
 */
public record KernelDistance(double[] blocks) {

    private static final int LARGEST = 1000;
    private static final int FEWEST = 10;
    private static final RandomStream DEALING = RandomStream.seed(1);

    /** Between features {@code [N,F]} and {@code [M,F]} of at least 20 images each; what one set has more is left out. */
    public static KernelDistance of(Tensor x, Tensor y) {
        int n = x.rank() == 2 && y.rank() == 2 ? Math.min(x.size(0), y.size(0)) : 0;
        return of(x, y, Math.min(LARGEST, n / FEWEST));
    }

    /** The same with blocks of so many images, at least 2. */
    public static KernelDistance of(Tensor x, Tensor y, int size) {
        if (x.rank() != 2 || y.rank() != 2 || x.size(1) != y.size(1) || size < 2) {
            throw new ShapeException("KernelDistance.of: expected features [N,F] and [M,F] of at least "
                    + 2 * FEWEST + " images each but got " + Arrays.toString(x.shape()) + " and "
                    + Arrays.toString(y.shape()) + ", in blocks of " + size
                    + ". Both sets must be seen by the same judge, and a block needs pairs.");
        }
        double[] blocks = new double[Math.min(x.size(0), y.size(0)) / size];
        int[] dealtX = DEALING.split(1).permutation(x.size(0));
        int[] dealtY = DEALING.split(2).permutation(y.size(0));
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] = mmd(rows(x, dealtX, b * size, size), rows(y, dealtY, b * size, size), size, x.size(1));
        }
        return new KernelDistance(blocks);
    }

    private static float[] rows(Tensor features, int[] order, int from, int size) {
        int f = features.size(1);
        float[] rows = new float[size * f];
        for (int row = 0; row < size; row++) {
            System.arraycopy(features.data(), order[from + row] * f, rows, row * f, f);
        }
        return rows;
    }

    private static double mmd(float[] x, float[] y, int n, int f) {
        double others = (double) n * (n - 1);
        return sum(x, x, n, f, true) / others
                + sum(y, y, n, f, true) / others
                - 2 * sum(x, y, n, f, false) / ((double) n * n);
    }

    /** Σ k over all pairs, or over those of two different images. */
    private static double sum(float[] x, float[] y, int n, int f, boolean different) {
        float[] products = new float[n * n];
        Gemm.multiply(false, true, n, n, f, x, y, false, products);
        double[] sums = new double[n];
        Parallel.run(n, i -> {
            for (int j = 0; j < n; j++) {
                double k = products[i * n + j] / (double) f + 1;
                sums[i] += different && i == j ? 0 : k * k * k;
            }
        });
        return Arrays.stream(sums).sum();
    }

    /** The mean over the blocks. */
    public double distance() {
        return Arrays.stream(blocks).sum() / blocks.length;
    }

    /** The lower end of the 95 % interval. */
    public double low() {
        return distance() - halfWidth();
    }

    /** Its upper end. */
    public double high() {
        return distance() + halfWidth();
    }

    /** ∞ for a single block, which does not tell how blocks differ. */
    private double halfWidth() {
        int b = blocks.length;
        if (b == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double mean = distance();
        double squares = Arrays.stream(blocks).map(v -> (v - mean) * (v - mean)).sum();
        return new TDistribution(b - 1).inverseCumulativeProbability(0.975) * Math.sqrt(squares / (b - 1) / b);
    }
}
