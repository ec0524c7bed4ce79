package atelier.definition;

/**
 * How far the output y is from the image x: the squared distance.
 *
 * <p>Shapes: y, x {@code [N,I]}, one image of I pixels in each row. The loss is the sum over the pixels, averaged over the batch:
 * the divisor is N. Divided by N·I it is the mean squared error that tables report.
 *
 * <p>Walk-through: notebooks/07-autoencoder. Source: Gauss 1809, "Theoria motus", section 179.
 */
public final class SquaredError {

    private SquaredError() {}

    /**
     * <pre>{@code
     * L = 1/N Σ_n Σ_i (y[n,i] − x[n,i])²                                                         (Q1)
     * }</pre>
     */
    public static double loss(double[][] y, double[][] x) {
        Nested.requireSizes("SquaredError", "x", x, Nested.sizes(y));
        double sum = 0;
        for (int n = 0; n < y.length; n++) {
            for (int i = 0; i < y[n].length; i++) {
                double d = y[n][i] - x[n][i];
                sum += d * d;
            }
        }
        return sum / y.length;
    }

    /**
     * <pre>{@code
     * dY[n,i] = 2 (y[n,i] − x[n,i]) / N                                                          (Q2)
     * }</pre>
     */
    public static double[][] dY(double[][] y, double[][] x) {
        Nested.requireSizes("SquaredError", "x", x, Nested.sizes(y));
        int N = y.length;
        return Nested.map(y, x, (v, t) -> 2 * (v - t) / N);
    }
}
