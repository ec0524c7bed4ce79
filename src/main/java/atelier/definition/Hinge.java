package atelier.definition;

/**
 * The hinge: the judge is right enough when it is right by 1, and then stops pulling.
 *
 * <pre>{@code
 * L_D = 1/N Σ_n max(0, 1 − d[n]) + 1/M Σ_m max(0, 1 + d̃[m])          L_G = −1/M Σ_m d̃[m]         (J6)
 * }</pre>
 *
 * <p>Shapes: d {@code [N]} of real images, d̃ {@code [M]} of generated ones; means over the batches. A judge that says 0 to all
 * has L_D = 2.
 *
 * <p>The judge spends its weights on the images that it is not sure of. The generator has no hinge: it is always pulled, by the
 * same −1/M as in {@link Wasserstein}. At the kink there is no derivative; 0 is taken.
 *
 * <p>Walk-through: notebooks/15-stable-gans. Sources: Lim and Ye 2017, "Geometric GAN", arXiv:1705.02894; Miyato, Kataoka, Koyama
 * and Yoshida 2018, arXiv:1802.05957.
 */
public final class Hinge {

    private Hinge() {}

    /** L_D. */
    public static double discriminator(double[] real, double[] fake) {
        return Judgements.mean(real, d -> Math.max(0, 1 - d)) + Judgements.mean(fake, d -> Math.max(0, 1 + d));
    }

    /** ∂L_D/∂d[n] = −1/N where d[n] < 1, else 0. */
    public static double[] dReal(double[] real) {
        return Judgements.slopes(real, d -> d < 1 ? -1 : 0);
    }

    /** ∂L_D/∂d̃[m] = 1/M where d̃[m] > −1, else 0. */
    public static double[] dFake(double[] fake) {
        return Judgements.slopes(fake, d -> d > -1 ? 1 : 0);
    }

    /** L_G. */
    public static double generator(double[] fake) {
        return -Judgements.mean(fake, d -> d);
    }

    /** ∂L_G/∂d̃[m] = −1/M. */
    public static double[] dGenerator(double[] fake) {
        return Judgements.slopes(fake, d -> -1);
    }
}
