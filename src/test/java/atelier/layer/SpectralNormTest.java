package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Convolution;
import atelier.definition.Difference;
import atelier.definition.SpectralNormalisation;
import atelier.tensor.Layout;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectralNormTest {

    private final RandomStream random = RandomStream.seed(1);

    // ---- worked by hand ----

    @Test
    void l1_l2_l3_workedByHand() {
        Dense dense = new Dense("dense", Tensor.of(new float[] {3, 0, 4, 0}, 2, 2), Tensor.of(new float[] {1, 2}, 2));
        SpectralNorm norm = new SpectralNorm(dense, random); // u = ±(0.6, 0.8), v = ±(1, 0), σ = 5
        Tensor y = norm.forward(Tensor.of(new float[] {1, 0, 0, 1}, 2, 2), Mode.TRAIN);
        assertArrayEquals(new float[] {0.6f + 1, 2, 0.8f + 1, 2}, y.data(), 1e-6f);
        norm.backward(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2)); // X = 1, so dW̄ = dY; ⟨dW̄, W̄⟩ = 3
        float[] dW = norm.parameters().get(0).gradient().data();
        assertArrayEquals(new float[] {(1 - 1.8f) / 5, 2 / 5f, (3 - 2.4f) / 5, 4 / 5f}, dW, 1e-6f);
        assertArrayEquals(
                new float[] {4, 6}, norm.parameters().get(1).gradient().data());
    }

    // ---- equality with the definition ----

    @ParameterizedTest(name = "N={0} F={1} K={2}")
    @CsvSource({"3, 5, 4", "1, 33, 10", "64, 130, 65", "8, 40, 1"})
    void l1_l2_l3_equalTheDefinitionForADenseLayer(int n, int f, int k) {
        Dense dense = new Dense("dense", Tensor.normal(random, 0.3, f, k), Tensor.normal(random, 1, k));
        SpectralNorm norm = new SpectralNorm(dense, random);
        double[][] w = Nested.matrix(norm.parameters().get(0).value());
        double[] v =
                SpectralNormalisation.v(w, Nested.vector(norm.buffers().get(0).value()));
        double[] u = SpectralNormalisation.u(w, v);
        double[][] normalised = SpectralNormalisation.forward(w, u, v);
        Tensor x = Tensor.normal(random, 1, n, f);
        Tensor y = norm.forward(x, Mode.TRAIN);
        same(u, Nested.vector(norm.buffers().get(0).value()));
        same(v, Nested.vector(norm.buffers().get(1).value()));
        double[] b = Nested.vector(norm.parameters().get(1).value());
        same(atelier.definition.Dense.forward(Nested.matrix(x), normalised, b), Nested.matrix(y));

        Tensor dY = Tensor.normal(random, 1, n, k);
        norm.parameters().forEach(p -> p.gradient().fill(0.25f)); // backward must add to what is there
        same(atelier.definition.Dense.dX(Nested.matrix(dY), normalised), Nested.matrix(norm.backward(dY)));
        double[][] dW = atelier.definition.Dense.dW(Nested.matrix(dY), Nested.matrix(x));
        same(quarterMore(SpectralNormalisation.dW(dW, w, u, v)), gradient(norm));
        same(
                quarterMore(atelier.definition.Dense.db(Nested.matrix(dY))),
                Nested.vector(norm.parameters().get(1).gradient()));

        norm.parameters().forEach(p -> p.gradient().fill(0.25f));
        Tensor xDot = Tensor.normal(random, 1, n, f);
        same(
                atelier.definition.Dense.forward(Nested.matrix(xDot), normalised, new double[k]),
                Nested.matrix(norm.tangent(xDot)));
        dW = atelier.definition.Dense.dW(Nested.matrix(dY), Nested.matrix(xDot));
        same(quarterMore(SpectralNormalisation.dW(dW, w, u, v)), gradient(norm));
    }

    @ParameterizedTest
    @CsvSource({"ROW_MAJOR", "CHANNELS_LAST"})
    void l1_l2_l3_equalTheDefinitionForAConvolutionWhoseKernelIsAMatrix(Layout layout) {
        Conv2d conv = new Conv2d("conv", Tensor.normal(random, 0.3, 5, 3, 4, 4), Tensor.normal(random, 1, 5), 2, 1, 1);
        SpectralNorm norm = new SpectralNorm(conv, random);
        Tensor kernel = norm.parameters().get(0).value();
        double[][] w = atelier.definition.Nested.matrix(kernel.data(), 5, 48);
        double[] v =
                SpectralNormalisation.v(w, Nested.vector(norm.buffers().get(0).value()));
        double[] u = SpectralNormalisation.u(w, v);
        double[][][][] normalised = images(SpectralNormalisation.forward(w, u, v));
        Tensor x = Nested.random(random, layout, 9, 3, 8, 6);
        Tensor y = norm.forward(x, Mode.TRAIN);
        double[] b = Nested.vector(norm.parameters().get(1).value());
        same(Convolution.forward(x.nested(), normalised, b, 2, 1, 1), y.nested());
        Tensor dY = Nested.random(random, layout, 9, 5, 4, 3);
        same(
                Convolution.dX(dY.nested(), normalised, 8, 6, 2, 1, 1),
                norm.backward(dY).nested());
        double[][][][] dW = Convolution.dW(dY.nested(), x.nested(), 4, 2, 1, 1);
        double[][] asMatrix = atelier.definition.Nested.matrix(atelier.definition.Nested.flat(dW), 5, 48);
        same(
                images(SpectralNormalisation.dW(asMatrix, w, u, v)),
                norm.parameters().get(0).gradient().nested());
    }

    @Test
    void l3_matchesFiniteDifferencesWithUAndVHeld() {
        SpectralNorm norm = new SpectralNorm(new Conv2d("conv", 2, 3, 3, 1, 1, 1, random), random);
        Tensor x = Tensor.normal(random, 1, 4, 2, 5, 6);
        Tensor dY = LayerLaws.like(norm.forward(x, Mode.TRAIN), 5);
        norm.backward(dY);
        Parameter weight = norm.parameters().get(0);
        double[] analytic = Nested.vector(weight.gradient());
        double[] numeric = new double[analytic.length];
        float h = 0x1p-8f;
        for (int i = 0; i < numeric.length; i++) {
            float here = weight.value().data()[i];
            weight.value().data()[i] = here + h;
            double right = inner(dY, norm.forward(x, Mode.HELD));
            weight.value().data()[i] = here - h;
            double left = inner(dY, norm.forward(x, Mode.HELD));
            weight.value().data()[i] = here;
            numeric[i] = (right - left) / (2 * h);
        }
        Difference worst = Difference.largest(numeric, analytic);
        assertTrue(worst.relative() < 1e-3, worst::toString); // of numbers in float
    }

    // ---- laws ----

    @Test
    void l2_theLargestSingularValueIs1AfterSomeStepsAndTheLayerMakesNoDistanceLonger() {
        SpectralNorm norm = new SpectralNorm(new Dense("dense", 30, 20, random), random);
        Tensor x = Tensor.normal(random, 1, 50, 30);
        for (int step = 0; step < 300; step++) {
            norm.forward(x, Mode.TRAIN);
        }
        Tensor y = norm.forward(x, Mode.INFER);
        for (int n = 1; n < 50; n++) {
            assertTrue(distance(y, n) <= distance(x, n) * (1 + 1e-5));
        }
        double[] along = Nested.vector(norm.buffers().get(0).value()); // what it stretches most, it leaves as it is
        Tensor direction = Tensor.zeros(1, 30);
        for (int i = 0; i < 30; i++) {
            direction.data()[i] = (float) along[i];
        }
        double squares = 0;
        for (float value : norm.forward(direction, Mode.INFER).data()) { // its biases are 0
            squares += (double) value * value;
        }
        assertEquals(1, Math.sqrt(squares), 1e-4);
    }

    @Test
    void aWeightThatIsTwiceAsLongIsTheSame() {
        Tensor w = Tensor.normal(random, 1, 7, 5);
        Tensor twice = w.copy();
        for (int i = 0; i < w.length(); i++) {
            twice.data()[i] *= 2;
        }
        SpectralNorm one = new SpectralNorm(new Dense("dense", w, Tensor.zeros(5)), RandomStream.seed(2));
        SpectralNorm other = new SpectralNorm(new Dense("dense", twice, Tensor.zeros(5)), RandomStream.seed(2));
        Tensor x = Tensor.normal(random, 1, 3, 7);
        assertArrayEquals(
                one.forward(x, Mode.TRAIN).data(), other.forward(x, Mode.TRAIN).data(), 1e-6f);
    }

    @Test
    void heldStillNothingMovesAndInUseNeither() {
        SpectralNorm norm = new SpectralNorm(new Dense("dense", 7, 5, random), random);
        Tensor x = Tensor.normal(random, 1, 3, 7);
        norm.forward(x, Mode.TRAIN);
        List<float[]> before = bits(norm);
        Tensor y = norm.forward(x, Mode.HELD).copy();
        Tensor dX = norm.backward(LayerLaws.normal(2, 3, 5)).copy();
        norm.tangent(x);
        assertArrayEquals(y.data(), norm.forward(x, Mode.INFER).data());
        List<float[]> after = bits(norm);
        for (int i = 0; i < before.size(); i++) {
            assertArrayEquals(before.get(i), after.get(i), "tensor " + i);
        }
        assertArrayEquals(dX.data(), norm.backward(LayerLaws.normal(2, 3, 5)).data());
        norm.forward(x, Mode.TRAIN);
        norm.forward(x, Mode.TRAIN);
        assertTrue(
                Difference.largest(toDoubles(before.get(4)), bits(norm).get(4)).relative() > 0); // training does
    }

    private static double[] toDoubles(float[] x) {
        return atelier.definition.Nested.toDoubles(x);
    }

    /** Values and gradients, then the buffers: a copy. */
    private static List<float[]> bits(SpectralNorm norm) {
        return List.of(
                norm.parameters().get(0).value().copy().data(),
                norm.parameters().get(0).gradient().copy().data(),
                norm.parameters().get(1).value().copy().data(),
                norm.parameters().get(1).gradient().copy().data(),
                norm.buffers().get(0).value().copy().data(),
                norm.buffers().get(1).value().copy().data());
    }

    @Test
    void itHasTheNamesOfTheLayerInsideAndTwoBuffersMore() {
        SpectralNorm norm = new SpectralNorm(new Conv2d("conv", 2, 3, 4, 2, 1, 1, random), random);
        assertEquals(
                List.of("conv.weight", "conv.bias"),
                norm.parameters().stream().map(Parameter::name).toList());
        assertEquals(
                List.of("conv.weight.u", "conv.weight.v"),
                norm.buffers().stream().map(Parameter::name).toList());
        assertTrue(norm.buffers().get(0).value().hasShape(3));
        assertTrue(norm.buffers().get(1).value().hasShape(32));
    }

    @Test
    void aCheckpointOfWeightsAndBuffersIsEnough() {
        SpectralNorm norm = new SpectralNorm(new Dense("dense", 7, 5, RandomStream.seed(2)), random);
        SpectralNorm other = new SpectralNorm(new Dense("dense", 7, 5, RandomStream.seed(3)), random);
        Tensor x = Tensor.normal(random, 1, 3, 7);
        norm.forward(x, Mode.TRAIN);
        for (int i = 0; i < 2; i++) {
            other.parameters().get(i).value().copyFrom(norm.parameters().get(i).value());
            other.buffers().get(i).value().copyFrom(norm.buffers().get(i).value());
        }
        assertArrayEquals(
                norm.forward(x, Mode.INFER).data(), other.forward(x, Mode.INFER).data());
        assertArrayEquals(
                norm.forward(x, Mode.TRAIN).data(), other.forward(x, Mode.TRAIN).data());
    }

    @Test
    void theLawsOfLayersHold() {
        Tensor x = LayerLaws.normal(1, 5, 3, 9, 7);
        LayerLaws.needsForwardBeforeBackward(conv());
        LayerLaws.refusesGradientsOfAnotherShape(conv(), x);
        LayerLaws.leavesItsInputsAlone(conv(), x);
        LayerLaws.reusesItsOutputs(conv(), x);
        LayerLaws.givesTheSameBitsOnAnyNumberOfThreads(this::conv, x);
        LayerLaws.allocatesNothing(conv(), x);
        LayerLaws.allocatesNothing(
                new SpectralNorm(new Dense("dense", 7, 5, random), random), LayerLaws.normal(1, 4, 7));
    }

    private SpectralNorm conv() {
        RandomStream same = RandomStream.seed(7);
        return new SpectralNorm(new Conv2d("conv", 3, 6, 4, 2, 1, 1, same), same);
    }

    @Test
    void theFirstLayerMaySkipItsInputGradient() {
        SpectralNorm norm = new SpectralNorm(new Dense("dense", 3, 2, random).withoutInputGradient(), random);
        norm.forward(Tensor.normal(random, 1, 4, 3), Mode.TRAIN);
        assertNull(norm.backward(Tensor.normal(random, 1, 4, 2)));
    }

    @Test
    void wrongUseIsRefused() {
        assertSays(
                "SpectralNorm: expected a layer with a weight and a bias but got LeakyRelu with 0 parameters. "
                        + "Wrap a Dense or a Conv2d.",
                new LeakyRelu(0.2));
        assertSays(
                "SpectralNorm: expected a weight that stretches something but got dense.weight with σ = NaN. "
                        + "Start from random weights.",
                new Dense("dense", Tensor.zeros(3, 2), Tensor.zeros(2)));
        SpectralNorm norm = new SpectralNorm(new Dense("dense", 3, 2, random), random);
        assertThrows(ShapeException.class, () -> norm.forward(Tensor.zeros(4, 5), Mode.TRAIN));
    }

    private void assertSays(String message, Tangent layer) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new SpectralNorm(layer, random))
                        .getMessage());
    }

    // ---- tools ----

    private static double[][][][] images(double[][] w) {
        return atelier.definition.Nested.images(atelier.definition.Nested.flat(w), 5, 3, 4, 4);
    }

    private static double[][] gradient(SpectralNorm norm) {
        return Nested.matrix(norm.parameters().get(0).gradient());
    }

    private static <A> A quarterMore(A gradient) {
        return atelier.definition.Nested.map(gradient, v -> v + 0.25);
    }

    private static void same(Object expected, Object actual) {
        Difference worst = Difference.largest(expected, actual);
        assertTrue(worst.relative() < 1e-5, worst::toString);
    }

    private static double inner(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.length(); i++) {
            sum += (double) a.data()[i] * b.data()[i];
        }
        return sum;
    }

    /** How far row n is from the row before it. */
    private static double distance(Tensor x, int n) {
        double squares = 0;
        for (int f = 0; f < x.size(1); f++) {
            double apart = x.at(n, f) - x.at(n - 1, f);
            squares += apart * apart;
        }
        return Math.sqrt(squares);
    }
}
