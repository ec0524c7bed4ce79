package atelier.definition;

/**
 * How unlike two clouds of points are, by looking at every pair of points and at nothing else.
 *
 * <p>Walk-through: notebooks/17-measuring-generators. Source: Gretton et al. 2012, "A Kernel Two-Sample Test", JMLR 13; with
 * this kernel: Bińkowski et al. 2018, arXiv:1801.01401.
 */
public final class KernelDistance {

    private KernelDistance() {}

    /**
     * Between the rows of x {@code [N,F]} and those of y {@code [M,F]}, without bias: 0 on average for clouds of one kind.
     *
     * <pre>{@code
     * MMD² = mean_{i≠j} k(x_i, x_j) + mean_{i≠j} k(y_i, y_j) − 2 mean_{i,j} k(x_i, y_j)       (E2)
     * }</pre>
     *
     * <p>No point is paired with itself: that would be a pair more alike than any two points of the cloud are.
     */
    public static double of(double[][] x, double[][] y) {
        return within(x) + within(y) - 2 * between(x, y);
    }

    /** k(a, b) = (a·b/F + 1)³ of two points of F numbers. */
    public static double kernel(double[] a, double[] b) {
        double product = 0;
        for (int f = 0; f < a.length; f++) {
            product += a[f] * b[f];
        }
        double k = product / a.length + 1;
        return k * k * k;
    }

    private static double within(double[][] x) {
        if (x.length < 2) {
            throw new IllegalArgumentException(
                    "KernelDistance: expected at least 2 points but got " + x.length + ". One point has no pairs.");
        }
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                if (i != j) {
                    sum += kernel(x[i], x[j]);
                }
            }
        }
        return sum / (x.length * (x.length - 1.0));
    }

    private static double between(double[][] x, double[][] y) {
        double sum = 0;
        for (double[] a : x) {
            for (double[] b : y) {
                sum += kernel(a, b);
            }
        }
        return sum / x.length / y.length;
    }
}
