package atelier.dl4j;

import static atelier.dl4j.AutoencoderParityTest.assertSame;
import static atelier.dl4j.AutoencoderParityTest.values;
import static atelier.dl4j.AutoencoderParityTest.withBiases;
import static atelier.dl4j.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Dataset;
import atelier.data.Datasets;
import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.GaussianKl;
import atelier.model.Vae;
import atelier.optim.Adam;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import atelier.train.ElboLearner;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kit's variational autoencoders and DL4J's, holding the same weights, with the same ε: common random numbers. */
@Tag("dl4j")
class VaeParityTest {

    private static final double RATE = 1e-3;
    private static final int N = 3;
    private static final int[] NO_LABELS = {};
    private static final Dataset SCRIBBLES = Datasets.load("scribbles", 512).first(512, 130);

    private record Twins(Vae ours, Dl4jVariational theirs) {}

    private final BinaryCrossEntropy loss = new BinaryCrossEntropy();
    private final GaussianKl kl = new GaussianKl();
    /** So few that nothing stands within 5e-6 of a ReLU's corner, where rounding would choose the gradient. */
    private final Batch batch = ConvNetParityTest.batch(N, RandomStream.seed(41));

    private final Tensor x = pixels(batch.x());

    static Stream<Twins> twins() {
        Vae convolutional = convolutional();
        return Stream.of(
                new Twins(dense(), new Dl4jVae(values(dense()), 1, RATE)),
                new Twins(convolutional, new Dl4jConvVae(values(convolutional), 1, 1, RATE)));
    }

    private static Vae dense() {
        return withBiases(Vae.dense(20, RandomStream.seed(42)), RandomStream.seed(43));
    }

    private static Vae convolutional() {
        return withBiases(Vae.convolutional(6, RandomStream.seed(44)), RandomStream.seed(45));
    }

    private static Tensor pixels(Tensor grey) {
        Tensor x = Tensor.zeros(grey.shape());
        Noise.bernoulli(RandomStream.seed(46), grey, x);
        return x;
    }

    // ---- both ----

