package atelier.definition;

/**
 * WGAN-GP's way to hold a critic to a slope of 1: the slope is measured between real and generated images, and what differs from 1
 * costs.
 *
 * <p>Shapes: x, x̃, x̂ and g {@code [N,F]}, one image in each row. The slope g[n] = ∂D(x̂[n])/∂x̂[n] of each image is what the
 * critic's own backward pass returns for dY = 1: {@link DenseCritic#slope}.
 *
 * <p>The penalty asks for the gradient of something that is itself a gradient. That is no new magic: see {@link DenseCritic#gradient}.
 *
 * <p>Walk-through: notebooks/15-stable-gans. Source: Gulrajani, Ahmed, Arjovsky, Dumoulin and Courville 2017, "Improved training of
 * Wasserstein GANs", arXiv:1704.00028, algorithm 1, where λ = 10.
 */
public final class GradientPenalty {

    private GradientPenalty() {}

    /**
     * Where to measure: anywhere on the straight line from a generated image to a real one.
     *
     * <pre>{@code
     * x̂[n] = a[n]·x[n] + (1 − a[n])·x̃[n]            a[n] uniform in [0,1)                        (W1)
     * }</pre>
     */
    public static double[][] mix(double[][] real, double[][] fake, double[] a) {
        Nested.requireSizes("GradientPenalty.mix", "fake", fake, Nested.sizes(real));
        double[][] mixed = new double[real.length][real[0].length];
        for (int n = 0; n < real.length; n++) {
            for (int f = 0; f < real[n].length; f++) {
                mixed[n][f] = a[n] * real[n][f] + (1 - a[n]) * fake[n][f];
            }
        }
        return mixed;
    }

    /**
     * How far the slopes are from 1; the mean over the images.
     *
     * <pre>{@code
     * P = λ/N Σ_n (‖g[n]‖₂ − 1)²                                                                 (W2)
     * }</pre>
     *
     * <p>A slope that is too small costs as much as one that is too large.
     */
    public static double penalty(double[][] g, double lambda) {
        double sum = 0;
        for (double[] slope : g) {
            double beyond = length(slope) - 1;
            sum += beyond * beyond;
        }
        return lambda * sum / g.length;
    }

    /**
     * Where the penalty wants the slopes to go: along themselves.
     *
     * <pre>{@code
     * v[n] = ∂P/∂g[n] = 2λ/N · (‖g[n]‖₂ − 1) · g[n]/‖g[n]‖₂                                      (W3)
     * }</pre>
     *
     * <p>At g = 0 there is no direction; 0 is taken.
     */
    public static double[][] dG(double[][] g, double lambda) {
        double[][] v = new double[g.length][g[0].length];
        for (int n = 0; n < g.length; n++) {
            double length = length(g[n]);
            for (int f = 0; f < g[n].length && length > 0; f++) {
                v[n][f] = 2 * lambda / g.length * (length - 1) * g[n][f] / length;
            }
        }
        return v;
    }

    private static double length(double[] slope) {
        double squares = 0;
        for (double s : slope) {
            squares += s * s;
        }
        return Math.sqrt(squares);
    }
}
