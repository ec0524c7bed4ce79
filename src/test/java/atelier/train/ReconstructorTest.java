package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.Corruption;
import atelier.data.ImageSet;
import atelier.layer.Dropout;
import atelier.layer.Mode;
import atelier.layer.Sequential;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.Sparsity;
import atelier.loss.SquaredError;
import atelier.model.Autoencoder;
import atelier.optim.Sgd;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconstructorTest {

    private static final Batch BATCH = new Batches(TinyModel.DATA.train(), 20, 1).batch(0, 0);

    private static Autoencoder autoencoder() {
        return Autoencoder.dense(4, RandomStream.seed(1));
    }

    private static Reconstructor of(Autoencoder model) {
        return new Reconstructor(model, new SquaredError(), new Sgd(model.parameters(), 0.001));
    }

    /** Wants the sum of all codes to be small. */
    private static class Sum implements Sparsity {
        private Tensor gradient;

        @Override
        public String name() {
            return "sum";
        }

        @Override
        public double forward(Tensor code) {
            gradient = Tensor.filled(1f / code.size(0), code.shape());
            double sum = 0;
            for (float c : code.data()) {
                sum += c;
            }
            return sum / code.size(0);
        }

        @Override
        public Tensor backward() {
            return gradient;
        }
    }

    @Test
    void metricsWorkedByHand() throws InterruptedException {
        Autoencoder model = autoencoder();
        model.parameters().forEach(p -> p.value().fill(0)); // every pixel is σ(0) = ½
        ImageSet black = new ImageSet(new byte[150 * 784], new byte[150], 28, 28);
        Map<String, Double> metrics = of(model).evaluate(black);
        assertEquals(List.of("test_loss", "test_mse"), List.copyOf(metrics.keySet()));
        assertEquals(196, metrics.get("test_loss"), 1e-4, "784 · ¼, summed over the pixels");
        assertEquals(0.25, metrics.get("test_mse"), 1e-7, "per pixel");
    }

    @Test
    void theMeanSquaredErrorIsOfPixelsWhateverTheLoss() throws InterruptedException {
        Autoencoder model = Autoencoder.linear(2, RandomStream.seed(1));
        model.parameters().forEach(p -> p.value().fill(0)); // logits 0
        Reconstructor learner = new Reconstructor(model, new BinaryCrossEntropy(), new Sgd(model.parameters(), 0.1));
        Map<String, Double> metrics = learner.evaluate(new ImageSet(new byte[784], new byte[1], 28, 28));
        assertEquals(784 * Math.log(2), metrics.get("test_loss"), 1e-3);
        assertEquals(0.25, metrics.get("test_mse"), 1e-7);
    }

    @Test
    void aStepIsOneStepDownTheGradientOfThisBatchAlone() {
        Autoencoder model = autoencoder();
        Reconstructor learner = of(model);
        float[] bias = model.parameters().get(11).value().data();
        model.parameters().get(11).gradient().fill(100);
        float[] before = bias.clone();
        double first = learner.step(BATCH);
        for (int i = 0; i < bias.length; i++) {
            assertEquals(
                    before[i] - 0.001f * model.parameters().get(11).gradient().data()[i], bias[i], 1e-6);
        }
        assertTrue(learner.step(BATCH) < first, "downhill");
    }

    @Test
    void aDenoisingOneSeesSpoiltImagesAndIsAskedForCleanOnes() throws InterruptedException {
        boolean[] seen = new boolean[2];
        Corruption blackout = new Corruption("blackout", (clean, random, into) -> {
            seen[0] |= clean == BATCH.x();
            seen[1] = true;
            into.fill(0);
        });
        Autoencoder model = autoencoder();
        double spoilt = of(model).denoising(blackout, RandomStream.seed(1)).step(BATCH);
        assertTrue(seen[0]);
        Autoencoder twin = autoencoder();
        Tensor y = twin.forward(Tensor.zeros(20, 1, 28, 28), Mode.TRAIN);
        assertEquals(new SquaredError().forward(y, BATCH.x()), spoilt, 1e-9);
        seen[1] = false;
        of(model).denoising(blackout, RandomStream.seed(1)).evaluate(TinyModel.DATA.test());
        assertTrue(seen[1], "it is tested on spoilt images, too");
    }

    @Test
    void aPenaltyOnTheCodeReachesTheEncoderAndNotTheDecoder() {
        Autoencoder with = autoencoder();
        Autoencoder without = autoencoder();
        double penalty = new Sum().forward(autoencoder().encode(BATCH.x(), Mode.TRAIN));
        double difference = of(with).sparse(new Sum()).step(BATCH) - of(without).step(BATCH);
        assertNotEquals(0, penalty);
        assertEquals(penalty, difference, 1e-6 * Math.abs(penalty) + 1e-9);
        float[] a = with.parameters().get(5).gradient().data(); // bias of the code
        float[] b = without.parameters().get(5).gradient().data();
        for (int d = 0; d < 4; d++) {
            assertEquals(b[d] + 1, a[d], 1e-4, "1 from each image, the mean over the batch");
        }
        assertArrayEquals(
                without.parameters().get(11).gradient().data(),
                with.parameters().get(11).gradient().data());
    }

    @Test
    void whatDecidesTheNumbersIsInItsChoices() {
        Autoencoder model = autoencoder();
        Map<String, String> plain = of(model).choices();
        assertNotEquals(plain, of(model).sparse(new Sum()).choices());
        assertNotEquals(
                plain,
                of(model).denoising(Corruption.block(3), RandomStream.seed(1)).choices());
        assertEquals(
                of(model).randomness().size() + 1,
                of(model)
                        .denoising(Corruption.block(3), RandomStream.seed(1))
                        .randomness()
                        .size());
    }

    @Test
    void measuringChangesNothingAndGivesTheSameAgain() throws InterruptedException {
        Autoencoder model = autoencoder();
        Reconstructor learner = of(model).denoising(Corruption.gaussian(0.5), RandomStream.seed(4));
        learner.step(BATCH);
        byte[] before = state(learner);
        Map<String, Double> once = learner.evaluate(TinyModel.DATA.test());
        assertArrayEquals(before, state(learner));
        assertEquals(once, learner.evaluate(TinyModel.DATA.test()));
    }

    @Test
    void nothingIsDroppedWhileMeasuring() throws InterruptedException {
        Autoencoder plain = autoencoder();
        Sequential encoder = new Sequential(plain.encoder(), new Dropout(0.5, RandomStream.seed(6)));
        Autoencoder dropping = new Autoencoder("a", "with dropout", 4, encoder, plain.decoder());
        assertEquals(of(plain).evaluate(TinyModel.DATA.test()), of(dropping).evaluate(TinyModel.DATA.test()));
    }

    @Test
    void anInterruptEndsTheMeasuring() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> of(autoencoder()).evaluate(TinyModel.DATA.test()));
    }

    @Test
    void whatIsNotFiniteStopsBeforeTheUpdate() {
        Autoencoder model = autoencoder();
        model.parameters().get(2).value().set(Float.POSITIVE_INFINITY, 0, 0);
        float[] before = model.parameters().get(0).value().data().clone();
        NonFiniteException fault =
                assertThrows(NonFiniteException.class, () -> of(model).step(BATCH));
        assertTrue(fault.getMessage().contains("encoder2.weight"), fault::getMessage);
        assertArrayEquals(before, model.parameters().get(0).value().data());
    }

    @Test
    void aGradientThatIsNoNumberStopsBeforeTheUpdateThoughTheLossIsOne() {
        Autoencoder model = autoencoder();
        float[] before = model.parameters().get(0).value().data().clone();
        Sum broken = new Sum() {
            @Override
            public Tensor backward() {
                Tensor gradient = super.backward();
                gradient.fill(Float.NaN);
                return gradient;
            }
        };
        Reconstructor learner = of(model).sparse(broken);
        assertThrows(NonFiniteException.class, () -> learner.step(BATCH));
        assertArrayEquals(before, model.parameters().get(0).value().data());
    }

    private static byte[] state(Learner learner) {
        return CheckpointWriter.bytes(Checkpoint.of(learner, Map.of(), Position.START, List.of()));
    }
}
