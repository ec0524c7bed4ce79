package atelier.definition;

/**
 * The losses as the game (J1) says: what one player wins the other loses. It saturates, so nobody trains with it.
 *
 * <pre>{@code
 * L_D = −V        L_G = 1/M Σ_m ln(1 − σ(d̃[m])) = 1/M Σ_m −softplus(d̃[m])                        (J3)
 * }</pre>
 *
 * <p>Shapes: logits d {@code [N]} of real images, d̃ {@code [M]} of generated ones. Nats, means over the batches. L_D is that of
 * {@link NonSaturating}; of V the generator can move the second term only.
 *
 * <p>The slope of L_G is −σ(d̃): 0 where d̃ → −∞, which is where every generator starts, as no judge is fooled by noise. The
 * slope of −ln σ(d̃) is −σ(−d̃), and goes to −1. Both pull in the same direction: up.
 *
 * <p>Walk-through: notebooks/12-gan-mathematics. Source: Goodfellow et al. 2014, arXiv:1406.2661, equation 1 and section 3.
 */
public final class Minimax {

    private Minimax() {}

    /** L_D = −V. */
    public static double discriminator(double[] real, double[] fake) {
        return -ValueFunction.value(real, fake);
    }

    /** ∂L_D/∂d[n] = −σ(−d[n]) / N. */
    public static double[] dReal(double[] real) {
        return NonSaturating.dReal(real);
    }

    /** ∂L_D/∂d̃[m] = σ(d̃[m]) / M. */
    public static double[] dFake(double[] fake) {
        return NonSaturating.dFake(fake);
    }

    /** L_G, which is below 0: −ln 2 for a judge that knows nothing. */
    public static double generator(double[] fake) {
        return Judgements.mean(fake, d -> -Softplus.forward(d));
    }

    /** ∂L_G/∂d̃[m] = −σ(d̃[m]) / M. */
    public static double[] dGenerator(double[] fake) {
        return Judgements.slopes(fake, d -> -Sigmoid.forward(d));
    }
}
