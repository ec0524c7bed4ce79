package atelier.definition;

/**
 * WGAN: the critic's mean for real images minus its mean for generated ones, as far apart as the critic can bring them.
 *
 * <pre>{@code
 * L_D = 1/M Σ_m d̃[m] − 1/N Σ_n d[n]          L_G = −1/M Σ_m d̃[m]                                 (J5)
 * }</pre>
 *
 * <p>Shapes: d {@code [N]} of real images, d̃ {@code [M]} of generated ones; means over the batches. The judge is called a critic
 * now: d is neither a probability nor its logit, it has no zero and no scale of its own.
 *
 * <p>Twice the weights would be twice the distance, without end. So the critic has to be held to a slope of 1, by
 * {@link WeightClipping}, {@link GradientPenalty} or {@link SpectralNormalisation}; −L_D of the best such critic is the Wasserstein
 * distance of the two sets of images: how far, on average, pixels must move to make one from the other.
 *
 * <p>Walk-through: notebooks/15-stable-gans. Source: Arjovsky, Chintala and Bottou 2017, "Wasserstein GAN", arXiv:1701.07875.
 */
public final class Wasserstein {

    private Wasserstein() {}

    /** L_D. */
    public static double discriminator(double[] real, double[] fake) {
        return Judgements.mean(fake, d -> d) - Judgements.mean(real, d -> d);
    }

    /** ∂L_D/∂d[n] = −1/N, whatever d is. */
    public static double[] dReal(double[] real) {
        return Judgements.slopes(real, d -> -1);
    }

    /** ∂L_D/∂d̃[m] = 1/M. */
    public static double[] dFake(double[] fake) {
        return Judgements.slopes(fake, d -> 1);
    }

    /** L_G. */
    public static double generator(double[] fake) {
        return -Judgements.mean(fake, d -> d);
    }

    /** ∂L_G/∂d̃[m] = −1/M. */
    public static double[] dGenerator(double[] fake) {
        return dReal(fake);
    }
}
