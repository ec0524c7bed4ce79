package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import atelier.tensor.Layout;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OutputTest {

    private final Output output = new Output();

    @Test
    void theSameTensorComesBackAsLongAsTheShapeStays() {
        Tensor first = output.rows(4, 3);
        assertArrayEquals(new int[] {4, 3}, first.shape());
        assertSame(first, output.rows(4, 3));
        assertSame(first, output.like(Tensor.zeros(4, 3)));
    }

    @Test
    void twoBatchSizesAreKeptSoThatAnEpochsLastBatchCostsNothing() {
        Tensor full = output.rows(64, 2, 3, 4, Layout.CHANNELS_LAST);
        Tensor last = output.rows(17, 2, 3, 4, Layout.CHANNELS_LAST);
        assertNotSame(full, last);
        assertSame(full, output.rows(64, 2, 3, 4, Layout.CHANNELS_LAST));
        assertSame(last, output.rows(17, 2, 3, 4, Layout.CHANNELS_LAST));
    }

    @Test
    void anotherShapeOrLayoutIsAnotherTensor() {
        Tensor image = output.rows(2, 3, 4, 5, Layout.ROW_MAJOR);
        assertNotSame(image, output.rows(2, 3, 5, 4, Layout.ROW_MAJOR));
        Tensor channelsLast = output.rows(2, 3, 4, 5, Layout.CHANNELS_LAST);
        assertNotSame(image, channelsLast);
        assertEquals(Layout.CHANNELS_LAST, channelsLast.layout());
        assertArrayEquals(new int[] {2, 3, 4, 5}, channelsLast.shape());
        assertArrayEquals(new int[] {2, 60}, output.rows(2, 60).shape());
    }

    @Test
    void likeTakesShapeAndLayoutFromTheOtherTensor() {
        Tensor x = Tensor.zerosChannelsLast(2, 3, 4, 5);
        Tensor y = output.like(x);
        assertNotSame(x, y);
        assertEquals(Layout.CHANNELS_LAST, y.layout());
        assertArrayEquals(x.shape(), y.shape());
        assertArrayEquals(new int[] {7}, output.like(Tensor.zeros(7)).shape());
        assertArrayEquals(new int[] {7, 1}, output.like(Tensor.zeros(7, 1)).shape());
    }
}
