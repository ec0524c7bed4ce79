package atelier.definition;

/**
 * What the generator minimises, as a function of the logit d that the discriminator gives its image: two losses that agree
 * on the direction of every image and on nothing else.
 *
 * <pre>{@code
 * saturating       L = ln(1 − σ(d)) = −ln(1 + exp(d))        ∂L/∂d = −σ(d)
 * non-saturating   L = −ln σ(d)     =  ln(1 + exp(−d))       ∂L/∂d = −σ(−d)                       (H7)
 * }</pre>
 *
 * <p>The first is what the game's value function asks for. Where the discriminator is sure of a fake, d = −10, its slope is
 * −0.000045: the worse the image, the less the generator hears. The second then has the slope −0.999955.
 *
 * <p>Units: nats. Walk-through: notebooks/12-gan-mathematics. Source: Goodfellow and colleagues 2014, arXiv:1406.2661,
 * section 3.
 */
public final class GeneratorLoss {

    private GeneratorLoss() {}

    /** ln(1 − σ(d)), to be made small. */
    public static double saturating(double d) {
        return -Softplus.forward(d);
    }

    /** Its slope: near 0 where the discriminator wins. */
    public static double saturatingSlope(double d) {
        return -Sigmoid.forward(d);
    }

    /** −ln σ(d), to be made small. */
    public static double nonSaturating(double d) {
        return Softplus.forward(-d);
    }

    /** Its slope: near −1 where the discriminator wins. */
    public static double nonSaturatingSlope(double d) {
        return -Sigmoid.forward(-d);
    }
}
