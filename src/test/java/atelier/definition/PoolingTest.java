package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static atelier.definition.ConvolutionTest.assertSays;
import static atelier.definition.ConvolutionTest.dot;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolingTest {

    private static final double[][][][] IMAGE =
            Nested.images(new double[] {1, 2, 6, 3, 5, 4, 1, 7, 9, 8, 0, -1}, 1, 1, 3, 4);

    // ---- worked by hand ----

    @Test
    void p1_matchesTheCaseWorkedByHand() {
        assertArrayEquals(new double[] {5, 7}, Nested.flat(MaxPooling.forward(IMAGE, 2, 2)));
        assertArrayEquals(new double[] {5, 6, 7, 9, 8, 7}, Nested.flat(MaxPooling.forward(IMAGE, 2, 1)));
    }

    @Test
    void p2_matchesTheCaseWorkedByHand() {
        double[][][][] dY = Nested.images(new double[] {1, 2, 4, 8, 16, 32}, 1, 1, 2, 3);
        double[] expected = {0, 0, 2, 0, 1, 0, 0, 4 + 32, 8, 16, 0, 0};
        assertArrayEquals(expected, Nested.flat(MaxPooling.dX(dY, IMAGE, 2, 1)));
    }

    @Test
    void p2_atATieTheFirstNumberRowByRowGetsTheGradient() {
        double[][][][] flat = new double[1][1][2][2];
        double[][][][] dY = {{{{3}}}};
        assertArrayEquals(new double[] {3, 0, 0, 0}, Nested.flat(MaxPooling.dX(dY, flat, 2, 2)));
        double[][][][] tie = {{{{0, 1}, {1, 0}}}};
        assertArrayEquals(new double[] {0, 3, 0, 0}, Nested.flat(MaxPooling.dX(dY, tie, 2, 2)));
    }

    @Test
    void p3_matchesTheCaseWorkedByHand() {
        assertArrayEquals(new double[] {3, 4.25}, Nested.flat(AveragePooling.forward(IMAGE, 2, 2)));
    }

    @Test
    void p4_matchesTheCaseWorkedByHand() {
        double[][][][] dY = Nested.images(new double[] {4, 8}, 1, 1, 1, 2);
        double[] expected = {1, 1, 2, 2, 1, 1, 2, 2, 0, 0, 0, 0};
        assertArrayEquals(expected, Nested.flat(AveragePooling.dX(dY, 3, 4, 2, 2)));
    }

    @Test
    void p5_p6_matchTheCaseWorkedByHand() {
        assertArrayEquals(new double[][] {{45 / 12.0}}, GlobalAveragePooling.forward(IMAGE));
        double[][][][] dX = GlobalAveragePooling.dX(new double[][] {{6, 12}}, 2, 3);
        assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2}, Nested.flat(dX));
    }

    // ---- finite differences ----

    @ParameterizedTest(name = "N={0} C={1} H={2} W={3} R={4} s={5}")
    @CsvSource({
        "1, 1, 4, 6, 2, 2",
        "2, 3, 5, 7, 2, 2",
        "2, 3, 5, 6, 3, 1",
        "2, 2, 7, 6, 3, 2",
        "1, 2, 5, 8, 2, 3",
        "2, 2, 1, 4, 1, 2"
    })
    void p2_matchesFiniteDifferences(int n, int c, int h, int w, int r, int s) {
        double[][][][] x = RandomArrays.images(1, n, c, h, w);
        assertRight(GradientCheck.of(x, v -> MaxPooling.forward(v, r, s), dY -> MaxPooling.dX(dY, x, r, s)));
    }

    @ParameterizedTest(name = "N={0} C={1} H={2} W={3} R={4} s={5}")
    @CsvSource({
        "1, 1, 4, 6, 2, 2",
        "2, 3, 5, 7, 2, 2",
        "2, 3, 5, 6, 3, 1",
        "2, 2, 7, 6, 3, 2",
        "1, 2, 5, 8, 2, 3",
        "2, 2, 1, 4, 1, 2"
    })
    void p4_matchesFiniteDifferences(int n, int c, int h, int w, int r, int s) {
        double[][][][] x = RandomArrays.images(2, n, c, h, w);
        assertRight(GradientCheck.of(x, v -> AveragePooling.forward(v, r, s), dY -> AveragePooling.dX(dY, h, w, r, s)));
    }

    @Test
    void p6_matchesFiniteDifferences() {
        double[][][][] x = RandomArrays.images(3, 2, 3, 4, 5);
        assertRight(GradientCheck.of(x, GlobalAveragePooling::forward, dY -> GlobalAveragePooling.dX(dY, 4, 5)));
        double[][][][] line = RandomArrays.images(8, 2, 3, 1, 5);
        assertRight(GradientCheck.of(line, GlobalAveragePooling::forward, dY -> GlobalAveragePooling.dX(dY, 1, 5)));
    }

    // ---- laws ----

    @Test
    void p1_p3_p5_thePoolOfAConstantIsTheConstant() {
        double[][][][] constant = Nested.map(new double[2][3][6][8], v -> 0.25);
        assertArrayEquals(Nested.map(new double[2][3][3][4], v -> 0.25), MaxPooling.forward(constant, 2, 2));
        assertArrayEquals(Nested.map(new double[2][3][3][4], v -> 0.25), AveragePooling.forward(constant, 2, 2));
        assertArrayEquals(Nested.map(new double[2][3], v -> 0.25), GlobalAveragePooling.forward(constant));
    }

    @Test
    void p3_neverExceedsP1() {
        double[][][][] x = RandomArrays.images(4, 2, 3, 7, 6);
        Nested.map(AveragePooling.forward(x, 3, 2), MaxPooling.forward(x, 3, 2), (mean, max) -> {
            assertTrue(mean <= max);
            return 0;
        });
    }

    @Test
    void p4_isTheAdjointOfP3() {
        double[][][][] x = RandomArrays.images(5, 2, 3, 7, 6);
        double[][][][] y = AveragePooling.forward(x, 3, 2);
        double[][][][] dY = RandomArrays.like(6, y);
        assertEquals(dot(y, dY), dot(x, AveragePooling.dX(dY, 7, 6, 3, 2)), 1e-12);
    }

    @Test
    void p5_isAveragePoolingWithOneWindow() {
        double[][][][] x = RandomArrays.images(7, 2, 3, 5, 5);
        double[] whole = Nested.flat(AveragePooling.forward(x, 5, 5));
        assertArrayEquals(whole, Nested.flat(GlobalAveragePooling.forward(x)), 1e-15);
    }

    // ---- what it refuses ----

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "Pooling: expected a window of 1 to 3 pixels and a stride of at least 1 but got 4 and 2. "
                        + "Use a window that fits into the image.",
                () -> MaxPooling.forward(IMAGE, 4, 2));
        assertThrows(IllegalArgumentException.class, () -> MaxPooling.dX(IMAGE, IMAGE, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> AveragePooling.dX(IMAGE, 3, 4, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> AveragePooling.forward(IMAGE, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> AveragePooling.forward(IMAGE, 0, 1));
    }
}
