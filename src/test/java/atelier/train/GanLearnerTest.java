package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.definition.Difference;
import atelier.definition.LabelSmoothing;
import atelier.definition.Nested;
import atelier.layer.Dense;
import atelier.layer.Layer;
import atelier.layer.LeakyRelu;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.layer.Sequential;
import atelier.loss.AdversarialLoss;
import atelier.loss.Hinge;
import atelier.loss.LeastSquares;
import atelier.loss.Minimax;
import atelier.loss.NonSaturating;
import atelier.loss.Verdict;
import atelier.loss.Wasserstein;
import atelier.model.Constraint;
import atelier.model.Gan;
import atelier.model.GradientPenalty;
import atelier.model.WeightClipping;
import atelier.optim.Adam;
import atelier.optim.Optimizer;
import atelier.optim.Sgd;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GanLearnerTest {

    private static final int N = 6;
    private static final Batch BATCH = new Batches(TinyModel.DATA.train(), N, 1).batch(0, 0);
    private static final Tensor X = BATCH.x();
    private static final int[] LABELS = BATCH.labels();

    // ---- no leaks ----

    /** The games of the course, in full size. */
    static Stream<GanLearner> games() {
        RandomStream random = RandomStream.seed(3);
        return Stream.of(
                Games.gan(5, random),
                Games.dcgan(5, random),
                Games.conditional(5, random),
                Games.leastSquares(5, random),
                Games.wasserstein(5, random),
                Games.gradientPenalty(5, random),
                Games.spectral(5, random));
    }

    @ParameterizedTest
    @MethodSource("games")
    void onePlayerMovesAndTheOtherDoesNotToTheBit(GanLearner game) {
        noLeaks(game);
    }

    @ParameterizedTest
    @EnumSource
    void onePlayerMovesAndTheOtherDoesNotToTheBit(TinyGan tiny) {
        noLeaks(tiny.learner());
    }

    private static void noLeaks(GanLearner game) {
        Layer generator = game.model().generator();
        Layer discriminator = game.model().discriminator();
        Optimizer ofDiscriminator = game.optimizers().get(0);
        Optimizer ofGenerator = game.optimizers().get(1);
        List<float[]> begin = valuesOf(game.model());
        for (int round = 0; round < 2; round++) { // in the second, both have moved before
            List<float[]> held = everythingOf(generator, ofGenerator);
            game.stepDiscriminator(X, LABELS);
            assertSameBits(held, everythingOf(generator, ofGenerator), "the generator was held");
            assertEquals(round + 1, ofDiscriminator.steps());
            assertEquals(round, ofGenerator.steps());

            held = everythingOf(discriminator, ofDiscriminator);
            game.stepGenerator(N, LABELS);
            assertSameBits(held, everythingOf(discriminator, ofDiscriminator), "the discriminator was held");
            assertEquals(round + 1, ofDiscriminator.steps());
            assertEquals(round + 1, ofGenerator.steps());
        }
        List<float[]> end = valuesOf(game.model());
        for (int i = 0; i < begin.size(); i++) {
            boolean one =
                    begin.get(i).length == 1; // a singular vector of one number, the last bias of Wasserstein's game
            assertTrue(one || !Arrays.equals(begin.get(i), end.get(i)), "tensor " + i + " has moved");
        }
    }

    /** Parameters, gradients, buffers, and what the optimiser remembers: copies. */
    private static List<float[]> everythingOf(Layer player, Optimizer optimizer) {
        List<float[]> all = new ArrayList<>(valuesOf(player));
        player.parameters().forEach(p -> all.add(p.gradient().data().clone()));
        optimizer.state().forEach(s -> all.add(s.value().data().clone()));
        return all;
    }

    /** Parameters and buffers: copies. */
    private static List<float[]> valuesOf(Layer player) {
        return Stream.concat(player.parameters().stream(), player.buffers().stream())
                .map(p -> p.value().data().clone())
                .toList();
    }

    private static void assertSameBits(List<float[]> before, List<float[]> after, String what) {
        assertEquals(before.size(), after.size());
        for (int i = 0; i < before.size(); i++) {
            assertArrayEquals(before.get(i), after.get(i), what + ", tensor " + i);
        }
    }

    // ---- gradients and losses ----

    /** A game whose players make steps of no length: the gradients stay to be looked at. */
    private static GanLearner still(Gan gan, AdversarialLoss loss) {
        return new GanLearner(
                gan,
                loss,
                new Sgd(gan.discriminator().parameters(), 0),
                new Sgd(gan.generator().parameters(), 0));
    }

    /** By hand, in a twin of the model that draws the same noise. */
    private static List<float[]> gradientOf(Gan twin, Verdict verdict, Tensor images) {
        twin.discriminator().parameters().forEach(Parameter::zeroGradient);
        verdict.forward(twin.judge(images, LABELS, Mode.TRAIN));
        twin.backwardJudge(verdict.backward());
        return gradientsOf(twin.discriminator());
    }

    private static List<float[]> gradientsOf(Layer player) {
        return player.parameters().stream()
                .map(p -> p.gradient().data().clone())
                .toList();
    }

    private static Tensor fakes(Gan gan, Mode mode) {
        Tensor z = Tensor.zeros(N, gan.latents());
        gan.draw(z);
        return gan.generate(z, LABELS, mode);
    }

    @Test
    void theDiscriminatorsGradientIsTheSumOfTwoBatchesAndNotThatOfAMixedOne() {
        AdversarialLoss loss = new NonSaturating(0.1);
        Gan gan = Gan.convolutional(5, RandomStream.seed(4));
        Gan twin = Gan.convolutional(5, RandomStream.seed(4));
        Tensor fakes = fakes(twin, Mode.HELD);
        List<float[]> ofReal = gradientOf(twin, Verdict.real(loss), X);
        List<float[]> ofFakes = gradientOf(twin, Verdict.fake(loss), fakes);
        still(gan, loss).stepDiscriminator(X, LABELS);
        List<float[]> got = gradientsOf(gan.discriminator());
        double largest = 0;
        for (int i = 0; i < got.size(); i++) {
            double[] sum = Nested.map(Nested.toDoubles(ofReal.get(i)), Nested.toDoubles(ofFakes.get(i)), Double::sum);
            largest = i % 2 == 0
                    ? 0
                    : largest; // of a layer's weight and bias: one in front of a normalisation has none but rounding
            for (double g : sum) {
                largest = Math.max(largest, Math.abs(g));
            }
            for (int j = 0; j < sum.length; j++) {
                assertEquals(sum[j], got.get(i)[j], 1e-5 * largest);
            }
        }
        assertSameBits(valuesOf(twin.discriminator()), valuesOf(gan.discriminator()), "running means follow both");

        Gan mixed = Gan.convolutional(5, RandomStream.seed(4));
        Tensor both = Tensor.zeros(2 * N, 1, 28, 28);
        System.arraycopy(X.data(), 0, both.data(), 0, X.length());
        System.arraycopy(fakes.data(), 0, both.data(), X.length(), X.length());
        Tensor d = mixed.judge(both, null, Mode.TRAIN);
        Tensor dD = Tensor.zeros(2 * N, 1);
        for (int n = 0; n < 2 * N; n++) {
            double logit = d.at(n, 0);
            dD.data()[n] = (float) ((n < N ? loss.realSlope(logit) : loss.fakeSlope(logit)) / N);
        }
        mixed.backwardJudge(dD);
        Difference apart = Difference.largest(
                Nested.toDoubles(got.get(0)), gradientsOf(mixed.discriminator()).get(0));
        assertTrue(apart.relative() > 0.1, "one batch of both is another game: " + apart);
    }

    @Test
    void theGeneratorsGradientFlowsThroughTheDiscriminator() {
        AdversarialLoss loss = new NonSaturating();
        Gan gan = Gan.convolutional(5, RandomStream.seed(4));
        Gan twin = Gan.convolutional(5, RandomStream.seed(4));
        Verdict fooled = Verdict.generator(loss);
        fooled.forward(twin.judge(fakes(twin, Mode.TRAIN), null, Mode.HELD));
        twin.backward(twin.backwardJudge(fooled.backward()));
        still(gan, loss).stepGenerator(N);
        assertSameBits(gradientsOf(twin.generator()), gradientsOf(gan.generator()), "by hand");
        for (float[] gradient : gradientsOf(gan.generator())) {
            assertFalse(Arrays.equals(new float[gradient.length], gradient));
        }
    }

    @Test
    void nothingOfAnEarlierStepIsLeftInAGradient() {
        GanLearner once = still(TinyGan.NORMALISED.gan(), new NonSaturating());
        GanLearner dirty = still(TinyGan.NORMALISED.gan(), new NonSaturating());
        dirty.parameters().forEach(p -> p.gradient().fill(100));
        once.step(BATCH);
        dirty.step(BATCH);
        assertSameBits(gradientsOf(once.model()), gradientsOf(dirty.model()), "gradients");
    }

    @Test
    void aPenaltysGradientAndCostAreAddedAndItsLimitKept() {
        Gan gan = TinyGan.PENALISED.gan();
        double plain = still(TinyGan.PENALISED.gan(), new Wasserstein()).stepDiscriminator(X);
        Gan twin = TinyGan.PENALISED.gan();
        Tensor fakes = fakes(twin, Mode.HELD);
        List<float[]> ofReal = gradientOf(twin, Verdict.real(new Wasserstein()), X);
        List<float[]> ofFakes = gradientOf(twin, Verdict.fake(new Wasserstein()), fakes);
        double penalty = new GradientPenalty(10, RandomStream.seed(12)).add(twin.discriminator(), X, fakes);
        List<float[]> ofPenalty = gradientsOf(twin.discriminator());

        GanLearner learner = still(gan, new Wasserstein()).constrained(new GradientPenalty(10, RandomStream.seed(12)));
        assertEquals(plain + penalty, learner.stepDiscriminator(X), 1e-6 * Math.abs(penalty));
        assertTrue(penalty > 0.1, "of a size that would be missed: " + penalty);
        for (int i = 0; i < ofPenalty.size(); i++) {
            float[] got = gan.discriminator().parameters().get(i).gradient().data();
            for (int j = 0; j < got.length; j++) {
                assertEquals(ofReal.get(i)[j] + ofFakes.get(i)[j] + ofPenalty.get(i)[j], got[j], 1e-4);
            }
        }

        GanLearner clipped = TinyGan.PENALISED.learner().constrained(new WeightClipping(0.02));
        clipped.stepDiscriminator(X);
        for (Parameter p : clipped.model().discriminator().parameters()) {
            for (float w : p.value().data()) {
                assertTrue(Math.abs(w) <= 0.02f, p::name);
            }
        }
    }

    /** What both players pay, by definition: L_D of real logits and fakes', L_G. */
    private record Defined(
            AdversarialLoss loss,
            BiFunction<double[], double[], Double> discriminator,
            ToDoubleFunction<double[]> generator) {}

    static Stream<Defined> losses() {
        return Stream.of(
                new Defined(
                        new NonSaturating(),
                        atelier.definition.NonSaturating::discriminator,
                        atelier.definition.NonSaturating::generator),
                new Defined(
                        new NonSaturating(0.1),
                        (real, fake) -> LabelSmoothing.discriminator(real, fake, 0.1),
                        atelier.definition.NonSaturating::generator),
                new Defined(
                        new Minimax(),
                        atelier.definition.Minimax::discriminator,
                        atelier.definition.Minimax::generator),
                new Defined(
                        new LeastSquares(),
                        atelier.definition.LeastSquares::discriminator,
                        atelier.definition.LeastSquares::generator),
                new Defined(
                        new Wasserstein(),
                        atelier.definition.Wasserstein::discriminator,
                        atelier.definition.Wasserstein::generator),
                new Defined(new Hinge(), atelier.definition.Hinge::discriminator, atelier.definition.Hinge::generator));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theLossesAreThoseOfTheirDefinitionsBeforeTheMove(Defined defined) {
        GanLearner learner = TinyGan.CONDITIONAL.learner(defined.loss);
        learner.learningRate(0.1);
        Gan twin = TinyGan.CONDITIONAL.gan();
        Tensor fakes = fakes(twin, Mode.HELD);
        double[] real = logits(twin.judge(X, LABELS, Mode.TRAIN));
        double[] fake = logits(twin.judge(fakes, LABELS, Mode.TRAIN));
        assertEquals(defined.discriminator.apply(real, fake), learner.stepDiscriminator(X, LABELS), 1e-9);

        copy(learner.model().discriminator(), twin.discriminator());
        fake = logits(twin.judge(fakes(twin, Mode.TRAIN), LABELS, Mode.HELD));
        assertEquals(defined.generator.applyAsDouble(fake), learner.stepGenerator(N, LABELS), 1e-9);
    }

    private static double[] logits(Tensor d) {
        return Nested.toDoubles(d.data());
    }

    private static void copy(Layer from, Layer to) {
        for (int i = 0; i < from.parameters().size(); i++) {
            to.parameters().get(i).value().copyFrom(from.parameters().get(i).value());
        }
    }

    // ---- who moves when, and how fast ----

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theGeneratorMovesAfterEverySoManyStepsOfTheDiscriminator(int steps) {
        GanLearner learner = TinyGan.NORMALISED.learner().criticSteps(steps);
        for (int step = 1; step <= 11; step++) {
            List<float[]> before = valuesOf(learner.model().generator());
            learner.step(BATCH);
            assertEquals(step, learner.optimizers().get(0).steps());
            assertEquals(step / steps, learner.optimizers().get(1).steps());
            boolean moved = !Arrays.equals(
                    before.get(0), valuesOf(learner.model().generator()).get(0));
            assertEquals(step % steps == 0, moved, "step " + step);
        }
    }

    @Test
    void aStepIsOneOfTheDiscriminatorThenOneOfTheGeneratorAndTellsTheDiscriminatorsLoss() {
        GanLearner learner = TinyGan.CONDITIONAL.learner();
        GanLearner twin = TinyGan.CONDITIONAL.learner();
        double expected = twin.stepDiscriminator(X, LABELS);
        twin.stepGenerator(N, LABELS);
        assertEquals(expected, learner.step(BATCH));
        assertArrayEquals(state(twin), state(learner));
    }

    @Test
    void theDiscriminatorsRateIsAMultipleOfTheGenerators() {
        GanLearner learner = TinyGan.NORMALISED.learner();
        learner.learningRate(0.004);
        assertEquals(0.004, learner.optimizers().get(0).learningRate());
        assertEquals(0.004, learner.optimizers().get(1).learningRate());
        learner.ratio(3).learningRate(0.002);
        assertEquals(0.006, learner.optimizers().get(0).learningRate(), 1e-12);
        assertEquals(0.002, learner.optimizers().get(1).learningRate());
    }

    /** The rule, worked out beside the learner: who is ahead is the generator's loss, a tenth of it new at each of its steps. */
    @Test
    void aDiscriminatorThatIsTooFarAheadRestsToTheBitUntilTheGeneratorHasCaughtUp() {
        GanLearner learner = TinyGan.NORMALISED.learner().restsAbove(0.5);
        GanLearner twin = TinyGan.NORMALISED.learner();
        double kept = 0;
        double loss = Double.NaN;
        int rests = 0;
        for (int step = 0; step < 60; step++) {
            boolean rest = kept > 0.5f;
            long steps = learner.optimizers().get(0).steps();
            Object[] before = valuesOf(learner.model().discriminator()).toArray();
            loss = rest ? loss : twin.stepDiscriminator(X, LABELS);
            kept = (float) (kept + (float) (0.1 * (twin.stepGenerator(N, LABELS) - kept)));
            assertEquals(loss, learner.step(BATCH), rest ? 1e-6 : 0, "step " + step);
            assertEquals(steps + (rest ? 0 : 1), learner.optimizers().get(0).steps());
            Object[] after = valuesOf(learner.model().discriminator()).toArray();
            assertEquals(rest, Arrays.deepEquals(before, after));
            rests += rest ? 1 : 0;
        }
        assertTrue(rests > 5 && rests < 55, "it rested in " + rests + " of 60 steps");
        assertArrayEquals(state(twin), state(learner));
    }

    @Test
    void theOptimisersOfAStepAreThoseOfTheirPlayers() {
        GanLearner learner = TinyGan.NORMALISED.learner();
        Gan gan = learner.model();
        assertEquals(
                gan.discriminator().parameters(), learner.optimizers().get(0).parameters());
        assertEquals(gan.generator().parameters(), learner.optimizers().get(1).parameters());
    }

    @Test
    void stepsAndRatiosThatAreNoneAreRefused() {
        GanLearner learner = TinyGan.NORMALISED.learner();
        String steps = assertThrows(IllegalArgumentException.class, () -> learner.criticSteps(0))
                .getMessage();
        assertEquals(
                "GanLearner: expected 1 or more steps of the discriminator but got 0. "
                        + "1 is the usual game, 5 is usual for a Wasserstein critic.",
                steps);
        for (double ratio : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> learner.ratio(ratio));
        }
        for (double rest : new double[] {0, -1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> learner.restsAbove(rest));
        }
    }

    @Test
    void whatDecidesTheNumbersIsInItsChoicesAndItsRandomness() {
        Map<String, String> one = TinyGan.NORMALISED.learner().choices();
        List<Consumer<GanLearner>> others = List.of(
                learner -> learner.criticSteps(2),
                learner -> learner.ratio(2),
                learner -> learner.restsAbove(1),
                learner -> learner.constrained(new WeightClipping(0.1)));
        for (Consumer<GanLearner> other : others) {
            GanLearner learner = TinyGan.NORMALISED.learner();
            other.accept(learner);
            assertNotEquals(one, learner.choices());
        }
        assertNotEquals(one, TinyGan.NORMALISED.learner(new Hinge()).choices());
        assertNotEquals(
                one, still(TinyGan.NORMALISED.gan(), new NonSaturating(0.1)).choices(), "other optimisers");
        GanLearner learner = TinyGan.PENALISED.learner();
        List<RandomStream> streams = learner.randomness();
        assertEquals(learner.model().randomness().size() + 1, streams.size());
        long[] before = streams.stream().mapToLong(RandomStream::position).toArray();
        for (int step = 0; step < 4; step++) {
            learner.step(BATCH);
        }
        for (int i = 0; i < before.length; i++) {
            assertTrue(streams.get(i).position() > before[i], "all were drawn from");
        }
    }

    // ---- measuring ----

    @ParameterizedTest
    @EnumSource
    void measuringChangesNothing(TinyGan tiny) throws InterruptedException {
        GanLearner learner = tiny.learner();
        learner.step(BATCH);
        byte[] before = state(learner);
        Map<String, Double> once = learner.evaluate(TinyModel.DATA.test());
        assertEquals(List.of("d_loss", "g_loss", "d_real", "d_fake"), List.copyOf(once.keySet()));
        assertArrayEquals(before, state(learner), "a held discriminator's dropout has drawn, and was put back");
    }

    @Test
    void theMetricsAreMeansOverTheTestImagesAndAsManyFakesOfTheSameNoise() throws InterruptedException {
        GanLearner learner = TinyGan.SPECTRAL.learner(new LeastSquares());
        Map<String, Double> metrics = learner.evaluate(TinyModel.DATA.test());
        Gan gan = learner.model();
        int n = TinyModel.DATA.test().count();
        double[] real = logits(
                gan.judge(Batches.inOrder(TinyModel.DATA.test(), n).batch(0).x(), null, Mode.HELD));
        Tensor z = Tensor.zeros(n, TinyGan.LATENTS);
        Noise.normal(RandomStream.seed(0).split(4), z);
        double[] fake = logits(gan.judge(gan.generate(z, null, Mode.INFER), null, Mode.HELD));
        assertEquals(atelier.definition.LeastSquares.discriminator(real, fake), metrics.get("d_loss"), 1e-9);
        assertEquals(atelier.definition.LeastSquares.generator(fake), metrics.get("g_loss"), 1e-9);
        assertEquals(Arrays.stream(real).average().orElseThrow(), metrics.get("d_real"), 1e-9);
        assertEquals(Arrays.stream(fake).average().orElseThrow(), metrics.get("d_fake"), 1e-9);
        assertEquals(metrics, learner.evaluate(TinyModel.DATA.test()), "the same each time");
    }

    @Test
    void anOpinionJoinsTheMetricsBehindThem() throws InterruptedException {
        GanLearner learner =
                TinyGan.NORMALISED.learner().judgedBy(model -> Map.of("beauty", (double) ((Gan) model).latents()));
        Map<String, Double> metrics = learner.evaluate(TinyModel.DATA.test());
        assertEquals(List.of("d_loss", "g_loss", "d_real", "d_fake", "beauty"), List.copyOf(metrics.keySet()));
        assertEquals(6, metrics.get("beauty"));
    }

    @Test
    void anInterruptEndsTheMeasuring() {
        Thread.currentThread().interrupt();
        assertThrows(
                InterruptedException.class, () -> TinyGan.NORMALISED.learner().evaluate(TinyModel.DATA.test()));
    }

    private static byte[] state(Learner learner) {
        return CheckpointWriter.bytes(Checkpoint.of(learner, Map.of(), Position.START, List.of()));
    }

    // ---- it learns ----

    /**
     * Real points are normal around (2, −1), a deviation of 0.5 each way; the generator starts around (0, 0). The mean of 500 fakes comes
     * within 0.5 of it, and their deviation between a third and three times the true one: far more than chance allows (their mean
     * scatters by 0.02), far less than a game promises.
     */
    @ParameterizedTest
    @MethodSource("plays")
    void aGeneratorOfPointsFindsWhereTheRealOnesAre(AdversarialLoss loss, Constraint constraint, int criticSteps) {
        RandomStream random = RandomStream.seed(5);
        Gan gan = new Gan(
                "points",
                "dense",
                2,
                0,
                new Sequential(
                        new Dense("generator1", 2, 16, random.split(1)),
                        new LeakyRelu(0.2),
                        new Dense("generator2", Tensor.normal(random, 0.1, 16, 2), Tensor.zeros(2))),
                new Sequential(
                        new Dense("discriminator1", 2, 16, random.split(2)),
                        new LeakyRelu(0.2),
                        new Dense("discriminator2", 16, 1, random.split(3))),
                random.split(4));
        GanLearner learner = new GanLearner(
                        gan,
                        loss,
                        new Adam(gan.discriminator().parameters(), 0.01, 0.5, 0.99, 1e-8),
                        new Adam(gan.generator().parameters(), 0.01, 0.5, 0.99, 1e-8))
                .constrained(constraint)
                .criticSteps(criticSteps);
        Tensor points = Tensor.zeros(64, 2);
        for (int step = 0; step < 600 * criticSteps; step++) {
            learner.learningRate(step < 400 * criticSteps ? 0.01 : 0.001);
            Noise.normal(random, points);
            for (int i = 0; i < points.length(); i++) {
                points.data()[i] = 0.5f * points.data()[i] + (i % 2 == 0 ? 2 : -1);
            }
            learner.step(new Batch(points, new int[64], 64));
        }
        Tensor z = Tensor.zeros(500, 2);
        gan.draw(z);
        Tensor fakes = gan.generate(z, null, Mode.INFER);
        for (int axis = 0; axis < 2; axis++) {
            double mean = 0;
            double square = 0;
            for (int n = 0; n < 500; n++) {
                mean += fakes.at(n, axis) / 500;
                square += fakes.at(n, axis) * fakes.at(n, axis) / 500;
            }
            assertEquals(axis == 0 ? 2 : -1, mean, 0.5, loss.name());
            double deviation = Math.sqrt(square - mean * mean);
            assertTrue(deviation > 0.5 / 3 && deviation < 0.5 * 3, loss.name() + ", deviation " + deviation);
        }
    }

    static Stream<Arguments> plays() {
        return Stream.of(
                Arguments.of(new NonSaturating(0.1), Constraint.none(), 1),
                Arguments.of(new Wasserstein(), new GradientPenalty(1, RandomStream.seed(6)), 3));
    }
}
