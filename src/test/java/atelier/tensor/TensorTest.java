package atelier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TensorTest {

    private static Tensor counting(int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.length(); i++) {
            tensor.data()[i] = i;
        }
        return tensor;
    }

    @Test
    void t0_offsetIsTheSumOfIndexTimesStride() {
        Tensor tensor = counting(2, 3, 4, 5);
        assertArrayEquals(new int[] {60, 20, 5, 1}, tensor.strides());
        assertEquals(1 * 60 + 2 * 20 + 3 * 5 + 4, tensor.offset(1, 2, 3, 4));
        assertEquals(119, tensor.at(1, 2, 3, 4));
    }

    @Test
    void t1_rowMajorPutsTheLastIndexFirst() {
        Tensor tensor = counting(2, 3, 4, 5);
        assertEquals(((1 * 3 + 2) * 4 + 1) * 5 + 3, tensor.offset(1, 2, 1, 3));
    }

    @Test
    void t2_channelsLastPutsTheChannelFirst() {
        Tensor tensor = Tensor.zerosChannelsLast(2, 3, 4, 5);
        assertEquals(((1 * 4 + 1) * 5 + 3) * 3 + 2, tensor.offset(1, 2, 1, 3));
    }

    @Test
    void layoutsHoldTheSameValuesAtTheSameIndices() {
        Tensor rowMajor = counting(2, 3, 4, 5);
        Tensor channelsLast = rowMajor.channelsLast();
        for (int n = 0; n < 2; n++) {
            for (int c = 0; c < 3; c++) {
                for (int h = 0; h < 4; h++) {
                    for (int w = 0; w < 5; w++) {
                        assertEquals(rowMajor.at(n, c, h, w), channelsLast.at(n, c, h, w));
                    }
                }
            }
        }
        assertArrayEquals(rowMajor.data(), channelsLast.rowMajor().data());
        assertSame(rowMajor, rowMajor.rowMajor());
        assertSame(channelsLast, channelsLast.channelsLast());
    }

    @Test
    void reshapeSharesTheNumbersAndWorksOutOneSize() {
        Tensor tensor = counting(2, 3, 4, 5);
        Tensor rows = tensor.reshape(2, -1);
        assertArrayEquals(new int[] {2, 60}, rows.shape());
        rows.set(7, 1, 59);
        assertEquals(7, tensor.at(1, 2, 3, 4));
        assertTrue(assertThrows(ShapeException.class, () -> tensor.reshape(7, -1))
                .getMessage()
                .contains("[7, -1]"));
        assertThrows(ShapeException.class, () -> tensor.channelsLast().reshape(2, -1));
    }

    @Test
    void sliceCopiesAlongTheFirstAxis() {
        Tensor tensor = counting(4, 2, 3);
        Tensor slice = tensor.slice(1, 3);
        assertArrayEquals(new int[] {2, 2, 3}, slice.shape());
        assertEquals(tensor.at(2, 1, 2), slice.at(1, 1, 2));
        assertNotSame(tensor.data(), slice.data());
        assertEquals(0, tensor.slice(2, 2).length());
        assertThrows(ShapeException.class, () -> tensor.slice(3, 5));
    }

    @Test
    void wrongIndicesAndSizesAreRefusedWithBothValues() {
        Tensor tensor = counting(2, 3);
        assertTrue(assertThrows(ShapeException.class, () -> tensor.at(1, 3))
                .getMessage()
                .contains("[1, 3]"));
        assertTrue(assertThrows(ShapeException.class, () -> tensor.at(1))
                .getMessage()
                .contains("[2, 3]"));
        assertThrows(ShapeException.class, () -> Tensor.zeros(2, -1));
        assertThrows(ShapeException.class, () -> Tensor.zeros(1 << 16, 1 << 16));
        assertThrows(ShapeException.class, () -> Tensor.of(new float[5], 2, 3));
        assertThrows(ShapeException.class, () -> tensor.channelsLast());
        assertThrows(ShapeException.class, () -> tensor.copyFrom(counting(3, 2)));
    }

    @Test
    void nestedArraysAndBack() {
        Tensor tensor = counting(2, 3, 4, 5);
        double[][][][] nested = tensor.channelsLast().nested();
        assertEquals(tensor.at(1, 2, 3, 4), nested[1][2][3][4]);
        assertEquals(tensor.at(0, 1, 2, 0), nested[0][1][2][0]);
        assertArrayEquals(tensor.data(), Tensor.of(nested).data());
    }

    @Test
    void copyFromCrossesLayouts() {
        Tensor from = counting(2, 3, 4, 5);
        Tensor to = Tensor.zerosChannelsLast(2, 3, 4, 5);
        to.copyFrom(from);
        assertEquals(from.at(1, 2, 0, 4), to.at(1, 2, 0, 4));
        Tensor back = Tensor.zeros(2, 3, 4, 5);
        back.copyFrom(to);
        assertArrayEquals(from.data(), back.data());
    }

    @Test
    void fillReachesEveryNumber() {
        for (int length : new int[] {0, 1, 16_384, 16_385, 100_003}) {
            Tensor x = Tensor.zeros(length);
            x.fill(2);
            for (float number : x.data()) {
                assertEquals(2, number);
            }
        }
    }
}
