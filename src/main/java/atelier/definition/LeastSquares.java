package atelier.definition;

/**
 * LSGAN: the judge's number itself, without a sigmoid, should be 1 for real images and 0 for generated ones.
 *
 * <pre>{@code
 * L_D = 1/N Σ_n ½ (d[n] − 1)² + 1/M Σ_m ½ d̃[m]²          L_G = 1/M Σ_m ½ (d̃[m] − 1)²             (J4)
 * }</pre>
 *
 * <p>Shapes: d {@code [N]} of real images, d̃ {@code [M]} of generated ones; means over the batches. No nats: d is no logit here,
 * and a judge that knows nothing says ½.
 *
 * <p>The pull never saturates; it grows with the distance, so an image that D is wildly sure of is pulled hardest, and one that
 * is better than real, d̃ > 1, is pulled back.
 *
 * <p>Walk-through: notebooks/15-stable-gans. Source: Mao et al. 2017, "Least squares generative adversarial networks",
 * arXiv:1611.04076.
 */
public final class LeastSquares {

    private LeastSquares() {}

    /** L_D. */
    public static double discriminator(double[] real, double[] fake) {
        return generator(real) + Judgements.mean(fake, d -> 0.5 * d * d);
    }

    /** ∂L_D/∂d[n] = (d[n] − 1) / N. */
    public static double[] dReal(double[] real) {
        return Judgements.slopes(real, d -> d - 1);
    }

    /** ∂L_D/∂d̃[m] = d̃[m] / M. */
    public static double[] dFake(double[] fake) {
        return Judgements.slopes(fake, d -> d);
    }

    /** L_G: the generated images, with the target 1. */
    public static double generator(double[] fake) {
        return Judgements.mean(fake, d -> 0.5 * (d - 1) * (d - 1));
    }

    /** ∂L_G/∂d̃[m] = (d̃[m] − 1) / M. */
    public static double[] dGenerator(double[] fake) {
        return dReal(fake);
    }
}
