package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.layer.Dense;
import atelier.layer.Flatten;
import atelier.layer.Parameter;
import atelier.layer.Sequential;
import atelier.layer.Unflatten;
import atelier.loss.AdversarialLoss;
import atelier.loss.Hinge;
import atelier.loss.NonSaturating;
import atelier.loss.Wasserstein;
import atelier.model.Gan;
import atelier.optim.Sgd;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A game that diverges stops, says in whose step and what to try, and both players are where they were before that batch. */
class GanNonFiniteTest {

    private static final String TO_TRY =
            "'s step. What else keeps a game from diverging: a smaller β₁ of Adam, such as "
                    + "0.5, and what bounds the discriminator's slope, spectral normalisation (sn-gan) or a gradient penalty (wgan-gp). "
                    + "(The learning rate was ";

    /** Parameters, what the optimisers remember, their steps, buffers, and where the random streams stand. */
    private static byte[] state(Learner learner) {
        return CheckpointWriter.bytes(Checkpoint.of(learner, Map.of(), Position.START, List.of()));
    }

    /** Keeps the state before each step. */
    private static final class Watched extends TrainingTest.Around {
        private byte[] before;

        Watched(Learner learner) {
            super(learner);
        }

        @Override
        public double step(Batch batch) {
            before = state(learner);
            return super.step(batch);
        }
    }

    /** Trains until it stops, checks that all is as it was before the last batch, and gives the message. */
    private static String stops(Learner learner, Settings settings) {
        Watched watched = new Watched(learner);
        Training training = new Training(watched, TinyModel.DATA, settings).progress(Progress.silent());
        String message = assertThrows(NonFiniteException.class, training::run).getMessage();
        assertArrayEquals(watched.before, state(learner), "as before the batch");
        learner.parameters().forEach(GanNonFiniteTest::assertFinite);
        return message;
    }

    private static void assertFinite(Parameter parameter) {
        for (float value : parameter.value().data()) {
            assertTrue(Float.isFinite(value), parameter::name);
        }
    }

    /** A loss whose slope, or value, for the generator is NaN from one of its calls on. */
    private record Spoilt(AdversarialLoss loss, boolean slope, int[] left) implements AdversarialLoss {

        @Override
        public String name() {
            return loss.name();
        }

        @Override
        public double real(double d) {
            return loss.real(d);
        }

        @Override
        public double realSlope(double d) {
            return loss.realSlope(d);
        }

        @Override
        public double fake(double d) {
            return loss.fake(d);
        }

        @Override
        public double fakeSlope(double d) {
            return loss.fakeSlope(d);
        }

        @Override
        public double generator(double d) {
            return !slope && left[0]-- <= 0 ? Double.NaN : loss.generator(d);
        }

        @Override
        public double generatorSlope(double d) {
            return slope && left[0]-- <= 0 ? Double.NaN : loss.generatorSlope(d);
        }
    }

    // ---- the generator's step fails when the discriminator has moved ----

    /** The loss spoils the second move of the generator, or its first where four of the critic come before it. */
    private static GanLearner spoilt(TinyGan tiny, boolean slope) {
        int calls = tiny == TinyGan.PENALISED ? 3 : 23;
        return tiny.learner(new Spoilt(new NonSaturating(), slope, new int[] {calls}));
    }

    private static String batch(TinyGan tiny) {
        boolean later = tiny == TinyGan.SPECTRAL || tiny == TinyGan.PENALISED;
        return "Training, epoch 1, batch " + (later ? 4 : 2) + " of 6: ";
    }

    @ParameterizedTest
    @EnumSource
    void aGradientOfTheGeneratorThatIsNoNumberPutsBothPlayersBack(TinyGan tiny) {
        String message = stops(spoilt(tiny, true), TinyModel.settings());
        String expected =
                batch(tiny) + "expected finite numbers but got NaN in the gradient of generator1.weight at index 0."
                        + " Lower the learning rate. It was the generator" + TO_TRY;
        assertTrue(message.startsWith(expected), message);
        assertTrue(message.endsWith("; the parameters are those before this batch.)"), message);
    }

    @ParameterizedTest
    @EnumSource
    void aLossOfTheGeneratorThatIsNoNumberPutsBothPlayersBack(TinyGan tiny) {
        String message = stops(spoilt(tiny, false), TinyModel.settings());
        String expected =
                batch(tiny) + "expected a finite loss but got NaN from finite inputs and parameters. Lower the"
                        + " learning rate, or start from smaller weights. It was the generator" + TO_TRY;
        assertTrue(message.startsWith(expected), message);
    }

    // ---- pixels ----

    /** It costs a hinge nothing that a real image is infinitely real: the loss is finite, and only the gradient would not be. */
    @Test
    void anInfinitePixelThatPleasesTheLossIsStillFoundInTheData() {
        RandomStream random = RandomStream.seed(1);
        Gan gan = new Gan(
                "linear",
                "linear",
                2,
                0,
                new Sequential(new Dense("generator", 2, 9, random), new Unflatten(1, 3, 3)),
                new Sequential(new Flatten(), new Dense("discriminator", Tensor.filled(1, 9, 1), Tensor.zeros(1))),
                random.split(1));
        GanLearner learner = new GanLearner(
                gan,
                new Hinge(),
                new Sgd(gan.discriminator().parameters(), 0.1),
                new Sgd(gan.generator().parameters(), 0.1));
        Tensor x = Tensor.filled(0.5f, 2, 1, 3, 3);
        x.data()[11] = Float.POSITIVE_INFINITY;
        byte[] before = state(learner);
        assertEquals(
                "expected finite numbers but got Infinity in the input at index 11. Look at the data.",
                assertThrows(NonFiniteException.class, () -> learner.stepDiscriminator(x))
                        .getMessage());
        assertArrayEquals(before, state(learner));
    }

