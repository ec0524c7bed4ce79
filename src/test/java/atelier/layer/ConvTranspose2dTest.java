package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Difference;
import atelier.definition.Initialisation;
import atelier.definition.TransposedConvolution;
import atelier.tensor.Layout;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConvTranspose2dTest {

    private final RandomStream random = RandomStream.seed(1);

    @Test
    void c5_workedByHand() {
        Tensor image = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
        Tensor kernel = Tensor.of(new float[] {1, 10, 100, 1000}, 1, 1, 2, 2);
        Tensor bias = Tensor.filled(0.5f, 1);
        Tensor y = new ConvTranspose2d("up", kernel, bias, 1, 0).forward(image, Mode.INFER);
        assertArrayEquals(
                new float[] {1.5f, 12.5f, 20.5f, 103.5f, 1234.5f, 2040.5f, 300.5f, 3400.5f, 4000.5f}, y.data());
        Tensor cut = new ConvTranspose2d("up", kernel, bias, 1, 1).forward(image, Mode.INFER);
        assertArrayEquals(new float[] {1234.5f}, cut.data());
        Tensor apart = new ConvTranspose2d("up", kernel, bias, 3, 0).forward(image, Mode.INFER);
        assertEquals(0.5f, apart.at(0, 0, 2, 2)); // between the stamps
        assertEquals(4000.5f, apart.at(0, 0, 4, 4));
    }

    @ParameterizedTest(name = "N={0} C={1} I={2} J={3} K={4} R={5} s={6} p={7} {8}")
    @CsvSource({
        "3, 1, 4, 5, 4, 3, 1, 0, ROW_MAJOR",
        "2, 3, 5, 4, 2, 3, 1, 1, ROW_MAJOR",
        "2, 3, 5, 4, 2, 3, 1, 1, CHANNELS_LAST",
        "9, 4, 3, 4, 2, 4, 2, 1, ROW_MAJOR",
        "9, 4, 3, 4, 2, 4, 2, 1, CHANNELS_LAST",
        "17, 5, 4, 3, 3, 2, 2, 0, CHANNELS_LAST",
        "4, 2, 3, 5, 33, 5, 2, 2, ROW_MAJOR",
        "2, 33, 3, 4, 1, 4, 2, 1, CHANNELS_LAST",
        "3, 2, 4, 3, 3, 2, 3, 0, ROW_MAJOR",
        "3, 4, 2, 5, 1, 5, 3, 2, CHANNELS_LAST",
        "8, 7, 1, 4, 6, 1, 1, 0, ROW_MAJOR",
        "10, 32, 7, 6, 16, 4, 2, 1, CHANNELS_LAST",
        "67, 2, 3, 4, 3, 4, 2, 1, ROW_MAJOR"
    })
    void c5_c6_c7_equalTheDefinition(int n, int c, int i, int j, int k, int r, int s, int p, Layout layout) {
        Tensor x = Nested.random(random, layout, n, c, i, j);
        Tensor before = x.copy();
        ConvTranspose2d layer =
                new ConvTranspose2d("up", Tensor.normal(random, 0.3, c, k, r, r), Tensor.normal(random, 1, k), s, p);
        double[][][][] xs = x.nested();
        double[][][][] ws = layer.parameters().get(0).value().nested();
        double[] b = Nested.vector(layer.parameters().get(1).value());
        Tensor y = layer.forward(x, Mode.TRAIN);
        assertTrue(y.hasShape(n, k, layer.outputSize(i), layer.outputSize(j)));
        assertEquals(Layout.CHANNELS_LAST, y.layout());
        same(TransposedConvolution.forward(xs, ws, b, s, p), y.nested());
        for (Layout upstream : Layout.values()) {
            for (Parameter parameter : layer.parameters()) {
                parameter.gradient().fill(0.25f); // backward must add to what is there
            }
            Tensor dY = Nested.random(random, upstream, n, k, y.size(2), y.size(3));
            double[][][][] dYs = dY.nested();
            Tensor dX = layer.backward(dY);
            same(TransposedConvolution.dX(dYs, ws, i, j, s, p), dX.nested());
            same(
                    atelier.definition.Nested.map(TransposedConvolution.dW(dYs, xs, r, s, p), v -> v + 0.25),
                    layer.parameters().get(0).gradient().nested());
            same(
                    atelier.definition.Nested.map(TransposedConvolution.db(dYs), v -> v + 0.25),
                    Nested.vector(layer.parameters().get(1).gradient()));
        }
        assertArrayEquals(before.data(), x.data());
    }

    private static void same(Object expected, Object actual) {
        Difference worst = Difference.largest(expected, actual);
        assertTrue(worst.relative() < 1e-5, worst::toString);
    }

    /** ⟨conv(x, w), y⟩ = ⟨x, convᵀ(y, w)⟩, the same weights [C,K,R,R] in both layers. */
    @ParameterizedTest(name = "s={0} p={1} R={2}")
    @CsvSource({"1, 0, 3", "2, 1, 4", "2, 0, 2", "3, 2, 5", "3, 0, 2"})
    void c5_c7_areTheAdjointOfConv2d(int s, int p, int r) {
        Tensor w = Tensor.normal(random, 1, 5, 3, r, r);
        Conv2d conv = new Conv2d("conv", w, Tensor.zeros(5), s, p, 1); // 3 channels to 5
        ConvTranspose2d transposed = new ConvTranspose2d("up", w, Tensor.zeros(3), s, p); // 5 channels to 3
        Tensor y = Tensor.normal(random, 1, 2, 5, 4, 6);
        Tensor up = transposed.forward(y, Mode.TRAIN);
        Tensor x = Tensor.normal(random, 1, up.shape());
        Tensor down = conv.forward(x, Mode.TRAIN);
        assertTrue(down.hasShape(y.shape()));
        assertEquals(inner(down, y), inner(x, up), 1e-3);
        same(conv.backward(y).nested(), up.nested()); // forward here is backward there
        same(down.nested(), transposed.backward(x).nested()); // and the other way round
        same(
                conv.parameters().get(0).gradient().nested(),
                transposed.parameters().get(0).gradient().nested());
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

    @Test
    void c8_equalsTheDefinition() {
        for (int[] rsp : new int[][] {{4, 2, 1}, {3, 1, 1}, {2, 3, 0}, {5, 3, 2}}) {
            ConvTranspose2d layer = new ConvTranspose2d("up", 1, 1, rsp[0], rsp[1], rsp[2], random);
            for (int size = 1; size < 20; size++) {
                assertEquals(TransposedConvolution.outputSize(size, rsp[0], rsp[1], rsp[2]), layer.outputSize(size));
            }
        }
    }

    @Test
    void c5_theFanInKeepsTheSizeOfTheNumbers() {
        ConvTranspose2d layer = new ConvTranspose2d("up", 64, 40, 4, 2, 1, random);
        Tensor w = layer.parameters().get(0).value();
        double fanIn = 64 * 4 * 4 / (2.0 * 2.0);
        assertEquals(Initialisation.heDeviation((int) fanIn), HeTest.deviation(w), 0.002);
        Tensor x = Tensor.normal(random, 1, 4, 64, 10, 10);
        for (int i = 0; i < x.length(); i++) {
            x.data()[i] = Math.max(0, x.data()[i]); // after a ReLU: mean square ½
        }
        Tensor y = layer.forward(x, Mode.INFER);
        double squares = 0;
        for (float value : y.data()) {
            squares += (double) value * value / y.length();
        }
        assertEquals(1, squares, 0.15); // a little less, as the edge gets fewer stamps
    }

    @Test
    void batchesAndImagesOfOtherSizesMayFollow() {
        ConvTranspose2d layer = new ConvTranspose2d("up", 2, 3, 4, 2, 1, random);
        double[][][][] ws = layer.parameters().get(0).value().nested();
        for (int[] size : new int[][] {{4, 6, 5}, {9, 6, 5}, {2, 6, 5}, {2, 5, 6}, {2, 8, 7}, {9, 3, 2}, {3, 8, 7}}) {
            Tensor x = Tensor.normal(random, 1, size[0], 2, size[1], size[2]);
            Tensor y = layer.forward(x, Mode.TRAIN);
            same(TransposedConvolution.forward(x.nested(), ws, new double[3], 2, 1), y.nested());
            Tensor dY = Tensor.normal(random, 1, y.shape());
            same(
                    TransposedConvolution.dX(dY.nested(), ws, size[1], size[2], 2, 1),
                    layer.backward(dY).nested());
        }
    }

    @Test
    void theFirstLayerMaySkipItsInputGradient() {
        RandomStream same = RandomStream.seed(3);
        ConvTranspose2d with = new ConvTranspose2d("up", 2, 3, 4, 2, 1, same.split(1));
        ConvTranspose2d without = new ConvTranspose2d("up", 2, 3, 4, 2, 1, same.split(1)).withoutInputGradient();
        Tensor x = Tensor.normal(random, 1, 2, 2, 6, 5);
        Tensor dY = Tensor.normal(random, 1, with.forward(x, Mode.TRAIN).shape());
        without.forward(x, Mode.TRAIN);
        with.backward(dY);
        assertNull(without.backward(dY));
        assertArrayEquals(
                with.parameters().get(0).gradient().data(),
                without.parameters().get(0).gradient().data());
    }

    @Test
    void theLawsOfLayersHold() {
        for (int[] rsp : new int[][] {{4, 2, 1}, {3, 1, 0}}) {
            RandomStream same = RandomStream.seed(5);
            java.util.function.Supplier<ConvTranspose2d> made =
                    () -> new ConvTranspose2d("up", 3, 2, rsp[0], rsp[1], rsp[2], same.split(1));
            Tensor x = LayerLaws.normal(1, 5, 3, 4, 7);
            LayerLaws.needsForwardBeforeBackward(made.get());
            LayerLaws.refusesGradientsOfAnotherShape(made.get(), x);
            for (Tensor images : new Tensor[] {x, x.channelsLast()}) {
                LayerLaws.leavesItsInputsAlone(made.get(), images);
                LayerLaws.reusesItsOutputs(made.get(), images);
                LayerLaws.allocatesNothing(made.get(), images);
            }
            LayerLaws.givesTheSameBitsOnAnyNumberOfThreads(made, LayerLaws.normal(2, 21, 3, 9, 7));
            Tensor batch = LayerLaws.normal(3, 19, 3, 5, 4); // more than one piece, more than one image in each
            LayerLaws.staysAsItIsWhenHeld(made, batch);
            LayerLaws.staysAsItIsWhenHeld(made, batch.channelsLast());
            LayerLaws.staysAsItIsWhenHeld(() -> made.get().withoutInputGradient(), batch);
        }
    }

    @Test
    void wrongUseIsRefusedWithBothShapes() {
        ConvTranspose2d layer = new ConvTranspose2d("up1", 3, 4, 2, 1, 1, random);
        String message = assertThrows(ShapeException.class, () -> layer.forward(Tensor.zeros(2, 1, 8, 8), Mode.INFER))
                .getMessage();
        assertEquals(
                "ConvTranspose2d up1: expected images [N,3,H,W] of at least 2 pixels a side but got [2, 1, 8, 8]. "
                        + "Reshape the input or change the layer.",
                message);
        assertThrows(ShapeException.class, () -> layer.forward(Tensor.zeros(2, 3, 8, 1), Mode.INFER));
        assertThrows(ShapeException.class, () -> layer.forward(Tensor.zeros(2, 3), Mode.INFER));
        assertTrue(layer.forward(Tensor.zeros(2, 3, 2, 2), Mode.TRAIN).hasShape(2, 4, 1, 1));
        assertThrows(ShapeException.class, () -> layer.backward(Tensor.zeros(2, 4, 1, 2)));
        assertThrows(IllegalArgumentException.class, () -> new ConvTranspose2d("c", 1, 1, 3, 0, 0, random));
        assertThrows(IllegalArgumentException.class, () -> new ConvTranspose2d("c", 1, 1, 3, 1, -1, random));
        Tensor bias = Tensor.zeros(2);
        assertThrows(ShapeException.class, () -> new ConvTranspose2d("c", Tensor.zeros(1, 2, 3, 2), bias, 1, 0));
        assertThrows(ShapeException.class, () -> new ConvTranspose2d("c", Tensor.zeros(1, 2, 9), bias, 1, 0));
        assertThrows(ShapeException.class, () -> new ConvTranspose2d("c", Tensor.zeros(2, 1, 3, 3), bias, 1, 0));
    }
}
