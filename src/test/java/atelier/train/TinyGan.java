package atelier.train;

import atelier.layer.Affine;
import atelier.layer.BatchNorm;
import atelier.layer.Dense;
import atelier.layer.Dropout;
import atelier.layer.Flatten;
import atelier.layer.LeakyRelu;
import atelier.layer.Sequential;
import atelier.layer.SpectralNorm;
import atelier.layer.Tanh;
import atelier.layer.Unflatten;
import atelier.loss.AdversarialLoss;
import atelier.loss.Hinge;
import atelier.loss.NonSaturating;
import atelier.loss.Wasserstein;
import atelier.model.Gan;
import atelier.model.GradientPenalty;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;

/**
 * Small games of images of 28×28 that between them have everything a checkpoint must hold: buffers of both players (running means,
 * singular vectors), random numbers of the model, of its layers and of a constraint, labels, and steps of the critic alone.
 */
enum TinyGan {
    /** Batch normalisation and dropout in both players. */
    NORMALISED,
    /** With ten classes, and a discriminator that rests now and then. */
    CONDITIONAL,
    /** Spectral normalisation, and two steps of the discriminator, at twice the rate, before each of the generator. */
    SPECTRAL,
    /** A gradient penalty, and four steps of the critic before each of the generator. */
    PENALISED;

    static final int LATENTS = 6;

    /** The same each time. */
    GanLearner learner() {
        return learner(
                switch (this) {
                    case SPECTRAL -> new Hinge();
                    case PENALISED -> new Wasserstein();
                    default -> new NonSaturating(0.1);
                });
    }

    GanLearner learner(AdversarialLoss loss) {
        Gan gan = gan();
        GanLearner learner = new GanLearner(
                gan,
                loss,
                new Adam(gan.discriminator().parameters(), 0.01, 0.5, 0.99, 1e-8),
                new Adam(gan.generator().parameters(), 0.01, 0.5, 0.99, 1e-8));
        return switch (this) {
            case SPECTRAL -> learner.criticSteps(2).ratio(2);
            case PENALISED -> learner.criticSteps(4).constrained(new GradientPenalty(10, RandomStream.seed(12)));
            case CONDITIONAL -> learner.restsAbove(0.3);
            default -> learner;
        };
    }

    Gan gan() {
        RandomStream random = RandomStream.seed(11);
        int classes = this == CONDITIONAL ? 10 : 0;
        return new Gan(
                "tiny-" + this,
                "tiny",
                LATENTS,
                classes,
                generator(LATENTS + classes, random),
                discriminator(Math.max(1, classes), random),
                random.split(1));
    }

    private static Sequential generator(int inputs, RandomStream random) {
        return new Sequential(
                new Dense("generator1", inputs, 12, random.split(2)),
                new BatchNorm("generator1.norm", 12),
                new LeakyRelu(0.2),
                new Dropout(0.1, random.split(3)),
                new Dense("generator2", 12, 784, random.split(4)),
                new Tanh(),
                Affine.pixels(),
                new Unflatten(1, 28, 28));
    }

    private Sequential discriminator(int outputs, RandomStream random) {
        Dense first = new Dense("discriminator1", 784, 8, random.split(5));
        Dense last = new Dense("discriminator2", 8, outputs, random.split(6));
        return switch (this) {
            case SPECTRAL ->
                new Sequential(
                        Affine.centred(),
                        new Flatten(),
                        new SpectralNorm(first, random.split(7)),
                        new LeakyRelu(0.2),
                        new SpectralNorm(last, random.split(8)));
            case PENALISED -> new Sequential(Affine.centred(), new Flatten(), first, new LeakyRelu(0.2), last);
            default ->
                new Sequential(
                        Affine.centred(),
                        new Flatten(),
                        first,
                        new BatchNorm("discriminator1.norm", 8),
                        new LeakyRelu(0.2),
                        new Dropout(0.1, random.split(9)),
                        last);
        };
    }
}
