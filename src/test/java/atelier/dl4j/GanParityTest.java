package atelier.dl4j;

import static atelier.dl4j.AutoencoderParityTest.assertSame;
import static atelier.dl4j.AutoencoderParityTest.values;
import static atelier.dl4j.AutoencoderParityTest.withBiases;
import static atelier.dl4j.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Dataset;
import atelier.data.Datasets;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.loss.AdversarialLoss;
import atelier.loss.NonSaturating;
import atelier.loss.Verdict;
import atelier.model.Gan;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import atelier.train.GanLearner;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/** The kit's GANs and DL4J's, both players holding the same weights, with the same noise. */
@Tag("dl4j")
class GanParityTest {

    private static final double RATE = 2e-4;
    private static final int N = 8;
    private static final int LATENTS = 10;
    private static final long SEED = 5;
    private static final Dataset SCRIBBLES = Datasets.load("scribbles", 512).first(512, 130);

    private record Twins(Gan ours, AdversarialLoss loss, Dl4jGan theirs) {
        GanLearner learner() {
            return new GanLearner(
                    ours,
                    loss,
                    adam(ours.discriminator().parameters()),
                    adam(ours.generator().parameters()));
        }

        @Override
        public String toString() {
            return ours.name();
        }
    }

    private final Batch batch = ConvNetParityTest.batch(N, RandomStream.seed(51));
    private final Tensor x = batch.x();
    private final Tensor z = Tensor.normal(RandomStream.seed(61), 1, N, LATENTS);

    private static int threads;

    /** ND4J's threads wait for each other by running idle, which is long where others work, too. */
    @BeforeAll
    static void oneThread() {
        threads = Nd4jRuntime.threads();
        Nd4jRuntime.start(1);
    }

    @AfterAll
    static void asManyAsBefore() {
        Nd4jRuntime.start(threads);
    }

    static Stream<Twins> twins() {
        return Stream.of(dense(), convolutional());
    }

    /** With smoothed labels. */
    private static Twins dense() {
        Gan ours = withBiases(Gan.dense(LATENTS, RandomStream.seed(SEED)), RandomStream.seed(53));
        return new Twins(
                ours,
                new NonSaturating(0.1),
                Dl4jGan.dense(values(ours), SEED, RATE).smoothed(0.1));
    }

    /**
     * γ near 1, β near 0; running means and variances that differ from channel to channel. The weights are larger than first
     * weights, to which real and fake look alike: their gradients would cancel, and rounding be left.
     */
    private static Twins convolutional() {
        Gan ours = withBiases(Gan.convolutional(LATENTS, RandomStream.seed(SEED)), RandomStream.seed(54));
        for (Parameter p : ours.parameters()) {
            for (int i = 0; i < p.value().length(); i++) {
                p.value().data()[i] *= p.value().rank() > 1 ? 3 : 1;
                p.value().data()[i] += p.name().endsWith(".gamma") ? 1 : 0;
            }
        }
        Dl4jGan theirs = Dl4jGan.convolutional(values(ours), SEED, RATE);
        RandomStream random = RandomStream.seed(55);
        for (Parameter p : ours.buffers()) {
            double shift = p.name().endsWith("variance") ? 0.5 : -0.5;
            for (int i = 0; i < p.value().length(); i++) {
                p.value().data()[i] = (float) (random.uniform() + shift);
            }
        }
        int first = ours.generator().buffers().size();
        List<Tensor> buffers = ours.buffers().stream().map(Parameter::value).toList();
        Weights.copyBuffers(buffers.subList(0, first), theirs.networks().get("generator"));
        Weights.copyBuffers(
                buffers.subList(first, buffers.size()), theirs.networks().get("discriminator"));
        return new Twins(ours, new NonSaturating(), theirs);
    }

    // ---- the same numbers ----

    @ParameterizedTest
    @MethodSource("twins")
    void imagesAreTheSame(Twins twins) {
        assertClose(twins.ours.generate(z, null, Mode.HELD), twins.theirs.generate(z, true), 1e-5, "training");
        assertClose(twins.ours.generate(z, null, Mode.INFER), twins.theirs.generate(z, false), 1e-5, "inference");
    }

