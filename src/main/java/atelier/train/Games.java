package atelier.train;

import atelier.loss.AdversarialLoss;
import atelier.loss.Hinge;
import atelier.loss.LeastSquares;
import atelier.loss.NonSaturating;
import atelier.loss.Wasserstein;
import atelier.model.Gan;
import atelier.model.GradientPenalty;
import atelier.model.VaeGan;
import atelier.model.WeightClipping;
import atelier.optim.Adam;
import atelier.optim.Optimizer;
import atelier.optim.RmsProp;
import atelier.tensor.RandomStream;

/**
 * The adversarial games of the course: one model, one learner, and what differs is the loss, what bounds the critic, and who moves
 * how fast.
 *
 * <pre>
 * gan                           non-saturating   no bound
 * dcgan, conditional-gan        non-saturating   no bound                 a slow discriminator that rests
 * ls-gan                        least squares    no bound
 * wgan                          Wasserstein      clipped weights           five steps of the critic, RMSProp
 * wgan-gp                       Wasserstein      gradient penalty          five steps of the critic
 * sn-gan                        hinge            spectral normalisation
 * vae-gan                       non-saturating   no bound                  three players: its own model and learner
 * </pre>
 *
 * <p>The learning rate of each step comes from the training's {@link Settings}, as in {@link Recipes}. Adam's β₁ is 0.5 or 0: a long
 * memory of where the other player was does harm.
 *
 * <p>Walk-through: notebooks/13-gan, 14-dcgan and 15-stable-gans.
 */
public final class Games {

    private static final double RATE = 0.001; // until the first step

    /** The rate of a discriminator with batch normalisation, as a multiple of its generator's. */
    public static final double SLOWER = 0.05;

    /** DCGAN's discriminator rests above this loss of its generator, in nats; at a draw it is ln 2 = 0.69. */
    public static final double REST = 1.2;

    private Games() {}

    /** Dense players; one-sided label smoothing. */
    public static GanLearner gan(int latents, RandomStream random) {
        return adam(Gan.dense(latents, random), new NonSaturating(0.1));
    }

    public static GanLearner dcgan(int latents, RandomStream random) {
        return heldBack(adam(Gan.convolutional(latents, random), new NonSaturating()));
    }

    public static GanLearner conditional(int latents, RandomStream random) {
        return heldBack(adam(Gan.conditional(latents, random), new NonSaturating()));
    }

    /** Source: Mao et al. 2017, arXiv:1611.04076. */
    public static GanLearner leastSquares(int latents, RandomStream random) {
        return adam(Gan.convolutional("ls-gan", latents, random), new LeastSquares())
                .ratio(SLOWER);
    }

    /** Weights of the critic within ±0.01. Source: Arjovsky et al. 2017, arXiv:1701.07875, algorithm 1. */
    public static GanLearner wasserstein(int latents, RandomStream random) {
        Gan model = Gan.critic("wgan", latents, random);
        Optimizer critic = new RmsProp(model.discriminator().parameters(), RATE);
        Optimizer generator = new RmsProp(model.generator().parameters(), RATE);
        return new GanLearner(model, new Wasserstein(), critic, generator)
                .constrained(new WeightClipping(0.01))
                .criticSteps(5);
    }

    /** λ = 10. Source: Gulrajani et al. 2017, arXiv:1704.00028, algorithm 1. */
    public static GanLearner gradientPenalty(int latents, RandomStream random) {
        Gan model = Gan.critic("wgan-gp", latents, random);
        return adam(model, new Wasserstein(), 0, 0.9)
                .constrained(new GradientPenalty(10, random.split(8)))
                .criticSteps(5);
    }

    /** Source: Miyato et al. 2018, arXiv:1802.05957. */
    public static GanLearner spectral(int latents, RandomStream random) {
        return adam(Gan.spectral(latents, random), new Hinge());
    }

    /** The decoder is the generator. Source: Larsen et al. 2016, arXiv:1512.09300. */
    public static VaeGanLearner vaeGan(int latents, RandomStream random) {
        VaeGan model = VaeGan.convolutional(latents, random);
        return new VaeGanLearner(
                model,
                new NonSaturating(),
                new Adam(model.encoder().parameters(), RATE, 0.5, 0.999, 1e-8),
                new Adam(model.decoder().parameters(), RATE, 0.5, 0.999, 1e-8),
                new Adam(model.discriminator().parameters(), RATE, 0.5, 0.999, 1e-8));
    }

    /** For a discriminator that would win: slow, and at rest where it is too far ahead. */
    private static GanLearner heldBack(GanLearner game) {
        return game.ratio(SLOWER).restsAbove(REST);
    }

    private static GanLearner adam(Gan model, AdversarialLoss loss) {
        return adam(model, loss, 0.5, 0.99);
    }

    private static GanLearner adam(Gan model, AdversarialLoss loss, double beta1, double beta2) {
        return new GanLearner(
                model,
                loss,
                new Adam(model.discriminator().parameters(), RATE, beta1, beta2, 1e-8),
                new Adam(model.generator().parameters(), RATE, beta1, beta2, 1e-8));
    }
}
