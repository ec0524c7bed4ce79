package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.AveragePooling;
import atelier.definition.Difference;
import atelier.definition.GlobalAveragePooling;
import atelier.definition.MaxPooling;
import atelier.tensor.Layout;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoolingTest {

    private static final String SHAPES = """
            2, 1, 6, 8, 2, 2, ROW_MAJOR
            2, 3, 7, 5, 2, 2, ROW_MAJOR
            2, 3, 7, 5, 2, 2, CHANNELS_LAST
            3, 17, 8, 9, 3, 2, CHANNELS_LAST
            3, 33, 9, 8, 3, 1, ROW_MAJOR
            1, 16, 5, 6, 1, 1, CHANNELS_LAST
            2, 20, 7, 9, 2, 3, CHANNELS_LAST
            2, 2, 5, 3, 3, 1, ROW_MAJOR
            2, 3, 1, 4, 1, 2, ROW_MAJOR
            """;

    private final RandomStream random = RandomStream.seed(1);

    @Test
    void p1_p2_workedByHandWithATie() {
        MaxPool2d pool = new MaxPool2d(2, 2);
        Tensor y = pool.forward(Tensor.of(new float[] {1, 5, 2, 2, 3, 5, 2, 0}, 1, 1, 2, 4), Mode.TRAIN);
        assertArrayEquals(new float[] {5, 2}, y.data());
        Tensor dX = pool.backward(Tensor.of(new float[] {10, 20}, 1, 1, 1, 2));
        assertArrayEquals(new float[] {0, 10, 20, 0, 0, 0, 0, 0}, dX.data()); // ties go to the first in reading order
    }

    @ParameterizedTest(name = "N={0} C={1} H={2} W={3} R={4} s={5} {6}")
    @CsvSource(textBlock = SHAPES)
    void p1_p2_equalTheDefinition(int n, int c, int h, int w, int r, int s, Layout layout) {
        Tensor x = Nested.random(random, layout, n, c, h, w);
        for (int i = 0; i < x.length(); i += 3) {
            x.data()[i] = 1; // ties in many windows
        }
        MaxPool2d pool = new MaxPool2d(r, s);
        double[][][][] xs = x.nested();
        Tensor y = pool.forward(x, Mode.TRAIN);
        same(MaxPooling.forward(xs, r, s), y.nested());
        for (Layout upstream : Layout.values()) {
            Tensor dY = Nested.random(random, upstream, n, c, y.size(2), y.size(3));
            same(MaxPooling.dX(dY.nested(), xs, r, s), pool.backward(dY).nested());
        }
    }

    @ParameterizedTest(name = "N={0} C={1} H={2} W={3} R={4} s={5} {6}")
    @CsvSource(textBlock = SHAPES)
    void p3_p4_equalTheDefinition(int n, int c, int h, int w, int r, int s, Layout layout) {
        Tensor x = Nested.random(random, layout, n, c, h, w);
        AvgPool2d pool = new AvgPool2d(r, s);
        Tensor y = pool.forward(x, Mode.TRAIN);
        same(AveragePooling.forward(x.nested(), r, s), y.nested());
        for (Layout upstream : Layout.values()) {
            Tensor dY = Nested.random(random, upstream, n, c, y.size(2), y.size(3));
            same(AveragePooling.dX(dY.nested(), h, w, r, s), pool.backward(dY).nested());
        }
    }

    @ParameterizedTest(name = "N={0} C={1} H={2} W={3} {6}")
    @CsvSource(textBlock = SHAPES)
    void p5_p6_equalTheDefinition(int n, int c, int h, int w, int r, int s, Layout layout) {
        Tensor x = Nested.random(random, layout, n, c, h, w);
        GlobalAvgPool2d pool = new GlobalAvgPool2d();
        same(GlobalAveragePooling.forward(x.nested()), Nested.matrix(pool.forward(x, Mode.TRAIN)));
        Tensor dY = Tensor.normal(random, 1, n, c);
        Tensor dX = pool.backward(dY);
        assertEquals(layout, dX.layout());
        same(GlobalAveragePooling.dX(Nested.matrix(dY), h, w), dX.nested());
    }

    @Test
    void p1_p2_p3_p4_batchesAndImagesOfOtherSizesMayFollow() {
        MaxPool2d max = new MaxPool2d(3, 2);
        AvgPool2d average = new AvgPool2d(3, 2);
        for (int[] size : new int[][] {
            {2, 3, 6, 5},
            {2, 3, 6, 5},
            {4, 3, 6, 5},
            {4, 3, 9, 5},
            {4, 3, 9, 8},
            {4, 2, 9, 8},
            {4, 2, 8, 8},
            {4, 2, 6, 8}
        }) {
            Tensor x = Tensor.normal(random, 1, size);
            double[][][][] xs = x.nested();
            Tensor y = max.forward(x, Mode.TRAIN);
            same(MaxPooling.forward(xs, 3, 2), y.nested());
            same(
                    AveragePooling.forward(xs, 3, 2),
                    average.forward(x, Mode.TRAIN).nested());
            Tensor dY = Tensor.normal(random, 1, y.shape());
            double[][][][] dYs = dY.nested();
            same(MaxPooling.dX(dYs, xs, 3, 2), max.backward(dY).nested());
            same(
                    AveragePooling.dX(dYs, size[2], size[3], 3, 2),
                    average.backward(dY).nested());
        }
    }

    private static void same(Object expected, Object actual) {
        Difference worst = Difference.largest(expected, actual);
        assertTrue(worst.relative() < 1e-5, worst::toString);
    }

    @Test
    void thePoolOfAConstantIsTheConstant() {
        Tensor x = Tensor.filled(-3, 2, 5, 6, 7);
        for (Layer pool : new Layer[] {new MaxPool2d(3, 2), new AvgPool2d(3, 2), new GlobalAvgPool2d()}) {
            for (float value : pool.forward(x, Mode.INFER).data()) {
                assertEquals(-3, value, 1e-6);
            }
        }
    }

    @Test
    void heldStillTheyStayAsTheyAre() {
        Tensor x = Tensor.normal(random, 1, 5, 3, 7, 6);
        for (Tensor images : new Tensor[] {x, x.channelsLast()}) {
            LayerLaws.staysAsItIsWhenHeld(() -> new MaxPool2d(3, 2), images);
            LayerLaws.staysAsItIsWhenHeld(() -> new AvgPool2d(3, 2), images);
            LayerLaws.staysAsItIsWhenHeld(GlobalAvgPool2d::new, images);
        }
    }

    @Test
    void wrongUseIsRefused() {
        for (Layer pool : new Layer[] {new MaxPool2d(3, 2), new AvgPool2d(3, 2)}) {
            assertThrows(IllegalStateException.class, () -> pool.backward(Tensor.zeros(1, 1, 1, 1)));
            assertThrows(ShapeException.class, () -> pool.forward(Tensor.zeros(1, 1, 2, 5), Mode.INFER));
            assertThrows(ShapeException.class, () -> pool.forward(Tensor.zeros(4, 5), Mode.INFER));
            pool.forward(Tensor.zeros(1, 1, 5, 5), Mode.TRAIN);
            assertThrows(ShapeException.class, () -> pool.backward(Tensor.zeros(1, 1, 5, 5)));
        }
        GlobalAvgPool2d global = new GlobalAvgPool2d();
        assertThrows(IllegalStateException.class, () -> global.backward(Tensor.zeros(1, 1)));
        assertThrows(ShapeException.class, () -> global.forward(Tensor.zeros(4, 5), Mode.INFER));
        global.forward(Tensor.zeros(2, 3, 4, 5), Mode.TRAIN);
        assertThrows(ShapeException.class, () -> global.backward(Tensor.zeros(3, 2)));
        assertThrows(IllegalArgumentException.class, () -> new MaxPool2d(0, 1));
    }
}
