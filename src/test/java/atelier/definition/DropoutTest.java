package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutTest {

    private static final double[][] X = RandomArrays.matrix(1, 40, 50);
    private static final double[][] MASK = Nested.map(RandomArrays.matrix(2, 40, 50), v -> v < 0.5 ? 1 : 0); // rate ¼

    @Test
    void o1_matchesTheCaseWorkedByHand() {
        double[] y = Nested.map(new double[] {3, -6, 9}, new double[] {1, 1, 0}, (x, m) -> Dropout.forward(x, m, 0.25));
        assertArrayEquals(new double[] {4, -8, 0}, y);
    }

    @Test
    void o2_matchesTheCaseWorkedByHandAndFiniteDifferences() {
        double[] dX = Nested.map(new double[] {3, -6, 9}, new double[] {1, 0, 1}, (d, m) -> Dropout.dX(d, m, 0.25));
        assertArrayEquals(new double[] {4, 0, 12}, dX, 0);
        double[][] x = RandomArrays.matrix(3, 3, 4);
        double[][] mask = Nested.map(RandomArrays.matrix(4, 3, 4), v -> v < 0.2 ? 1 : 0);
        assertRight(GradientCheck.of(
                x,
                v -> Nested.map(v, mask, (e, m) -> Dropout.forward(e, m, 0.4)),
                dY -> Nested.map(dY, mask, (d, m) -> Dropout.dX(d, m, 0.4))));
    }

    @Test
    void o1_keepsTheMean() {
        double[][] ones = Nested.map(X, v -> 1);
        double[] y = Nested.flat(Nested.map(ones, MASK, (x, m) -> Dropout.forward(x, m, 0.25)));
        assertEquals(1, Arrays.stream(y).average().orElseThrow(), 0.04); // 4 deviations of a mean of 2000
    }

    @Test
    void o1_withRate0IsNothing() {
        assertArrayEquals(X, Nested.map(X, v -> Dropout.forward(v, 1, 0)));
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "Dropout: expected a rate of at least 0 and below 1 but got 1.0. "
                        + "It is the share that is dropped, not the share that is kept.",
                () -> Dropout.forward(1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Dropout.dX(1, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Dropout.dX(1, 1, -0.1));
    }
}
