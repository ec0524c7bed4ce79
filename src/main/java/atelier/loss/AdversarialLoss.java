package atelier.loss;

/**
 * What the two players of a game pay for a logit d of the discriminator; both want to pay little.
 *
 * <pre>{@code
 * L_D = mean over real images of real(d)  +  mean over fakes of fake(d)
 * L_G = mean over fakes of generator(d)
 * }</pre>
 *
 * <p>d is any number; large means "real". Each method is of one logit, with its slope beside it; {@link Verdict} takes the means.
 *
 * <p>These are two losses. The value function V(D,G) of the game is neither: with (J3) L_D = −V and L_G is the part of V that the
 * generator can move.
 *
 * <p>Walk-through: notebooks/12-gan-mathematics and 15-stable-gans.
 */
public interface AdversarialLoss {

    /** What it is, in one line: a checkpoint made under another loss is refused by it. */
    String name();

    /** What the discriminator pays for giving a real image the logit d. */
    double real(double d);

    double realSlope(double d);

    /** What the discriminator pays for giving a fake the logit d. */
    double fake(double d);

    double fakeSlope(double d);

    /** What the generator pays when its image is given the logit d. */
    double generator(double d);

    double generatorSlope(double d);
}
