package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.layer.GlobalAvgPool2d;
import atelier.layer.MaxPool2d;
import atelier.layer.Relu;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ShiftTest {

    private static final Tensor X = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 1, 2, 3);

    @Test
    void imagesMoveAndZerosComeIn() {
        assertArrayEquals(new float[] {0, 1, 2, 0, 4, 5}, Shift.of(X, 0, 1).data());
        assertArrayEquals(new float[] {0, 0, 0, 1, 2, 3}, Shift.of(X, 1, 0).data());
        assertArrayEquals(new float[] {5, 6, 0, 0, 0, 0}, Shift.of(X, -1, -1).data());
        assertArrayEquals(new float[6], Shift.of(X, 0, 7).data());
        assertArrayEquals(X.data(), Shift.of(X, 0, 0).data());
        assertThrows(ShapeException.class, () -> Shift.of(Tensor.zeros(2, 3), 0, 1));
    }

    @Test
    void thereAndBackIsTheSameInsideTheBorder() {
        Tensor x = Tensor.normal(RandomStream.seed(1), 1, 2, 3, 5, 6);
        Tensor back = Shift.of(Shift.of(x, 2, -1), -2, 1);
        assertEquals(x.at(1, 2, 0, 1), back.at(1, 2, 0, 1));
        assertEquals(0, back.at(1, 2, 4, 1));
    }

    @Test
    void m4_changeIsWorkedOutByHand() {
        Tensor dot = Tensor.zeros(1, 1, 4, 4);
        dot.set(3, 0, 0, 0, 0);
        // the dot is lost in one place and appears in another: √(9 + 9) / √9
        assertEquals(Math.sqrt(2), Shift.change(new Relu(), dot, 0, 1), 1e-7);
        // it stays inside its window of 2×2, then leaves it
        assertEquals(0, Shift.change(new MaxPool2d(2, 2), dot, 1, 1));
        assertEquals(Math.sqrt(2), Shift.change(new MaxPool2d(2, 2), dot, 0, 2), 1e-7);
    }

    @Test
    void aMeanOverThePlaneDoesNotNoticeAShiftInsideIt() {
        Tensor x = Tensor.zeros(2, 3, 8, 8);
        for (int c = 0; c < 3; c++) {
            x.set(1 + c, 0, c, 3, 4);
        }
        assertEquals(0, Shift.change(new GlobalAvgPool2d(), x, 2, 1), 1e-6);
    }

    @Test
    void anEmptyImageThatStaysEmptyDoesNotChange() {
        assertEquals(0, Shift.change(new Relu(), Tensor.zeros(1, 1, 3, 3), 1, 1));
        Tensor normal = Tensor.normal(RandomStream.seed(2), 1, 4, 1, 9, 9);
        assertTrue(Shift.change(new Relu(), normal, 0, 1) > 0.5);
    }
}
