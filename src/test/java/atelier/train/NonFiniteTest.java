package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Corruption;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.NonSaturating;
import atelier.loss.SquaredError;
import atelier.model.Autoencoder;
import atelier.model.Vae;
import atelier.model.VaeGan;
import atelier.optim.Adam;
import atelier.optim.Optimizer;
import atelier.tensor.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** NaN and infinity, in the images or in a gradient, stop a training of any learner before the update. */
class NonFiniteTest {

    static Stream<Learner> learners() {
        RandomStream random = RandomStream.seed(4);
        Autoencoder dense = Autoencoder.dense(5, random);
        Autoencoder conv = Autoencoder.convolutional(5, random);
        Autoencoder denoising = Autoencoder.denoising(5, random);
        Vae vae = Vae.dense(5, random);
        Vae convVae = Vae.convolutional(5, random);
        Vae conditional = Vae.conditional(5, random);
        VaeGan vaeGan = VaeGan.convolutional(5, random);
        return Stream.of(
                new Reconstructor(dense, new SquaredError(), adam(dense.parameters())),
                new Reconstructor(conv, new SquaredError(), adam(conv.parameters())),
                new Reconstructor(denoising, new SquaredError(), adam(denoising.parameters()))
                        .denoising(Corruption.saltAndPepper(0.9), random.split(1)),
                new ElboLearner(vae, new BinaryCrossEntropy(), adam(vae.parameters())),
                new ElboLearner(vae, new BinaryCrossEntropy(), adam(vae.parameters())).binarised(random.split(2)),
                new ElboLearner(convVae, new BinaryCrossEntropy(), adam(convVae.parameters()))
                        .binarised(random.split(3)),
                new ElboLearner(conditional, new BinaryCrossEntropy(), adam(conditional.parameters()))
                        .binarised(random.split(4)),
                new VaeGanLearner(
                        vaeGan,
                        new NonSaturating(),
                        adam(vaeGan.encoder().parameters()),
                        adam(vaeGan.decoder().parameters()),
                        adam(vaeGan.discriminator().parameters())),
                Games.gan(5, random),
                Games.dcgan(5, random),
                Games.conditional(5, random),
                Games.wasserstein(5, random),
                Games.gradientPenalty(5, random),
                Games.spectral(5, random));
    }

    private static Optimizer adam(List<atelier.layer.Parameter> parameters) {
        return new Adam(parameters, 0.001);
    }

    @ParameterizedTest
    @MethodSource("learners")
    void aPixelThatIsNotFiniteStopsBeforeTheUpdateAndIsNamed(Learner learner) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            TrainingTest.Around poisoned = new Poisoned(learner, bad);
            Training training = TinyModel.training(poisoned);
            NonFiniteException fault = assertThrows(NonFiniteException.class, training::run);
            assertTrue(
                    fault.getMessage()
                            .startsWith("Training, epoch 1, batch 3 of 6: expected finite numbers but got " + bad
                                    + " in the input at index 785. Look at the data."),
                    fault::getMessage);
            assertArrayEquals(((Poisoned) poisoned).before, state(learner), "nothing was changed");
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void aWeightThatIsNotFiniteStopsBeforeTheUpdateAndIsNamed(Learner learner) {
        learner.parameters().get(3).value().data()[1] = Float.NaN;
        byte[] before = state(learner);
        NonFiniteException fault = assertThrows(NonFiniteException.class, TinyModel.training(learner)::run);
        String name = learner.parameters().get(3).name();
        assertTrue(
                fault.getMessage()
                        .startsWith("Training, epoch 1, batch 1 of 6: expected finite numbers but got NaN in " + name
                                + " at index 1."),
                fault::getMessage);
        assertArrayEquals(before, state(learner));
        assertEquals(0, learner.optimizers().get(0).steps());
    }

    /** Parameters, Adam's memory, and where the random streams stand. */
    private static byte[] state(Learner learner) {
        return CheckpointWriter.bytes(Checkpoint.of(learner, Map.of(), Position.START, List.of()));
    }

    /** A pixel of the second image of the third batch is not finite. */
    private static final class Poisoned extends TrainingTest.Around {
        private final float bad;
        private byte[] before;

        Poisoned(Learner learner, float bad) {
            super(learner);
            this.bad = bad;
        }

        @Override
        public double step(Batch batch) {
            if (steps == 2) {
                before = state(learner);
                batch.x().data()[785] = bad;
            }
            return super.step(batch);
        }
    }
}
