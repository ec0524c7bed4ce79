package atelier.definition;

/**
 * The logarithm of a sigmoid without the sigmoid: what a judge's logit d costs, in nats.
 *
 * <p>With σ the {@link Sigmoid}, −ln σ(d) = softplus(−d) and −ln(1−σ(d)) = softplus(d). Far from 0 it is a ReLU: 0 on the left, x
 * on the right, with a soft bend between.
 *
 * <p>Source: Dugas, Bengio, Bélisle, Nadeau and Garcia 2001, "Incorporating second-order functional knowledge for better option
 * pricing", NIPS 13.
 */
public final class Softplus {

    private Softplus() {}

    /**
     * <pre>{@code
     * softplus(x) = ln(1 + exp x) = max(x,0) + ln(1 + exp(−|x|))
     * }</pre>
     *
     * <p>The right-hand side is computed: exp 1000 is infinite, exp(−1000) is nothing worse than 0.
     */
    public static double forward(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** Its slope is the sigmoid: {@code dX = dY · σ(x)}. */
    public static double dX(double dY, double x) {
        return dY * Sigmoid.forward(x);
    }
}
