package atelier.definition;

import java.util.Arrays;

/**
 * The best that a discriminator can be against a given generator, and what the game is worth then.
 *
 * <p>Both distributions are given at the same places, as probabilities p_i of the data and q_i of the generator's samples,
 * each with the sum 1: for densities, density times the distance Δ of the places.
 *
 * <p>Units: nats. Walk-through: notebooks/12-gan-mathematics. Source: Goodfellow and colleagues 2014, arXiv:1406.2661,
 * proposition 1 (H4) and theorem 1 (H5).
 */
public final class OptimalDiscriminator {

    private static final double ROUNDING = 1e-6;

    private OptimalDiscriminator() {}

    /**
     * At each place the share of the data in what is found there.
     *
     * <pre>{@code
     * D*_i = p_i / (p_i + q_i) = σ(d*_i),     d*_i = ln p_i − ln q_i                               (H4)
     * }</pre>
     *
     * @return d*, the logits; 0 where neither ever is, as any answer is as good there, ±∞ where only one of them is
     */
    public static double[] logits(double[] p, double[] q) {
        require("logits", p, q);
        double[] best = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            best[i] = p[i] == q[i] ? 0 : Math.log(p[i]) - Math.log(q[i]);
        }
        return best;
    }

    /**
     * The value of the game for any discriminator D = σ(d).
     *
     * <pre>{@code
     * V(D, G)  = Σ_i ( p_i ln D_i + q_i ln(1 − D_i) ) = −Σ_i ( p_i ln(1 + exp(−d_i)) + q_i ln(1 + exp(d_i)) )
     * V(D*, G) = 2 · JSD(p ‖ q) − ln 4                                                            (H5)
     * }</pre>
     *
     * <p>The second form is computed: where D was rounded to 1, the first would take the logarithm of 0.
     *
     * @param d the discriminator's logit at each place
     */
    public static double value(double[] p, double[] q, double[] d) {
        require("value", p, q);
        Nested.requireSizes("OptimalDiscriminator", "d", d, Nested.sizes(p));
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum -= p[i] > 0 ? p[i] * Softplus.forward(-d[i]) : 0; // 0 · ln 0 is 0
            sum -= q[i] > 0 ? q[i] * Softplus.forward(d[i]) : 0;
        }
        return sum;
    }

    /**
     * The Jensen-Shannon divergence: how far both are from their mixture m = ½(p + q).
     *
     * <pre>{@code
     * JSD(p ‖ q) = ½ KL(p ‖ m) + ½ KL(q ‖ m)
     * }</pre>
     *
     * <p>It is 0 only where p = q, and never above ln 2, which it reaches as soon as p and q share no place: from there it
     * does not tell how far away they are.
     */
    public static double jensenShannon(double[] p, double[] q) {
        require("jensenShannon", p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double m = (p[i] + q[i]) / 2;
            sum += p[i] > 0 ? 0.5 * p[i] * Math.log(p[i] / m) : 0;
            sum += q[i] > 0 ? 0.5 * q[i] * Math.log(q[i] / m) : 0;
        }
        return sum;
    }

    private static void require(String method, double[] p, double[] q) {
        Nested.requireSizes("OptimalDiscriminator", "q", q, Nested.sizes(p));
        for (double[] masses : new double[][] {p, q}) {
            double sum = Arrays.stream(masses).sum();
            if (!(Math.abs(sum - 1) < ROUNDING && Arrays.stream(masses).allMatch(v -> v >= 0))) {
                throw new IllegalArgumentException("OptimalDiscriminator." + method
                        + ": expected probabilities with the sum 1 but got the sum " + sum
                        + ". Multiply densities by the distance of their places, and let the places reach far enough.");
            }
        }
    }
}
