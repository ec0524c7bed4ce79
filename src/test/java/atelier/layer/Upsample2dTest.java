package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.definition.NearestUpsampling;
import atelier.tensor.Layout;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Upsample2dTest {

    private final RandomStream random = RandomStream.seed(1);

    @Test
    void x1_x2_workedByHand() {
        Upsample2d up = new Upsample2d(2);
        Tensor y = up.forward(Tensor.of(new float[] {1, 2}, 1, 1, 1, 2), Mode.TRAIN);
        assertArrayEquals(new float[] {1, 1, 2, 2, 1, 1, 2, 2}, y.data());
        Tensor dX = up.backward(Tensor.of(new float[] {1, 2, 3, 4, 10, 20, 30, 40}, 1, 1, 2, 4));
        assertArrayEquals(new float[] {33, 77}, dX.data());
    }

    @ParameterizedTest(name = "N={0} C={1} I={2} J={3} f={4} {5}")
    @CsvSource({
        "2, 1, 3, 4, 2, ROW_MAJOR",
        "2, 3, 4, 3, 2, ROW_MAJOR",
        "2, 3, 4, 3, 2, CHANNELS_LAST",
        "9, 17, 2, 5, 3, CHANNELS_LAST",
        "3, 4, 1, 2, 4, ROW_MAJOR",
        "1, 8, 5, 3, 1, CHANNELS_LAST"
    })
    void x1_x2_equalTheDefinition(int n, int c, int i, int j, int f, Layout layout) {
        Upsample2d up = new Upsample2d(f);
        for (int batch : new int[] {n, 2 * n, n}) { // other batch sizes may follow
            Tensor x = Nested.random(random, layout, batch, c, i, j);
            Tensor y = up.forward(x, Mode.TRAIN);
            assertEquals(Layout.CHANNELS_LAST, y.layout());
            LayerLaws.assertClose(NearestUpsampling.forward(x.nested(), f), y);
            for (Layout upstream : Layout.values()) {
                Tensor dY = Nested.random(random, upstream, batch, c, f * i, f * j);
                LayerLaws.assertClose(NearestUpsampling.dX(dY.nested(), f), up.backward(dY));
            }
        }
    }

    @Test
    void x1_poolingGivesTheImageBack() {
        Tensor x = Tensor.normal(random, 1, 2, 3, 4, 5);
        Tensor y = new Upsample2d(3).forward(x, Mode.TRAIN);
        assertArrayEquals(
                x.data(), new MaxPool2d(3, 3).forward(y, Mode.TRAIN).rowMajor().data());
    }

    @Test
    void theLawsOfLayersHold() {
        Tensor x = LayerLaws.normal(1, 5, 3, 4, 7);
        LayerLaws.needsForwardBeforeBackward(new Upsample2d(2));
        LayerLaws.refusesGradientsOfAnotherShape(new Upsample2d(2), x);
        for (Tensor images : new Tensor[] {x, x.channelsLast()}) {
            LayerLaws.leavesItsInputsAlone(new Upsample2d(2), images);
            LayerLaws.reusesItsOutputs(new Upsample2d(2), images);
            LayerLaws.allocatesNothing(new Upsample2d(2), images);
            LayerLaws.staysAsItIsWhenHeld(() -> new Upsample2d(2), images);
        }
        LayerLaws.givesTheSameBitsOnAnyNumberOfThreads(() -> new Upsample2d(2), LayerLaws.normal(2, 21, 3, 9, 7));
    }

    @Test
    void wrongUseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Upsample2d(0));
        assertThrows(ShapeException.class, () -> new Upsample2d(2).forward(Tensor.zeros(2, 3), Mode.INFER));
    }
}