    @ParameterizedTest
    @MethodSource("twins")
    void statisticsAndLogitsAreTheSame(Twins twins) {
        assertClose(twins.ours.encode(x, NO_LABELS, Mode.INFER), twins.theirs.encode(x), 1e-5, "statistics");
        Tensor z = Tensor.normal(RandomStream.seed(5), 1, N, twins.ours.latents());
        Tensor y = twins.ours.decode(z, NO_LABELS, Mode.INFER);
        assertClose(y, twins.theirs.decode(z), 1e-5, "logits");
        assertClose(loss.pixels(y), twins.theirs.pixels(z), 1e-5, "pixels");
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theyAreJudgedByTheSameNumbersOfTheSameNames(Twins twins) throws InterruptedException {
        ElboLearner learner = new ElboLearner(twins.ours, loss, new Adam(twins.ours.parameters(), RATE))
                .binarised(RandomStream.seed(3));
        var expected = learner.evaluate(SCRIBBLES.test());
        var actual = twins.theirs.evaluate(SCRIBBLES.test());
        assertEquals(List.copyOf(expected.keySet()), List.copyOf(actual.keySet()));
        expected.forEach((name, value) -> assertEquals(value, actual.get(name), 1e-5 * Math.abs(value), name));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void weightsGoThereAndBack(Twins twins) {
        assertSame(values(twins.ours), twins.theirs.weights());
    }

    @ParameterizedTest
    @MethodSource("twins")
    void aWeightThatIsNotFiniteStopsBeforeTheStep(Twins twins) {
        List<Tensor> broken = twins.theirs.weights();
        broken.get(2).data()[3] = Float.NaN;
        twins.theirs.weights(broken);
        String message = assertThrows(ArithmeticException.class, () -> twins.theirs.step(batch))
                .getMessage();
        assertTrue(message.contains("NaN"), message);
        assertSame(broken, twins.theirs.weights());
        twins.theirs.weights(values(twins.ours));
        assertTrue(Double.isFinite(twins.theirs.step(batch)));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void aPixelThatIsNotFiniteStopsBeforeTheStep(Twins twins) {
        Batch broken = ConvNetParityTest.batch(4, RandomStream.seed(1));
        broken.x().set(Float.NaN, 2, 0, 14, 14);
        String message = assertThrows(ArithmeticException.class, () -> twins.theirs.step(broken))
                .getMessage();
        assertTrue(message.contains("NaN"), message);
        assertSame(values(twins.ours), twins.theirs.weights());
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theyLearnScribbles(Twins twins) throws InterruptedException {
        ImageSet test = SCRIBBLES.first(1, 32).test();
        double before = twins.theirs.evaluate(test).get("test_elbo");
        twins.theirs.learningRate(5e-3);
        for (int i = 0; i < 8; i++) {
            twins.theirs.step(new Batch(SCRIBBLES.train().images(16 * i, 16 * i + 16), NO_LABELS, 16));
        }
        double after = twins.theirs.evaluate(test).get("test_elbo");
        assertTrue(after > before + 50, before + " → " + after);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void anInterruptEndsTheEvaluation(Twins twins) {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> twins.theirs.evaluate(SCRIBBLES.test()));
    }

    /** Background that costs 1e-4 nats a pixel is below the last digit of a float that has grown to ten thousand. */
    @Test
    void theSurpriseOfManyImagesKeepsItsSmallTerms() {
        Tensor y = Tensor.filled(-9, 400, 1, 28, 28);
        for (int i = 0; i < y.length(); i += 28) {
            y.data()[i] = 4;
        }
        Tensor black = Tensor.zeros(y.shape());
        double expected = 400 * loss.forward(y, black);
        assertEquals(expected, CrossEntropy.of(Tensors.toNd4j(y), Tensors.toNd4j(black)), 5e-5 * expected);
    }

    // ---- DL4J's layer ----

    @Test
    void theLayersLossAndEveryGradientAreTheSame() {
        Vae ours = dense();
        Dl4jVae theirs = new Dl4jVae(values(ours), 1, RATE);
        Tensor epsilon = theirs.epsilon(77, N);
        double expected = backward(ours, epsilon, 1);
        assertEquals(expected, theirs.loss(x, 77), 1e-5 * expected);
        assertGradients(ours, theirs.gradients(x, 77));
    }

    @Test
    void threeStepsOfPretrainAreThreeStepsOfOurs() {
        Vae ours = dense();
        Dl4jVae theirs = new Dl4jVae(values(ours), 9, RATE);
        RandomStream noise = RandomStream.seed(9).split(1);
        RandomStream binarisation = RandomStream.seed(9).split(2);
        Adam adam = new Adam(ours.parameters(), RATE);
        for (int step = 1; step <= 3; step++) {
            Noise.bernoulli(binarisation, batch.x(), x);
            double actual = theirs.step(batch);
            double expected = backward(ours, theirs.epsilon(noise.bits(), N), 1);
            adam.step();
            assertEquals(expected, actual, 1e-3 * expected, "loss before step " + step);
        }
    }

    // ---- two networks ----

    @ParameterizedTest
    @ValueSource(doubles = {1, 4, 0})
    void theTwoNetworksLossAndEveryGradientAreTheSame(double beta) {
        Vae ours = convolutional();
        Dl4jConvVae theirs = new Dl4jConvVae(values(ours), beta, 1, RATE);
        Tensor epsilon = Tensor.normal(RandomStream.seed(6), 1, N, 6);
        double expected = backward(ours, epsilon, beta);
        assertEquals(expected, theirs.loss(x, epsilon), 1e-5 * expected);
        assertGradients(ours, theirs.gradients(x, epsilon));
    }

    @Test
    void threeStepsOfTheTwoNetworksAreThreeStepsOfOurs() {
        Vae ours = convolutional();
        Dl4jConvVae theirs = new Dl4jConvVae(values(ours), 2, 9, RATE);
        RandomStream noise = RandomStream.seed(9).split(1);
        RandomStream binarisation = RandomStream.seed(9).split(2);
        Tensor epsilon = Tensor.zeros(N, 6);
        Adam adam = new Adam(ours.parameters(), RATE);
        for (int step = 1; step <= 3; step++) {
            Noise.bernoulli(binarisation, batch.x(), x);
            Noise.normal(noise, epsilon);
            double expected = backward(ours, epsilon, 2);
            adam.step();
            assertEquals(expected, theirs.step(batch), 1e-3 * expected, "loss before step " + step);
        }
    }

    private double backward(Vae ours, Tensor epsilon, double beta) {
        Tensor y = ours.forward(x, NO_LABELS, epsilon, Mode.TRAIN);
        double mean = loss.forward(y, x) + beta * kl.forward(ours.statistics());
        ours.parameters().forEach(Parameter::zeroGradient);
        ours.backward(loss.backward(), kl.backward(beta));
        return mean;
    }

    private static void assertGradients(Vae ours, List<Tensor> gradients) {
        assertEquals(ours.parameters().size(), gradients.size());
        for (int i = 0; i < gradients.size(); i++) {
            Parameter p = ours.parameters().get(i);
            assertClose(p.gradient(), gradients.get(i), 1e-5, p.name());
        }
    }
}
