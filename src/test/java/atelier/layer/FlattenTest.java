package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.Layout;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FlattenTest {

    private final Flatten flatten = new Flatten();

    @Test
    void aRowHoldsChannelAfterChannelRowAfterRow() {
        float[] numbers = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        Tensor x = Tensor.of(numbers, 1, 2, 3, 2);
        assertArrayEquals(numbers, flatten.forward(x, Mode.TRAIN).data());
        Tensor y = new Flatten().forward(x.channelsLast(), Mode.TRAIN);
        assertArrayEquals(new int[] {1, 12}, y.shape());
        assertArrayEquals(numbers, y.data());
    }

    @Test
    void everyNumberStandsAtItsIndexInBothLayouts() {
        Tensor rowMajor = LayerLaws.normal(1, 2, 3, 4, 5);
        Tensor channelsLast = LayerLaws.normal(2, 2, 3, 4, 5).channelsLast(); // other numbers: the output is reused
        for (Tensor x : new Tensor[] {rowMajor, channelsLast}) {
            Flatten fresh = new Flatten(); // it has no tensor with the right numbers from before
            Tensor y = fresh.forward(x, Mode.TRAIN);
            Tensor dX = fresh.backward(y);
            assertEquals(x.layout(), dX.layout());
            for (int n = 0; n < 2; n++) {
                for (int c = 0; c < 3; c++) {
                    for (int h = 0; h < 4; h++) {
                        for (int w = 0; w < 5; w++) {
                            assertEquals(x.at(n, c, h, w), y.at(n, (c * 4 + h) * 5 + w));
                            assertEquals(x.at(n, c, h, w), dX.at(n, c, h, w));
                        }
                    }
                }
            }
        }
    }

    @Test
    void backwardGivesTheLayoutOfTheLatestInput() {
        Tensor x = LayerLaws.normal(1, 2, 3, 4, 5);
        flatten.forward(x, Mode.TRAIN);
        assertEquals(Layout.ROW_MAJOR, flatten.backward(Tensor.zeros(2, 60)).layout());
        flatten.forward(x.channelsLast(), Mode.TRAIN);
        assertEquals(Layout.CHANNELS_LAST, flatten.backward(Tensor.zeros(2, 60)).layout());
    }

    @Test
    void whatIsFlatIsRefused() {
        String message = assertThrows(ShapeException.class, () -> flatten.forward(Tensor.zeros(2, 3), Mode.TRAIN))
                .getMessage();
        assertTrue(message.startsWith("Flatten.forward: expected four axes [N,C,H,W] but got [2, 3]"), message);
        flatten.forward(Tensor.zeros(2, 3, 1, 1), Mode.TRAIN);
        assertThrows(ShapeException.class, () -> flatten.backward(Tensor.zeros(3, 3)));
        assertThrows(ShapeException.class, () -> flatten.backward(Tensor.zeros(2, 4)));
        assertThrows(ShapeException.class, () -> flatten.backward(Tensor.zeros(2, 3, 1, 1)));
    }

    @Test
    void theLawsOfLayersHold() {
        Tensor x = LayerLaws.normal(1, 5, 3, 4, 7);
        LayerLaws.needsForwardBeforeBackward(new Flatten());
        LayerLaws.refusesGradientsOfAnotherShape(flatten, x);
        LayerLaws.leavesItsInputsAlone(flatten, x);
        LayerLaws.leavesItsInputsAlone(flatten, x.channelsLast());
        LayerLaws.reusesItsOutputs(flatten, x);
        LayerLaws.reusesItsOutputs(flatten, x.channelsLast());
        LayerLaws.staysAsItIsWhenHeld(Flatten::new, x.channelsLast());
        LayerLaws.allocatesNothing(flatten, x.channelsLast());
    }
}
