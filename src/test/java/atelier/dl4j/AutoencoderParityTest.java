package atelier.dl4j;

import static atelier.dl4j.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Dataset;
import atelier.data.Datasets;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.loss.SquaredError;
import atelier.model.Autoencoder;
import atelier.model.Model;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import atelier.train.Reconstructor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** The kit's autoencoders and DL4J's, holding the same weights. */
@Tag("dl4j")
class AutoencoderParityTest {

    private static final double RATE = 1e-3;
    private static final Dataset SCRIBBLES = Datasets.load("scribbles", 512).first(512, 130);

    private record Twins(Autoencoder ours, Dl4jReconstructor theirs) {}

    /** So few that nothing stands within 1e-5 of a ReLU's corner, where rounding would choose the gradient. */
    private final Batch batch = ConvNetParityTest.batch(3, RandomStream.seed(31));

    private final SquaredError loss = new SquaredError();

    static Stream<Twins> twins() {
        RandomStream random = RandomStream.seed(30);
        Autoencoder dense = withBiases(Autoencoder.dense(5, random.split(1)), random.split(2));
        Autoencoder convolutional = withBiases(Autoencoder.convolutional(6, random.split(3)), random.split(4));
        return Stream.of(
                new Twins(dense, new Dl4jAutoencoder(values(dense), RATE)),
                new Twins(convolutional, new Dl4jConvAutoencoder(values(convolutional), RATE)));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void codesAndReconstructionsAreTheSame(Twins twins) {
        Tensor y = twins.ours.forward(batch.x(), Mode.INFER).copy();
        assertClose(twins.ours.code(), twins.theirs.encode(batch.x()), 1e-5, "code");
        assertClose(y, twins.theirs.reconstruct(batch.x()), 1e-5, "reconstruction");
        assertClose(y, twins.theirs.decode(twins.theirs.encode(batch.x())), 1e-5, "decoded code");
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theLossAndEveryGradientAreTheSame(Twins twins) {
        double expected = backward(twins.ours);
        assertEquals(expected, twins.theirs.loss(batch), 1e-5 * expected);
        List<Tensor> gradients = twins.theirs.gradients(batch);
        assertEquals(twins.ours.parameters().size(), gradients.size());
        for (int i = 0; i < gradients.size(); i++) {
            Parameter p = twins.ours.parameters().get(i);
            assertClose(p.gradient(), gradients.get(i), 1e-5, p.name());
        }
    }

    /** Rounding grows from step to step: a number that rounds to the other side of a ReLU changes a whole gradient. */
    @ParameterizedTest
    @MethodSource("twins")
    void theyStayTogetherForFiveStepsOfAdam(Twins twins) {
        Adam adam = new Adam(twins.ours.parameters(), RATE);
        for (int step = 1; step <= 5; step++) {
            double expected = backward(twins.ours);
            adam.step();
            assertEquals(expected, twins.theirs.step(batch), 1e-3 * expected, "loss before step " + step);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theyAreJudgedByTheSameNumbersOfTheSameNames(Twins twins) throws InterruptedException {
        Reconstructor learner = new Reconstructor(twins.ours, loss, new Adam(twins.ours.parameters(), RATE));
        var expected = learner.evaluate(SCRIBBLES.test());
        var actual = twins.theirs.evaluate(SCRIBBLES.test());
        assertEquals(List.copyOf(expected.keySet()), List.copyOf(actual.keySet()));
        expected.forEach((name, value) -> assertEquals(value, actual.get(name), 1e-5 * value, name));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void weightsGoThereAndBackAndOthersAreRefused(Twins twins) {
        List<Tensor> back = twins.theirs.weights();
        for (int i = 0; i < back.size(); i++) {
            assertArrayEquals(
                    twins.ours.parameters().get(i).value().data(), back.get(i).data());
        }
        String message = assertThrows(ShapeException.class, () -> twins.theirs.weights(back.subList(1, back.size())))
                .getMessage();
        assertTrue(message.contains("expected " + back.size() + " tensors"), message);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void aPixelThatIsNotFiniteStopsBeforeTheStep(Twins twins) {
        List<Tensor> before = twins.theirs.weights();
        Batch broken = ConvNetParityTest.batch(4, RandomStream.seed(1));
        broken.x().set(Float.NaN, 2, 0, 14, 14);
        String message = assertThrows(ArithmeticException.class, () -> twins.theirs.step(broken))
                .getMessage();
        assertTrue(message.contains("NaN"), message);
        assertSame(before, twins.theirs.weights());
        assertTrue(Double.isFinite(twins.theirs.step(batch)));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void anInterruptEndsTheEvaluation(Twins twins) {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> twins.theirs.evaluate(SCRIBBLES.test()));
    }

    @Test
    void weightsOfAnotherModelAreRefusedByTheConstructor() {
        for (List<Tensor> wrong : List.of(List.<Tensor>of(), List.of(Tensor.zeros(2)), twoHundred())) {
            assertThrows(ShapeException.class, () -> new Dl4jAutoencoder(wrong, RATE));
            assertThrows(ShapeException.class, () -> new Dl4jConvAutoencoder(wrong, RATE));
        }
    }

    private static List<Tensor> twoHundred() {
        return Stream.generate(() -> Tensor.zeros(3, 3)).limit(200).toList();
    }

    /** DL4J's MSE divides by the number of outputs: under it, η and the loss mean something else than under ours. */
    @Test
    void dl4jsL2IsOurSumOverThePixelsAndItsMseIsThatOver784() {
        RandomStream random = RandomStream.seed(8);
        Tensor y = Tensor.uniform(random, 0, 1, 5, 784);
        Tensor x = Tensor.uniform(random, 0, 1, 5, 784);
        double sum = loss.forward(y, x);
        Tensor dY = loss.backward();
        INDArray theirY = Tensors.toNd4j(y);
        INDArray theirX = Tensors.toNd4j(x);
        var bare = new ActivationIdentity();
        assertEquals(sum, new LossL2().computeScore(theirX, theirY, bare, null, true), 1e-5 * sum);
        assertEquals(sum / 784, new LossMSE().computeScore(theirX, theirY, bare, null, true), 1e-5 * sum / 784);
        INDArray sumOverBatch = new LossL2().computeGradient(theirX, theirY, bare, null);
        assertClose(dY, Tensors.toTensor(sumOverBatch.div(5)), 1e-5, "dY");
        INDArray smaller = new LossMSE().computeGradient(theirX, theirY, bare, null);
        assertClose(dY, Tensors.toTensor(smaller.div(5).mul(784)), 1e-5, "784 dY");
    }

    @Test
    void theSeedDecidesTheFirstWeights() {
        assertSame(new Dl4jAutoencoder(3, 1, RATE).weights(), new Dl4jAutoencoder(3, 1, RATE).weights());
        assertTrue(new Dl4jAutoencoder(3, 1, RATE).weights().get(0).at(0, 0)
                != new Dl4jAutoencoder(3, 2, RATE).weights().get(0).at(0, 0));
    }

    private double backward(Autoencoder model) {
        double mean = loss.forward(model.forward(batch.x(), Mode.TRAIN), batch.x());
        model.parameters().forEach(Parameter::zeroGradient);
        model.backward(loss.backward());
        return mean;
    }

    static void assertSame(List<Tensor> expected, List<Tensor> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).data(), actual.get(i).data());
        }
    }

    /** Biases start at 0, which would hide a bias that is lost or in the wrong place. */
    static <M extends Model> M withBiases(M model, RandomStream random) {
        for (Parameter p : model.parameters()) {
            if (p.value().rank() == 1) {
                random.fillNormal(p.value().data(), 0, p.value().length(), 0.1);
            }
        }
        return model;
    }

    static List<Tensor> values(Model model) {
        return model.parameters().stream().map(Parameter::value).toList();
    }
}
