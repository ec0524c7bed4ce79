package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Convolution;
import atelier.definition.Difference;
import atelier.definition.Initialisation;
import atelier.tensor.Layout;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Conv2dTest {

    private final RandomStream random = RandomStream.seed(1);

    @AfterEach
    void allCores() {
        Parallel.threads(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void c1_workedByHand() {
        Tensor image = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
        Tensor kernel = Tensor.of(new float[] {1, 0, 0, -2}, 1, 1, 2, 2);
        Tensor y = new Conv2d("conv", kernel, Tensor.filled(0.5f, 1), 1, 0, 1).forward(image, Mode.INFER);
        assertArrayEquals(new float[] {1 - 10 + 0.5f, 2 - 12 + 0.5f, 4 - 16 + 0.5f, 5 - 18 + 0.5f}, y.data());
    }

    @ParameterizedTest(name = "N={0} C={1} H={2} W={3} K={4} R={5} s={6} p={7} d={8} {9}")
    @CsvSource({
        "3, 1, 6, 7, 4, 3, 1, 0, 1, ROW_MAJOR",
        "2, 2, 6, 5, 3, 2, 1, 0, 1, ROW_MAJOR",
        "2, 3, 7, 5, 5, 2, 1, 0, 1, ROW_MAJOR",
        "2, 3, 7, 5, 5, 2, 1, 0, 1, CHANNELS_LAST",
        "9, 2, 8, 6, 16, 3, 2, 1, 1, ROW_MAJOR",
        "9, 2, 8, 6, 16, 3, 2, 1, 1, CHANNELS_LAST",
        "3, 4, 9, 8, 33, 3, 1, 2, 2, ROW_MAJOR",
        "3, 4, 9, 8, 33, 3, 1, 2, 2, CHANNELS_LAST",
        "17, 2, 5, 6, 3, 1, 3, 0, 1, CHANNELS_LAST",
        "1, 1, 11, 8, 2, 4, 3, 2, 1, ROW_MAJOR",
        "2, 5, 9, 11, 7, 2, 2, 1, 3, CHANNELS_LAST",
        "10, 16, 12, 12, 32, 5, 1, 0, 1, CHANNELS_LAST",
        "67, 2, 5, 6, 3, 3, 1, 1, 1, ROW_MAJOR"
    })
    void c1_c2_c3_equalTheDefinition(int n, int c, int h, int w, int k, int r, int s, int p, int d, Layout layout) {
        Tensor x = Nested.random(random, layout, n, c, h, w);
        Tensor before = x.copy();
        Conv2d conv = new Conv2d("conv", Tensor.normal(random, 0.3, k, c, r, r), Tensor.normal(random, 1, k), s, p, d);
        Tensor weight = conv.parameters().get(0).value();
        double[][][][] xs = x.nested();
        double[][][][] ws = weight.nested();
        double[] b = Nested.vector(conv.parameters().get(1).value());
        Tensor y = conv.forward(x, Mode.TRAIN);
        assertTrue(y.hasShape(n, k, conv.outputSize(h), conv.outputSize(w)));
        same(Convolution.forward(xs, ws, b, s, p, d), y.nested());
        for (Layout upstream : Layout.values()) {
            for (Parameter parameter : conv.parameters()) {
                parameter.gradient().fill(0.25f); // backward must add to what is there
            }
            Tensor dY = Nested.random(random, upstream, n, k, y.size(2), y.size(3));
            double[][][][] dYs = dY.nested();
            Tensor dX = conv.backward(dY);
            same(Convolution.dX(dYs, ws, h, w, s, p, d), dX.nested());
            double[][][][] dW = Convolution.dW(dYs, xs, r, s, p, d);
            double[][][][] dWActual = conv.parameters().get(0).gradient().nested();
            double[] db = Convolution.db(dYs);
            double[] dbActual = Nested.vector(conv.parameters().get(1).gradient());
            for (int i = 0; i < k; i++) {
                db[i] += 0.25;
                for (int q = 0; q < c * r * r; q++) {
                    dW[i][q / (r * r)][q / r % r][q % r] += 0.25;
                }
            }
            same(dW, dWActual);
            assertArrayEquals(db, dbActual, 1e-4);
        }
        assertArrayEquals(before.data(), x.data());
    }

    private static void same(Object expected, Object actual) {
        Difference worst = Difference.largest(expected, actual);
        assertTrue(worst.relative() < 1e-5, worst::toString);
    }

    @Test
    void c3_isTheAdjointOfTheForwardPass() {
        Conv2d conv = new Conv2d("conv", Tensor.normal(random, 1, 4, 3, 3, 3), Tensor.zeros(4), 2, 1, 1);
        Tensor x = Tensor.normal(random, 1, 2, 3, 7, 8);
        Tensor y = conv.forward(x, Mode.TRAIN).copy();
        Tensor dY = Tensor.normal(random, 1, y.shape());
        Tensor dX = conv.backward(dY);
        assertEquals(inner(y, dY), inner(x, dX), 1e-3);
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
    void theBitsDoNotDependOnTheNumberOfThreads() {
        float[][] bits = new float[3][];
        for (int threads : new int[] {1, 2, 4}) {
            Parallel.threads(threads);
            RandomStream same = RandomStream.seed(7);
            Conv2d conv = new Conv2d("conv", 3, 20, 3, 1, 1, 1, same);
            Tensor y = conv.forward(Tensor.normal(same, 1, 21, 3, 9, 7), Mode.TRAIN);
            Tensor dX = conv.backward(Tensor.normal(same, 1, y.shape()).channelsLast());
            float[][] now = {
                y.data(), dX.data(), conv.parameters().get(0).gradient().data()
            };
            for (int i = 0; i < 3; i++) {
                bits[i] = bits[i] == null ? now[i] : bits[i];
                assertArrayEquals(bits[i], now[i], 0f);
            }
        }
    }

    @Test
    void batchesAndImagesOfOtherSizesMayFollow() {
        Conv2d conv = new Conv2d("conv", 2, 3, 3, 1, 1, 1, random);
        for (int[] size : new int[][] {{4, 6, 5}, {9, 6, 5}, {2, 6, 5}, {2, 8, 5}, {2, 8, 7}, {9, 6, 5}}) {
            Tensor x = Tensor.normal(random, 1, size[0], 2, size[1], size[2]);
            Tensor y = conv.forward(x, Mode.TRAIN);
            double[][][][] ws = conv.parameters().get(0).value().nested();
            same(Convolution.forward(x.nested(), ws, new double[3], 1, 1, 1), y.nested());
            Tensor dY = Tensor.normal(random, 1, y.shape());
            same(
                    Convolution.dX(dY.nested(), ws, size[1], size[2], 1, 1, 1),
                    conv.backward(dY).nested());
        }
    }

    @ParameterizedTest(name = "R={0} s={1} p={2} d={3}")
    @CsvSource({"5, 1, 0, 1", "3, 2, 1, 1", "3, 2, 0, 2", "2, 3, 1, 3"})
    void c4_equalsTheDefinition(int r, int s, int p, int d) {
        Conv2d conv = new Conv2d("conv", 1, 1, r, s, p, d, random);
        for (int size = d * (r - 1) + 1; size < 30; size++) {
            assertEquals(Convolution.outputSize(size, r, s, p, d), conv.outputSize(size));
        }
    }

    @Test
    void i1_randomWeightsHaveTheDeviationOfTheirFanIn() {
        float[] w = new Conv2d("conv", 8, 100, 3, 1, 0, 1, random)
                .parameters()
                .get(0)
                .value()
                .data();
        double squares = 0;
        for (float value : w) {
            squares += (double) value * value;
        }
        assertEquals(Initialisation.heDeviation(8 * 3 * 3), Math.sqrt(squares / w.length), 0.005);
    }

    @Test
    void aKernelMayBeAsLargeAsThePaddedImageButNotLarger() {
        Conv2d conv = new Conv2d("conv", 1, 1, 3, 1, 1, 2, random); // reaches over 5
        assertTrue(conv.forward(Tensor.zeros(1, 1, 3, 3), Mode.INFER).hasShape(1, 1, 1, 1));
        assertThrows(ShapeException.class, () -> conv.forward(Tensor.zeros(1, 1, 2, 3), Mode.INFER));
        assertThrows(ShapeException.class, () -> conv.forward(Tensor.zeros(1, 1, 3, 2), Mode.INFER));
    }

    @Test
    void aTrainingStepAllocatesNothing() {
        Tensor x = Tensor.normal(random, 1, 3, 2, 6, 5);
        LayerLaws.allocatesNothing(new Conv2d("conv", 2, 3, 3, 1, 1, 1, random), x);
        LayerLaws.allocatesNothing(new Conv2d("conv", 2, 3, 3, 1, 0, 1, random), x.channelsLast());
    }

    @Test
    void heldStillItStaysAsItIs() {
        for (int padding : new int[] {0, 1}) {
            Tensor x = Tensor.normal(
                    random, 1, 19, 3, 8, 7); // more than one piece of the batch, more than one image in each
            Supplier<Conv2d> made = () -> new Conv2d("conv", 3, 5, 4, 2, padding, 1, RandomStream.seed(2));
            LayerLaws.staysAsItIsWhenHeld(made, x);
            LayerLaws.staysAsItIsWhenHeld(made, x.channelsLast());
            LayerLaws.staysAsItIsWhenHeld(() -> made.get().withoutInputGradient(), x);
        }
    }

    @Test
    void theFirstLayerMaySkipItsInputGradient() {
        RandomStream same = RandomStream.seed(3);
        Conv2d with = new Conv2d("conv", 2, 3, 3, 1, 0, 1, same.split(1));
        Conv2d without = new Conv2d("conv", 2, 3, 3, 1, 0, 1, same.split(1)).withoutInputGradient();
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
    void wrongUseIsRefusedWithBothShapes() {
        Conv2d conv = new Conv2d("conv1", 3, 4, 5, 1, 0, 1, random);
        assertThrows(IllegalStateException.class, () -> conv.backward(Tensor.zeros(1, 4, 1, 1)));
        String message = assertThrows(ShapeException.class, () -> conv.forward(Tensor.zeros(2, 1, 8, 8), Mode.INFER))
                .getMessage();
        assertTrue(message.contains("conv1") && message.contains("[N,3,H,W]") && message.contains("[2, 1, 8, 8]"));
        assertThrows(ShapeException.class, () -> conv.forward(Tensor.zeros(2, 3, 8, 4), Mode.INFER));
        assertThrows(ShapeException.class, () -> conv.forward(Tensor.zeros(2, 3), Mode.INFER));
        conv.forward(Tensor.zeros(2, 3, 8, 8), Mode.TRAIN);
        assertThrows(ShapeException.class, () -> conv.backward(Tensor.zeros(2, 4, 4, 5)));
        assertThrows(IllegalArgumentException.class, () -> new Conv2d("c", 1, 1, 3, 0, 0, 1, random));
        assertThrows(IllegalArgumentException.class, () -> new Conv2d("c", 1, 1, 3, 1, -1, 1, random));
        assertThrows(IllegalArgumentException.class, () -> new Conv2d("c", 1, 1, 3, 1, 0, 0, random));
        assertThrows(ShapeException.class, () -> new Conv2d("c", Tensor.zeros(2, 1, 3, 2), Tensor.zeros(2), 1, 0, 1));
        assertThrows(ShapeException.class, () -> new Conv2d("c", Tensor.zeros(2, 1, 9), Tensor.zeros(2), 1, 0, 1));
        assertThrows(ShapeException.class, () -> new Conv2d("c", Tensor.zeros(2, 1, 3, 3), Tensor.zeros(1), 1, 0, 1));
    }
}