    @ParameterizedTest
    @MethodSource("twins")
    void logitsAreTheSame(Twins twins) {
        assertClose(twins.ours.judge(x, null, Mode.HELD), twins.theirs.judge(x, true), 1e-5, "training");
        assertClose(twins.ours.judge(x, null, Mode.INFER), twins.theirs.judge(x, false), 1e-5, "inference");
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theDiscriminatorsGradientsAreTheSame(Twins twins) {
        discriminatorBackward(twins);
        assertGradients(twins.ours.discriminator().parameters(), twins.theirs.discriminatorGradients(x, z));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theGeneratorsGradientsAreTheSame(Twins twins) {
        generatorBackward(twins);
        assertGradients(twins.ours.generator().parameters(), twins.theirs.generatorGradients(z));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void lossesAreTheSame(Twins twins) {
        double expected = discriminatorBackward(twins);
        assertEquals(expected, twins.theirs.stepDiscriminator(x, z), 1e-5 * expected);
        twins.theirs.weights(values(twins.ours));
        expected = generatorBackward(twins);
        assertEquals(expected, twins.theirs.stepGenerator(z), 1e-5 * expected);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void threeStepsInDl4jAreThreeStepsOfOurs(Twins twins) {
        GanLearner learner = twins.learner();
        for (int step = 1; step <= 3; step++) {
            double expected = learner.step(batch); // the noise of both is that of the seed
            assertEquals(expected, twins.theirs.step(batch), 1e-3 * expected, "loss before step " + step);
        }
        assertClose(twins.ours.generate(z, null, Mode.HELD), twins.theirs.generate(z, true), 5e-3, "images");
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theyAreJudgedByTheSameNumbersOfTheSameNames(Twins twins) throws InterruptedException {
        var expected = twins.learner().evaluate(SCRIBBLES.test());
        var actual = twins.theirs.evaluate(SCRIBBLES.test());
        assertEquals(List.copyOf(expected.keySet()), List.copyOf(actual.keySet()));
        expected.forEach(
                (name, value) -> assertEquals(value, actual.get(name), 1e-5 * Math.max(1, Math.abs(value)), name));
    }

    // ---- no leak ----

    @ParameterizedTest
    @MethodSource("twins")
    void nothingOfTheGeneratorMovesInTheDiscriminatorsStep(Twins twins) {
        twins.theirs.step(batch); // Adam has a memory now
        float[] generator = everything(twins.theirs, "generator");
        float[] discriminator = everything(twins.theirs, "discriminator");
        twins.theirs.stepDiscriminator(x, z);
        assertArrayEquals(generator, everything(twins.theirs, "generator"));
        assertFalse(Arrays.equals(discriminator, everything(twins.theirs, "discriminator")), "its own move");
    }

    @ParameterizedTest
    @MethodSource("twins")
    void nothingOfTheDiscriminatorMovesInTheGeneratorsStep(Twins twins) {
        twins.theirs.step(batch);
        float[] generator = everything(twins.theirs, "generator");
        float[] discriminator = everything(twins.theirs, "discriminator");
        twins.theirs.stepGenerator(z);
        assertArrayEquals(discriminator, everything(twins.theirs, "discriminator"));
        assertFalse(Arrays.equals(generator, everything(twins.theirs, "generator")), "its own move");
    }

    @ParameterizedTest
    @MethodSource("twins")
    void lookingMovesNothing(Twins twins) throws InterruptedException {
        float[] generator = everything(twins.theirs, "generator");
        float[] discriminator = everything(twins.theirs, "discriminator");
        twins.theirs.generate(z, true);
        twins.theirs.judge(x, true);
        twins.theirs.discriminatorGradients(x, z);
        twins.theirs.generatorGradients(z);
        twins.theirs.evaluate(SCRIBBLES.first(1, 9).test());
        assertArrayEquals(generator, everything(twins.theirs, "generator"));
        assertArrayEquals(discriminator, everything(twins.theirs, "discriminator"));
    }

    /** Parameters, running means and variances, Adam's m and v, and t. */
    private static float[] everything(Dl4jGan gan, String player) {
        MultiLayerNetwork net = gan.networks().get(player);
        INDArray t = Nd4j.scalar((float) net.getIterationCount()).reshape(1);
        return Nd4j.concat(0, flat(net.params()), flat(net.updaterState()), t).toFloatVector();
    }

    private static INDArray flat(INDArray row) {
        return row.reshape(row.length());
    }

    // ---- what is kept of batches ----

    /** Its variance is that of the batch, divided by M; what ours keeps is divided by M − 1. */
    @Test
    void runningMeansAreTheSameAndTheirVariancesAreOursWithoutBesselsFactor() {
        Gan ours = Gan.convolutional(LATENTS, RandomStream.seed(SEED));
        Dl4jGan theirs = Dl4jGan.convolutional(values(ours), SEED, RATE);
        new Twins(ours, new NonSaturating(), theirs).learner().step(batch);
        theirs.step(batch);
        List<Tensor> kept = theirs.buffers();
        double[] m = {N * 7 * 7, N * 14 * 14, N * 7 * 7};
        double[] left = {0.9, 0.9, 0.9 * 0.9}; // of the first variance, 1: the discriminator has seen two batches
        for (int i = 0; i < 3; i++) {
            Tensor mean = ours.buffers().get(2 * i).value();
            assertClose(mean, kept.get(2 * i), 1e-5, "mean " + i);
            Tensor variance = ours.buffers().get(2 * i + 1).value();
            for (int c = 0; c < variance.length(); c++) {
                double seen = (kept.get(2 * i + 1).data()[c] - left[i]) * m[i] / (m[i] - 1);
                assertEquals(variance.data()[c], left[i] + seen, 1e-6 + 1e-5 * seen, "variance " + i);
            }
        }
    }

    // ---- the rest of a model's duties ----

    @ParameterizedTest
    @MethodSource("twins")
    void weightsGoThereAndBackAndOthersAreRefused(Twins twins) {
        List<Tensor> back = twins.theirs.weights();
        assertSame(values(twins.ours), back);
        String message = assertThrows(ShapeException.class, () -> twins.theirs.weights(back.subList(1, back.size())))
                .getMessage();
        assertTrue(message.contains("expected " + back.size() + " tensors"), message);
    }

    @Test
    void weightsOfAnotherModelAreRefusedByTheConstructors() {
        List<Tensor> dense = values(dense().ours);
        List<Tensor> convolutional = values(convolutional().ours);
        for (List<Tensor> wrong : List.of(List.<Tensor>of(), List.of(Tensor.zeros(2)), convolutional)) {
            assertThrows(ShapeException.class, () -> Dl4jGan.dense(wrong, 1, RATE));
        }
        assertThrows(ShapeException.class, () -> Dl4jGan.convolutional(dense, 1, RATE));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void buffersGoThere(Twins twins) {
        assertSame(twins.ours.buffers().stream().map(Parameter::value).toList(), twins.theirs.buffers());
    }

    @ParameterizedTest
    @MethodSource("twins")
    void aWeightOrPixelThatIsNotFiniteStopsBeforeTheStep(Twins twins) {
        float[] generator = everything(twins.theirs, "generator");
        float[] discriminator = everything(twins.theirs, "discriminator");
        Batch broken = ConvNetParityTest.batch(4, RandomStream.seed(1));
        broken.x().set(Float.NaN, 2, 0, 14, 14);
        String message = assertThrows(ArithmeticException.class, () -> twins.theirs.step(broken))
                .getMessage();
        assertTrue(message.contains("NaN"), message);
        assertArrayEquals(generator, everything(twins.theirs, "generator"));
        assertArrayEquals(discriminator, everything(twins.theirs, "discriminator"));

        List<Tensor> weights = twins.theirs.weights();
        weights.get(0).data()[3] = Float.NaN;
        twins.theirs.weights(weights);
        assertThrows(ArithmeticException.class, () -> twins.theirs.step(batch));
        assertArrayEquals(discriminator, everything(twins.theirs, "discriminator"));
        twins.theirs.weights(values(twins.ours));
        assertTrue(Double.isFinite(twins.theirs.step(batch)));
    }

    /** The discriminator's step is too large, and only the generator's finds no finite number any more. */
    @ParameterizedTest
    @MethodSource("twins")
    void whereTheGeneratorsStepFailsTheDiscriminatorsIsTakenBack(Twins twins) {
        twins.theirs.step(batch);
        twins.theirs.learningRate(1e30);
        float[] generator = everything(twins.theirs, "generator");
        float[] discriminator = everything(twins.theirs, "discriminator");
        assertThrows(ArithmeticException.class, () -> twins.theirs.step(batch));
        assertArrayEquals(generator, everything(twins.theirs, "generator"));
        assertArrayEquals(discriminator, everything(twins.theirs, "discriminator"));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theRateIsTheGeneratorsTheRatioTheDiscriminatorsAndAdamKeepsItsMemory(Twins twins) {
        twins.theirs.step(batch);
        float[] generator = everything(twins.theirs, "generator");
        float[] discriminator = everything(twins.theirs, "discriminator");
        twins.theirs.ratio(0.25).learningRate(1e-5);
        assertEquals(1e-5, twins.theirs.networks().get("generator").getLearningRate(0));
        assertEquals(2.5e-6, twins.theirs.networks().get("discriminator").getLearningRate(0));
        assertArrayEquals(generator, everything(twins.theirs, "generator"));
        assertArrayEquals(discriminator, everything(twins.theirs, "discriminator"));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void aDiscriminatorThatIsTooFarAheadRests(Twins twins) {
        twins.theirs.restsAbove(1e-9);
        double loss = twins.theirs.step(batch);
        float[] generator = everything(twins.theirs, "generator");
        float[] discriminator = everything(twins.theirs, "discriminator");
        assertEquals(loss, twins.theirs.step(batch));
        assertArrayEquals(discriminator, everything(twins.theirs, "discriminator"));
        assertFalse(Arrays.equals(generator, everything(twins.theirs, "generator")));
        twins.theirs.restsAbove(1e9).step(batch);
        assertFalse(Arrays.equals(discriminator, everything(twins.theirs, "discriminator")));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void anInterruptEndsTheEvaluation(Twins twins) {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> twins.theirs.evaluate(SCRIBBLES.test()));
    }

    @Test
    void aSmoothingThatWouldSwapRealAndFakeIsRefusedAndARatioThatStopsAPlayer() {
        Dl4jGan gan = Dl4jGan.dense(3, 1, RATE);
        for (double s : new double[] {-0.1, 0.5, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> gan.smoothed(s));
        }
        for (double ratio : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> gan.ratio(ratio));
        }
        for (double rest : new double[] {0, -1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> gan.restsAbove(rest));
        }
    }

    @Test
    void theSeedDecidesTheFirstWeights() {
        assertSame(
                Dl4jGan.convolutional(3, 1, RATE).weights(),
                Dl4jGan.convolutional(3, 1, RATE).weights());
        assertTrue(Dl4jGan.dense(3, 1, RATE).weights().get(0).at(0, 0)
                != Dl4jGan.dense(3, 2, RATE).weights().get(0).at(0, 0));
    }

    /** A generator that fools nobody must still learn: the slope of its loss is −1 there. */
    @Test
    void dl4jsOwnCrossEntropyHasNoSlopeLeftWhereTheDiscriminatorIsSure() {
        INDArray d = Tensors.toNd4j(Tensor.filled(-20, 1, 1));
        INDArray real = Tensors.toNd4j(Tensor.filled(1, 1, 1));
        assertEquals(-1, CrossEntropy.gradient(d, real).getDouble(0), 1e-6);
        double theirs = new LossBinaryXENT()
                .computeGradient(real, d, new ActivationSigmoid(), null)
                .getDouble(0);
        assertEquals(0, theirs, 1e-3);
    }

    // ---- our side ----

    private static Adam adam(List<Parameter> player) {
        return new Adam(player, RATE, 0.5, 0.99, 1e-8);
    }

    private double discriminatorBackward(Twins twins) {
        Gan ours = twins.ours;
        Verdict real = Verdict.real(twins.loss);
        Verdict fake = Verdict.fake(twins.loss);
        ours.parameters().forEach(Parameter::zeroGradient);
        Tensor fakes = ours.generate(z, null, Mode.HELD);
        double mean = real.forward(ours.judge(x, null, Mode.TRAIN));
        ours.backwardJudge(real.backward());
        mean += fake.forward(ours.judge(fakes, null, Mode.TRAIN));
        ours.backwardJudge(fake.backward());
        return mean;
    }

    private double generatorBackward(Twins twins) {
        Gan ours = twins.ours;
        Verdict fooled = Verdict.generator(twins.loss);
        ours.parameters().forEach(Parameter::zeroGradient);
        double mean = fooled.forward(ours.judge(ours.generate(z, null, Mode.TRAIN), null, Mode.HELD));
        ours.backward(ours.backwardJudge(fooled.backward()));
        return mean;
    }

    private static void assertGradients(List<Parameter> ours, List<Tensor> theirs) {
        assertEquals(ours.size(), theirs.size());
        for (int i = 0; i < theirs.size(); i++) {
            Parameter p = ours.get(i);
            if (hasNoEffect(ours, i)) {
                double weights = largest(ours.get(i - 1).gradient());
                assertEquals(0, largest(p.gradient()) / weights, 1e-4, p.name());
                assertEquals(0, largest(theirs.get(i)) / weights, 1e-4, p.name());
            } else {
                assertClose(p.gradient(), theirs.get(i), 1e-5, p.name());
            }
        }
    }

    /** A channel's bias before a batch normalisation is taken away with the mean: its gradient is rounding alone. */
    private static boolean hasNoEffect(List<Parameter> player, int i) {
        return i + 1 < player.size()
                && player.get(i + 1).name().endsWith(".gamma")
                && player.get(i + 1).value().length() == player.get(i).value().length();
    }

    private static double largest(Tensor numbers) {
        double largest = 0;
        for (float number : numbers.data()) {
            largest = Math.max(largest, Math.abs(number));
        }
        return largest;
    }
}
