package atelier.definition;

/**
 * A weight divided by the most that it can stretch a vector: what comes out is never longer than what went in.
 *
 * <p>Shapes: w {@code [R,C]}, u {@code [R]}, v {@code [C]}, w̄ {@code [R,C]}. A kernel {@code [K,C,R,R]} is read as the matrix
 * {@code [K, C·R·R]}.
 *
 * <p>If every layer of a judge is held so, and the bends between have slopes of at most 1, the judge's number changes by at most as
 * much as the image does: its Lipschitz constant is at most 1. For a kernel that is read as a matrix it is a bound up to a factor,
 * as the patches overlap.
 *
 * <p>Walk-through: notebooks/15-stable-gans. Source: Miyato, Kataoka, Koyama and Yoshida 2018, "Spectral normalization for
 * generative adversarial networks", arXiv:1802.05957, algorithm 1.
 */
public final class SpectralNormalisation {

    private SpectralNormalisation() {}

    /**
     * Half a power iteration: the direction that w stretches most, if u is the direction that this ends in.
     *
     * <pre>{@code
     * v ← Wᵀu / ‖Wᵀu‖₂            u ← Wv / ‖Wv‖₂                                                 (L1)
     * }</pre>
     *
     * <p>Both come closer to the first pair of singular vectors, by the factor (σ₂/σ₁)² a round. As w changes little from step to step
     * of the training, one round a step is enough, if u is kept.
     */
    public static double[] v(double[][] w, double[] u) {
        double[] v = new double[w[0].length];
        for (int i = 0; i < w.length; i++) {
            for (int j = 0; j < v.length; j++) {
                v[j] += w[i][j] * u[i];
            }
        }
        return unit(v);
    }

    /** The other half of (L1). */
    public static double[] u(double[][] w, double[] v) {
        return unit(times(w, v));
    }

    /**
     * How much w stretches v, measured along u.
     *
     * <pre>{@code
     * σ = uᵀ·W·v            W̄ = W / σ                                                            (L2)
     * }</pre>
     *
     * <p>For the first pair of singular vectors it is the largest singular value, and the largest singular value of W̄ is 1.
     */
    public static double sigma(double[][] w, double[] u, double[] v) {
        double[] stretched = times(w, v);
        double sigma = 0;
        for (int i = 0; i < u.length; i++) {
            sigma += u[i] * stretched[i];
        }
        return sigma;
    }

    /** (L2): W̄, which the layer works with. */
    public static double[][] forward(double[][] w, double[] u, double[] v) {
        double sigma = sigma(w, u, v);
        return Nested.map(w, value -> value / sigma);
    }

    /**
     * A weight has two ways to move the loss: its own entry of W̄, and σ, which all entries are divided by. With u and v held
     * constant ∂σ/∂W = u·vᵀ.
     *
     * <pre>{@code
     * dW[i,j] = (dW̄[i,j] − u[i]·v[j] · Σ_ab dW̄[a,b]·W̄[a,b]) / σ                                  (L3)
     * }</pre>
     *
     * <p>At the exact singular vectors it is the exact gradient, for σ does not change there when u and v turn a little. And it is at right
     * angles to W: a weight that is only longer is the same W̄.
     */
    public static double[][] dW(double[][] dW, double[][] w, double[] u, double[] v) {
        double sigma = sigma(w, u, v);
        double[][] normalised = forward(w, u, v);
        Nested.requireSizes("SpectralNormalisation.dW", "dW", dW, Nested.sizes(w));
        double along = 0;
        for (int i = 0; i < w.length; i++) {
            for (int j = 0; j < w[0].length; j++) {
                along += dW[i][j] * normalised[i][j];
            }
        }
        double[][] raw = new double[w.length][w[0].length];
        for (int i = 0; i < w.length; i++) {
            for (int j = 0; j < w[0].length; j++) {
                raw[i][j] = (dW[i][j] - u[i] * v[j] * along) / sigma;
            }
        }
        return raw;
    }

    private static double[] times(double[][] w, double[] v) {
        double[] product = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            for (int j = 0; j < v.length; j++) {
                product[i] += w[i][j] * v[j];
            }
        }
        return product;
    }

    private static double[] unit(double[] x) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        if (squares == 0) {
            throw new IllegalArgumentException(
                    "SpectralNormalisation: expected a weight that stretches something but got "
                            + "a vector of zeros from it. Start from random weights and a random u.");
        }
        double length = Math.sqrt(squares);
        return Nested.map(x, value -> value / length);
    }
}
