package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Bend;
import atelier.definition.Convolution;
import atelier.definition.DenseCritic;
import atelier.definition.Difference;
import atelier.definition.GradientPenalty;
import atelier.tensor.Layout;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every layer that carries a direction forward, and that each of them carries it rightly. */
class TangentTest {

    private final RandomStream random = RandomStream.seed(1);

    /** A way to make one, and the shape of what it reads. */
    record Case(String name, Supplier<Tangent> made, int... shape) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> all() {
        RandomStream random = RandomStream.seed(3);
        return Stream.of(
                new Case("Dense", () -> new Dense("dense", 7, 5, random.split(1)), 9, 7),
                new Case("Conv2d", () -> new Conv2d("conv", 3, 4, 3, 2, 1, 1, random.split(2)), 9, 3, 7, 6),
                new Case("Conv2d of one channel", () -> new Conv2d("c", 1, 4, 3, 1, 0, 2, random.split(2)), 3, 1, 7, 6),
                new Case(
                        "SpectralNorm",
                        () -> new SpectralNorm(new Dense("d", 7, 5, random.split(1)), random.split(8)),
                        9,
                        7),
                new Case("LeakyRelu", () -> new LeakyRelu(0.2), 3, 4, 5, 6),
                new Case("Relu", Relu::new, 3, 4, 5, 6),
                new Case("Affine", () -> new Affine(2, -1), 3, 4, 5, 6),
                new Case("Flatten", Flatten::new, 3, 4, 5, 6),
                new Case("Unflatten", () -> new Unflatten(2, 3, 4), 5, 24),
                new Case("Sequential", () -> critic(random), 9, 1, 8, 6));
    }

    private static Sequential critic(RandomStream random) {
        return new Sequential(
                Affine.centred(),
                new Conv2d("conv1", 1, 4, 4, 2, 1, 1, random.split(4)),
                new LeakyRelu(0.2),
                new Conv2d("conv2", 4, 5, 3, 1, 1, 1, random.split(5)),
                new LeakyRelu(0.2),
                new Flatten(),
                new Dense("dense1", 60, 6, random.split(6)),
                new Relu(),
                new Dense("dense2", 6, 1, random.split(7)));
    }

    // ---- worked by hand ----

