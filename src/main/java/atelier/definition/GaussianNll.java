package atelier.definition;

/**
 * How surprised a decoder is by pixels of any grey, when it says each one's mean y and the deviation σ is given: −ln p(x) of
 * independent Gaussians.
 *
 * <p>Shapes: y, x {@code [N,I]}, one image in each row. The loss is in nats, the sum over the pixels, averaged over the batch: the
 * divisor is N. With σ² = ½ it is the squared error (Q1) plus a constant.
 *
 * <p>It may be below 0, as a density may be above 1.
 *
 * <p>Walk-through: notebooks/09-vae-mathematics. Source: Kingma and Welling 2014, arXiv:1312.6114, appendix C.2.
 */
public final class GaussianNll {

    private GaussianNll() {}

    /**
     * <pre>{@code
     * L = 1/N Σ_n Σ_i ( (x[n,i] − y[n,i])² / (2σ²) + ½ ln(2πσ²) )                                (Q3)
     * }</pre>
     */
    public static double loss(double[][] y, double[][] x, double sigma) {
        Nested.requireSizes("GaussianNll", "x", x, Nested.sizes(y));
        requireDeviation(sigma);
        double sum = 0;
        for (int n = 0; n < y.length; n++) {
            for (int i = 0; i < y[n].length; i++) {
                double d = x[n][i] - y[n][i];
                sum += d * d / (2 * sigma * sigma) + 0.5 * Math.log(2 * Math.PI * sigma * sigma);
            }
        }
        return sum / y.length;
    }

    /**
     * <pre>{@code
     * dY[n,i] = (y[n,i] − x[n,i]) / (σ² N)                                                       (Q4)
     * }</pre>
     */
    public static double[][] dY(double[][] y, double[][] x, double sigma) {
        Nested.requireSizes("GaussianNll", "x", x, Nested.sizes(y));
        requireDeviation(sigma);
        int N = y.length;
        return Nested.map(y, x, (v, t) -> (v - t) / (sigma * sigma * N));
    }

    private static void requireDeviation(double sigma) {
        if (!(sigma > 0)) {
            throw new IllegalArgumentException(
                    "GaussianNll: expected a deviation sigma above 0 but got " + sigma + ". Try 0.1 to 1.");
        }
    }
}
