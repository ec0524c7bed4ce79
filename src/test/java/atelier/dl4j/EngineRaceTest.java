package atelier.dl4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.Datasets;
import atelier.layer.Parameter;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.NonSaturating;
import atelier.loss.SquaredError;
import atelier.model.Autoencoder;
import atelier.model.Gan;
import atelier.model.Vae;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.train.ElboLearner;
import atelier.train.GanLearner;
import atelier.train.Reconstructor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How many images a second both engines learn from, in one Java, on the same batches of 128: {@code mvn test
 * -Dtest=EngineRaceTest -Drace=true}. Wants a machine that does nothing else.
 */
@Tag("dl4j")
@EnabledIfSystemProperty(named = "race", matches = "true")
class EngineRaceTest {

    private static final int BATCH = 128;
    private static final double RATE = 1e-3;

    private final Batches batches =
            new Batches(Datasets.load("scribbles").first(2560, 10).train(), BATCH, 1);

    @ParameterizedTest
    @ValueSource(strings = {"autoencoder", "conv-autoencoder", "vae", "conv-vae", "gan", "dcgan"})
    void fromScratchLearnsFasterThanDl4j(String model) {
        Consumer<Batch> ours = ours(model);
        Consumer<Batch> theirs = theirs(model)::step;
        imagesPerSecond(ours, 4);
        imagesPerSecond(theirs, 4);
        double[] a = new double[3];
        double[] b = new double[3];
        for (int round = 0; round < 3; round++) {
            a[round] = imagesPerSecond(ours, 3);
            b[round] = imagesPerSecond(theirs, 5);
        }
        Arrays.sort(a);
        Arrays.sort(b);
        System.out.printf(
                "%-18s from scratch %,8.0f (%,.0f to %,.0f)   DL4J %,8.0f (%,.0f to %,.0f)   %.1f times%n",
                model, a[1], a[0], a[2], b[1], b[0], b[2], a[1] / b[1]);
        assertTrue(a[1] > b[1]);
    }

    private double imagesPerSecond(Consumer<Batch> step, double seconds) {
        long began = System.nanoTime();
        int images = 0;
        for (int i = 0; System.nanoTime() - began < seconds * 1e9; i++) {
            step.accept(batches.batch(0, i % batches.count()));
            images += BATCH;
        }
        return images / ((System.nanoTime() - began) * 1e-9);
    }

    private static Consumer<Batch> ours(String model) {
        RandomStream random = RandomStream.seed(1);
        return switch (model) {
            case "autoencoder" -> reconstructor(Autoencoder.dense(32, random));
            case "conv-autoencoder" -> reconstructor(Autoencoder.convolutional(32, random));
            case "vae" -> elbo(Vae.dense(20, random));
            case "conv-vae" -> elbo(Vae.convolutional(20, random));
            case "gan" -> game(Gan.dense(64, random));
            default -> game(Gan.convolutional(100, random));
        };
    }

    private static Consumer<Batch> reconstructor(Autoencoder model) {
        return new Reconstructor(model, new SquaredError(), new Adam(model.parameters(), RATE))::step;
    }

    private static Consumer<Batch> elbo(Vae model) {
        return new ElboLearner(model, new BinaryCrossEntropy(), new Adam(model.parameters(), RATE))
                .binarised(RandomStream.seed(2))::step;
    }

    private static Consumer<Batch> game(Gan model) {
        return new GanLearner(
                model,
                new NonSaturating(),
                adam(model.discriminator().parameters()),
                adam(model.generator().parameters()))::step;
    }

    private static Adam adam(List<Parameter> player) {
        return new Adam(player, RATE, 0.5, 0.99, 1e-8);
    }

    private static Dl4jModel theirs(String model) {
        return switch (model) {
            case "autoencoder" -> new Dl4jAutoencoder(32, 1, RATE);
            case "conv-autoencoder" -> new Dl4jConvAutoencoder(32, 1, RATE);
            case "vae" -> new Dl4jVae(20, 1, RATE);
            case "conv-vae" -> new Dl4jConvVae(20, 1, 1, RATE);
            case "gan" -> Dl4jGan.dense(64, 1, RATE);
            default -> Dl4jGan.convolutional(100, 1, RATE);
        };
    }
}
