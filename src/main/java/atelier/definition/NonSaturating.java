package atelier.definition;

/**
 * The losses of the GAN that everyone trains: the generator wants its images to be called real.
 *
 * <pre>{@code
 * L_D = 1/N Σ_n −ln σ(d[n]) + 1/M Σ_m −ln(1 − σ(d̃[m]))          L_G = 1/M Σ_m −ln σ(d̃[m])        (J2)
 * }</pre>
 *
 * <p>Shapes: logits d {@code [N]} of real images, d̃ {@code [M]} of generated ones. Nats, means over the batches. Both losses are
 * minimised; L_D = −V of (J1) is the cross-entropy of a classifier with the labels 1 and 0.
 *
 * <p>The generator loses nothing by being far behind: where D is sure of a forgery, d̃ → −∞, the slope of L_G goes to −1, while
 * that of {@link Minimax} goes to 0. A judge that knows nothing has L_D = 2 ln 2 and L_G = ln 2.
 *
 * <p>Walk-through: notebooks/12-gan-mathematics. Source: Goodfellow et al. 2014, arXiv:1406.2661, section 3.
 */
public final class NonSaturating {

    private NonSaturating() {}

    /** L_D, with −ln σ(d) = softplus(−d) and −ln(1−σ(d)) = softplus(d). */
    public static double discriminator(double[] real, double[] fake) {
        return Judgements.mean(real, d -> Softplus.forward(-d)) + Judgements.mean(fake, Softplus::forward);
    }

    /** ∂L_D/∂d[n] = −σ(−d[n]) / N: what is missing to the label 1. */
    public static double[] dReal(double[] real) {
        return Judgements.slopes(real, d -> -Sigmoid.forward(-d));
    }

    /** ∂L_D/∂d̃[m] = σ(d̃[m]) / M: what is too much for the label 0. */
    public static double[] dFake(double[] fake) {
        return Judgements.slopes(fake, Sigmoid::forward);
    }

    /** L_G: the generated images, with the label 1. */
    public static double generator(double[] fake) {
        return Judgements.mean(fake, d -> Softplus.forward(-d));
    }

    /** ∂L_G/∂d̃[m] = −σ(−d̃[m]) / M. */
    public static double[] dGenerator(double[] fake) {
        return dReal(fake);
    }
}