    @Test
    void w4_workedByHandForADenseLayer() {
        Dense dense = new Dense(
                "dense", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3), Tensor.of(new float[] {7, 8, 9}, 3));
        dense.forward(Tensor.of(new float[] {5, 5, 5, 5}, 2, 2), Mode.TRAIN);
        dense.backward(Tensor.of(new float[] {1, 0, 2, 0, 1, 0}, 2, 3));
        dense.parameters().forEach(p -> p.gradient().fill(0.5f)); // what is there stays
        Tensor yDot = dense.tangent(Tensor.of(new float[] {1, -1, 2, 0}, 2, 2));
        assertArrayEquals(new float[] {-3, -3, -3, 2, 4, 6}, yDot.data()); // no bias in it
        float[] dW = dense.parameters().get(0).gradient().data();
        assertArrayEquals(new float[] {1.5f, 2.5f, 2.5f, -0.5f, 0.5f, -1.5f}, dW);
        assertArrayEquals(
                new float[] {0.5f, 0.5f, 0.5f},
                dense.parameters().get(1).gradient().data());
    }

    @Test
    void w4_workedByHandForALeakyRelu() {
        LeakyRelu leaky = new LeakyRelu(0.25);
        leaky.forward(Tensor.of(new float[] {-2, 3, 0, 1}, 2, 2), Mode.TRAIN);
        Tensor yDot = leaky.tangent(Tensor.of(new float[] {4, 4, 8, -1}, 2, 2));
        assertArrayEquals(new float[] {1, 4, 2, -1}, yDot.data());
    }

    // ---- equality with the definition ----

    @ParameterizedTest(name = "N={0} C={1} H={2} W={3} K={4} R={5} s={6} p={7} d={8} {9}")
    @CsvSource({
        "3, 1, 6, 7, 4, 3, 1, 0, 1, ROW_MAJOR",
        "9, 2, 8, 6, 16, 4, 2, 1, 1, ROW_MAJOR",
        "9, 2, 8, 6, 16, 4, 2, 1, 1, CHANNELS_LAST",
        "2, 3, 9, 8, 5, 3, 1, 2, 2, CHANNELS_LAST",
        "2, 3, 7, 5, 5, 2, 1, 0, 1, CHANNELS_LAST",
        "67, 2, 5, 6, 3, 3, 1, 1, 1, ROW_MAJOR"
    })
    void w4_ofAConvolutionEqualsTheDefinition(
            int n, int c, int h, int w, int k, int r, int s, int p, int d, Layout layout) {
        Conv2d conv = new Conv2d("conv", Tensor.normal(random, 0.3, k, c, r, r), Tensor.normal(random, 1, k), s, p, d);
        Tensor y = conv.forward(Nested.random(random, layout, n, c, h, w), Mode.TRAIN);
        for (Layout other : Layout.values()) {
            Tensor dY = Nested.random(random, other, n, k, y.size(2), y.size(3));
            Tensor xDot = Nested.random(random, other, n, c, h, w);
            conv.backward(dY);
            conv.parameters().forEach(parameter -> parameter.gradient().fill(0.25f)); // it must add to what is there
            Tensor yDot = conv.tangent(xDot);
            double[][][][] ws = conv.parameters().get(0).value().nested();
            same(Convolution.forward(xDot.nested(), ws, new double[k], s, p, d), yDot.nested());
            double[][][][] dW = Convolution.dW(dY.nested(), xDot.nested(), r, s, p, d);
            same(
                    atelier.definition.Nested.map(dW, v -> v + 0.25),
                    conv.parameters().get(0).gradient().nested());
            assertArrayEquals(
                    Tensor.filled(0.25f, k).data(),
                    conv.parameters().get(1).gradient().data());
        }
    }

    @ParameterizedTest(name = "{0} images")
    @CsvSource({"1", "3", "64"})
    void w4_ofADenseCriticIsTheGradientOfTheGradientPenaltyOfItsDefinition(int n) {
        int[] widths = {7, 33, 5, 1};
        List<Layer> layers = new ArrayList<>();
        List<double[][]> w = new ArrayList<>();
        List<double[]> b = new ArrayList<>();
        for (int l = 0; l < 3; l++) {
            Dense dense = new Dense(
                    "dense" + l,
                    Tensor.normal(random, 0.5, widths[l], widths[l + 1]),
                    Tensor.normal(random, 1, widths[l + 1]));
            w.add(Nested.matrix(dense.parameters().get(0).value()));
            b.add(Nested.vector(dense.parameters().get(1).value()));
            layers.add(dense);
            if (l < 2) {
                layers.add(new LeakyRelu(0.2));
            }
        }
        Sequential critic = new Sequential(layers);
        DenseCritic defined = new DenseCritic(w, b, Bend.leakyRelu(0.2f));
        Tensor x = Tensor.normal(random, 1, n, 7);
        critic.forward(x, Mode.TRAIN);
        Tensor g = critic.backward(Tensor.filled(1, n, 1));
        same(defined.slope(Nested.matrix(x)), Nested.matrix(g));
        critic.parameters().forEach(Parameter::zeroGradient);
        critic.tangent(tensor(GradientPenalty.dG(Nested.matrix(g), 10)));
        DenseCritic.Gradient gradient = defined.gradient(Nested.matrix(x), 10);
        for (int l = 0; l < 3; l++) {
            same(
                    gradient.dW().get(l),
                    Nested.matrix(critic.parameters().get(2 * l).gradient()));
            assertArrayEquals(
                    new float[widths[l + 1]],
                    critic.parameters().get(2 * l + 1).gradient().data());
        }
    }

    // ---- laws ----

    @ParameterizedTest
    @MethodSource("all")
    void itIsTheWayBackReadForward(Case of) { // ⟨dY, ẏ⟩ = ⟨dX, ẋ⟩
        Tangent layer = of.made.get();
        Tensor y = layer.forward(LayerLaws.normal(1, of.shape), Mode.TRAIN);
        Tensor dY = LayerLaws.like(y, 2);
        Tensor xDot = LayerLaws.normal(3, of.shape);
        Tensor dX = layer.backward(dY).copy();
        Tensor yDot = layer.tangent(xDot);
        assertArrayEquals(y.shape(), yDot.shape());
        assertEquals(inner(dX, xDot), inner(dY, yDot), 1e-3);
    }

    @ParameterizedTest
    @MethodSource("all")
    void itIsHowTheOutputMoves(Case of) { // Y(x + h·ẋ) − Y(x) = h·ẏ while no unit changes sides
        Tangent layer = of.made.get();
        Tensor x = LayerLaws.normal(1, of.shape);
        Tensor xDot = LayerLaws.normal(3, of.shape);
        Tensor y = layer.forward(x, Mode.TRAIN).copy();
        layer.backward(LayerLaws.like(y, 2));
        Tensor yDot = layer.tangent(xDot).copy();
        float h = 1e-3f;
        Tensor moved = x.copy();
        for (int i = 0; i < x.length(); i++) {
            moved.data()[i] += h * xDot.data()[i];
        }
        Tensor after = layer.forward(moved, Mode.HELD);
        int astray = 0;
        for (int i = 0; i < y.length(); i++) {
            astray += Math.abs((after.data()[i] - y.data()[i]) / h - yDot.data()[i]) > 0.02 ? 1 : 0;
        }
        assertTrue(astray <= 1 + y.length() / 100, astray + " of " + y.length());
    }

    @ParameterizedTest
    @MethodSource("all")
    void itLeavesAloneWhatForwardAndBackwardReturnedAndWhatItWasGiven(Case of) {
        Tangent layer = of.made.get();
        Tensor x = LayerLaws.normal(1, of.shape);
        Tensor y = layer.forward(x, Mode.TRAIN);
        Tensor dY = LayerLaws.like(y, 2);
        Tensor dX = layer.backward(dY);
        Tensor xDot = LayerLaws.normal(3, of.shape);
        Tensor[] tensors = {x, y, dY, dX, xDot};
        Tensor[] before = Stream.of(tensors).map(Tensor::copy).toArray(Tensor[]::new);
        Tensor yDot = layer.tangent(xDot);
        assertNotSame(y, yDot);
        for (int i = 0; i < tensors.length; i++) {
            assertArrayEquals(before[i].data(), tensors[i].data(), "tensor " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void heldStillItAddsNothingAndSaysTheSame(Case of) {
        Tangent layer = of.made.get();
        Tensor xDot = LayerLaws.normal(3, of.shape);
        Tensor expected = tangent(layer, of, Mode.TRAIN, xDot).copy();
        layer.parameters().forEach(Parameter::zeroGradient);
        assertArrayEquals(expected.data(), tangent(layer, of, Mode.HELD, xDot).data());
        for (Parameter parameter : layer.parameters()) {
            assertArrayEquals(
                    new float[parameter.gradient().length()],
                    parameter.gradient().data());
        }
    }

    private static Tensor tangent(Tangent layer, Case of, Mode mode, Tensor xDot) {
        Tensor y = layer.forward(LayerLaws.normal(1, of.shape), mode);
        layer.backward(LayerLaws.like(y, 2));
        return layer.tangent(xDot);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theBitsDoNotDependOnTheNumberOfThreads(Case of) {
        LayerLaws.sameBitsOnAnyNumberOfThreads(() -> {
            Tangent layer = of.made.get();
            List<float[]> results = new ArrayList<>();
            results.add(tangent(layer, of, Mode.TRAIN, LayerLaws.normal(3, of.shape))
                    .data());
            layer.parameters().forEach(p -> results.add(p.gradient().data()));
            return results;
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void itAllocatesNothing(Case of) {
        Tangent layer = of.made.get();
        Tensor x = LayerLaws.normal(1, of.shape);
        Tensor xDot = LayerLaws.normal(3, of.shape);
        Tensor dY = LayerLaws.like(layer.forward(x, Mode.TRAIN), 2);
        Tensor lastX = x.slice(0, 1); // an epoch's last batch is smaller
        Tensor lastXDot = xDot.slice(0, 1);
        Tensor lastDY = LayerLaws.like(layer.forward(lastX, Mode.TRAIN), 2);
        LayerLaws.allocatesNothing(() -> {
            layer.forward(x, Mode.TRAIN);
            layer.backward(dY);
            layer.tangent(xDot);
            layer.forward(lastX, Mode.TRAIN);
            layer.backward(lastDY);
            layer.tangent(lastXDot);
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void itNeedsWhatTheOtherPassesRememberAndADirectionForEveryNumber(Case of) {
        Tangent layer = of.made.get();
        Tensor xDot = LayerLaws.normal(3, of.shape);
        assertSaysTangent(assertThrows(IllegalStateException.class, () -> layer.tangent(xDot)));
        Tensor y = layer.forward(LayerLaws.normal(1, of.shape), Mode.TRAIN);
        layer.backward(LayerLaws.like(y, 2));
        int[] larger = of.shape.clone();
        larger[0]++;
        assertSaysTangent(assertThrows(ShapeException.class, () -> layer.tangent(Tensor.zeros(larger))));
    }

    private static void assertSaysTangent(Exception thrown) {
        assertTrue(thrown.getMessage().contains(".tangent: expected"), thrown.getMessage());
    }

    @Test
    void aNewForwardAsksForANewBackward() {
        Dense dense = new Dense("dense", 3, 2, random);
        Conv2d conv = new Conv2d("conv", 2, 3, 3, 1, 1, 1, random);
        for (Tangent layer : List.of(dense, conv)) {
            Tensor x = layer == dense ? LayerLaws.normal(1, 4, 3) : LayerLaws.normal(1, 4, 2, 5, 5);
            layer.backward(LayerLaws.like(layer.forward(x, Mode.TRAIN), 2));
            layer.forward(x, Mode.TRAIN);
            assertThrows(IllegalStateException.class, () -> layer.tangent(x));
        }
    }

    @Test
    void batchNormalisationHasNoSlopeOfASingleImage() {
        Sequential critic = new Sequential(
                new Dense("dense1", 3, 4, random), new BatchNorm("norm", 4), new Dense("dense2", 4, 1, random));
        Tensor x = LayerLaws.normal(1, 5, 3);
        critic.forward(x, Mode.TRAIN);
        critic.backward(Tensor.filled(1, 5, 1));
        assertEquals(
                "Sequential.tangent: expected layers of straight lines that let each image alone but got BatchNorm in "
                        + "place 1. A gradient penalty asks for the slope at every single image: batch normalisation has "
                        + "none, as it lets the images of a batch see each other, and that of a curve bends. Build the "
                        + "critic without it.",
                assertThrows(IllegalStateException.class, () -> critic.tangent(x))
                        .getMessage());
    }

    // ---- tools ----

    private static void same(Object expected, Object actual) {
        Difference worst = Difference.largest(expected, actual);
        assertTrue(worst.relative() < 1e-5, worst::toString);
    }

    private static double inner(Tensor a, Tensor b) {
        double sum = 0;
        float[] left = a.rowMajor().data();
        float[] right = b.rowMajor().data();
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }

    private static Tensor tensor(double[][] x) {
        double[] numbers = atelier.definition.Nested.flat(x);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return Tensor.of(floats, x.length, x[0].length);
    }
}
