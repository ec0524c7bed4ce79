package atelier.definition;

/**
 * WGAN's first way to hold a critic to a bounded slope: after each step no weight may be larger than c.
 *
 * <p>It is simple, and it is blunt: most weights end up at c or −c, and the critic can only be a simple function. Its authors call
 * it "a clearly terrible way". {@link GradientPenalty} came of it.
 *
 * <p>Walk-through: notebooks/15-stable-gans. Source: Arjovsky, Chintala and Bottou 2017, arXiv:1701.07875, algorithm 1, with
 * c = 0.01.
 */
public final class WeightClipping {

    private WeightClipping() {}

    /**
     * <pre>{@code
     * w ← max(−c, min(c, w))                                                                     (W5)
     * }</pre>
     *
     * @param w the weights, and biases too; changed
     * @param c the bound, above 0
     */
    public static void step(double[] w, double c) {
        for (int i = 0; i < w.length; i++) {
            w[i] = Math.max(-c, Math.min(c, w[i]));
        }
    }
}
