package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class UnflattenTest {

    @Test
    void isFlattenTheOtherWayRoundInBothLayouts() {
        for (int channels : new int[] {1, 2, 3}) {
            Unflatten unflatten = new Unflatten(channels, 4, 5);
            Tensor x = LayerLaws.normal(1, 2, channels * 20);
            Tensor y = unflatten.forward(x, Mode.TRAIN);
            assertArrayEquals(new int[] {2, channels, 4, 5}, y.shape());
            assertEquals(x.at(1, (channels - 1) * 20 + 3 * 5 + 2), y.at(1, channels - 1, 3, 2));
            assertArrayEquals(x.data(), new Flatten().forward(y, Mode.TRAIN).data());
            Tensor dY = LayerLaws.normal(2, 2, channels, 4, 5);
            Tensor flat = new Flatten().forward(dY, Mode.TRAIN);
            assertArrayEquals(flat.shape(), unflatten.backward(dY).shape());
            assertArrayEquals(flat.data(), unflatten.backward(dY).data());
            assertArrayEquals(flat.data(), unflatten.backward(dY.channelsLast()).data());
        }
    }

    @Test
    void everyTensorGetsItsOwnView() {
        Unflatten unflatten = new Unflatten(2, 1, 3);
        Tensor[] batches = {LayerLaws.normal(1, 4, 6), LayerLaws.normal(2, 4, 6), LayerLaws.normal(3, 5, 6)};
        for (int which : new int[] {0, 1, 0, 1, 2, 1, 0, 2, 0, 0}) {
            Tensor y = unflatten.forward(batches[which], Mode.TRAIN);
            assertEquals(batches[which].size(0), y.size(0));
            assertArrayEquals(batches[which].data(), y.data());
        }
    }

    @Test
    void theLawsOfLayersHold() {
        for (int channels : new int[] {1, 3}) {
            Tensor x = LayerLaws.normal(1, 5, channels * 28);
            LayerLaws.needsForwardBeforeBackward(new Unflatten(channels, 4, 7));
            LayerLaws.refusesGradientsOfAnotherShape(new Unflatten(channels, 4, 7), x);
            LayerLaws.leavesItsInputsAlone(new Unflatten(channels, 4, 7), x);
            LayerLaws.allocatesNothing(new Unflatten(channels, 4, 7), x);
            LayerLaws.staysAsItIsWhenHeld(() -> new Unflatten(channels, 4, 7), x);
            Unflatten unflatten = new Unflatten(channels, 4, 7);
            Tensor dY = LayerLaws.normal(2, 5, channels, 4, 7).channelsLast();
            LayerLaws.allocatesNothing(() -> {
                unflatten.forward(x, Mode.TRAIN);
                unflatten.backward(dY);
            });
        }
    }

    @Test
    void wrongUseIsRefused() {
        Unflatten unflatten = new Unflatten(2, 3, 4);
        String message = assertThrows(ShapeException.class, () -> unflatten.forward(Tensor.zeros(5, 25), Mode.TRAIN))
                .getMessage();
        assertEquals(
                "Unflatten.forward: expected rows of 24 numbers but got [5, 25]. They become images of 2×3×4.",
                message);
        assertThrows(ShapeException.class, () -> unflatten.forward(Tensor.zeros(5, 2, 3, 4), Mode.TRAIN));
        assertThrows(IllegalArgumentException.class, () -> new Unflatten(0, 3, 4));
        assertThrows(IllegalArgumentException.class, () -> new Unflatten(2, 0, 4));
        assertThrows(IllegalArgumentException.class, () -> new Unflatten(2, 3, 0));
    }

    @Test
    void onePixelIsAnImage() {
        Tensor y = new Unflatten(1, 1, 1).forward(Tensor.of(new float[] {7, 8}, 2, 1), Mode.TRAIN);
        assertArrayEquals(new int[] {2, 1, 1, 1}, y.shape());
    }
}