    // ---- weights ----

    @ParameterizedTest
    @EnumSource
    void aWeightOfTheDiscriminatorThatIsNotFiniteStopsBeforeTheUpdateAndIsNamed(TinyGan tiny) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            GanLearner learner = tiny.learner();
            Parameter weight = learner.model().discriminator().parameters().get(0);
            weight.value().data()[9] = bad;
            byte[] before = state(learner);
            String message = assertThrows(NonFiniteException.class, TinyModel.training(learner)::run)
                    .getMessage();
            assertTrue(
                    message.startsWith("Training, epoch 1, batch 1 of 6: expected finite numbers but got " + bad
                            + " in discriminator1.weight at index 9. Start from other weights. It was the discriminator"
                            + TO_TRY),
                    message);
            assertArrayEquals(before, state(learner));
        }
    }

    /** Steps so long that weights overflow: caught before the other player meets them, and whose they are is said. */
    @Test
    void aRateThatIsFarTooLargeIsCaughtInTheStepThatItSpoils() {
        Settings huge = new Settings(3, 20, 7, Schedule.constant(3e38));
        for (String player : List.of("discriminator", "generator")) {
            GanLearner learner = TinyGan.NORMALISED.learner().ratio(player.equals("generator") ? 1e-40 : 1);
            String message = stops(learner, huge);
            assertTrue(
                    message.matches(
                            "Training, epoch 1, batch 1 of 6: expected finite numbers but got (-?Infinity|NaN) in "
                                    + player
                                    + "1.weight after the step at index 0. Lower the learning rate. It was the .*"),
                    message);
            assertTrue(message.contains(" It was the " + player + TO_TRY + "3.0E38;"), message);
        }
    }

    /** Weights that are huge but finite are found out by the next who uses them. */
    @ParameterizedTest
    @EnumSource
    void aRateThatIsTooLargeIsCaughtByWhoeverMeetsItsWeights(TinyGan tiny) {
        Gan gan = tiny.gan();
        GanLearner learner = new GanLearner(
                gan,
                new Wasserstein(),
                new Sgd(gan.discriminator().parameters(), 0),
                new Sgd(gan.generator().parameters(), 0));
        String message = stops(learner, new Settings(3, 20, 7, Schedule.constant(1e30)));
        assertTrue(message.contains("Lower the learning rate"), message);
        assertTrue(message.contains(TO_TRY + "1.0E30;"), message);
    }

    @Test
    void whoeverCallsAStepAloneIsToldTheSame() {
        GanLearner learner = TinyGan.NORMALISED.learner();
        learner.model().discriminator().parameters().get(0).value().data()[5] = Float.NaN;
        String message = assertThrows(NonFiniteException.class, () -> learner.stepGenerator(6))
                .getMessage();
        assertTrue(
                message.startsWith("expected finite numbers but got NaN in discriminator1.weight at index 5. Start from"
                        + " other weights. It was the generator's step. "),
                message);
    }

    // ---- the last good checkpoint ----

    private static Checkpoint lastIn(Path folder) {
        Checkpoint last = new Checkpoints(folder)
                .load(note -> {
                    throw new AssertionError(note);
                })
                .orElseThrow();
        for (Checkpoint.Numbers numbers : last.parameters()) {
            for (float value : numbers.values()) {
                assertTrue(Float.isFinite(value), numbers::name);
            }
        }
        return last;
    }

    @Test
    void theLastGoodCheckpointSurvivesADivergenceAndGoesOn(@TempDir Path folder) {
        Training training = TinyModel.training(spoilt(TinyGan.SPECTRAL, true)).checkpoints(folder, false, 1);
        String message = assertThrows(NonFiniteException.class, training::run).getMessage();
        assertTrue(message.startsWith(batch(TinyGan.SPECTRAL)), message);
        assertEquals(3, lastIn(folder).position().batch());
        History history = TinyModel.training(TinyGan.SPECTRAL.learner(new NonSaturating()))
                .checkpoints(folder, true, 4)
                .run();
        assertEquals(3, history.epochs().size());
    }

    /** Four steps of the critic come before one of the generator: nobody else would notice for a while. */
    @Test
    void noCheckpointHoldsWeightsThatAStepMadeInfinite(@TempDir Path folder) {
        Training training = new Training(
                        TinyGan.PENALISED.learner(), TinyModel.DATA, new Settings(3, 20, 7, Schedule.constant(3e38)))
                .progress(Progress.silent())
                .checkpoints(folder, false, 1);
        assertThrows(NonFiniteException.class, training::run);
        assertEquals(0, lastIn(folder).position().batch());
    }
}
