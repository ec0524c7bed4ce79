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

class NearestUpsamplingTest {

    @Test
    void x1_matchesTheCaseWorkedByHand() {
        double[][][][] x = Nested.images(new double[] {1, 2, 3, 4, 5, 6}, 1, 1, 2, 3);
        double[] expected = {1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 4, 4, 5, 5, 6, 6};
        assertArrayEquals(Nested.images(expected, 1, 1, 4, 6), NearestUpsampling.forward(x, 2));
    }

    @Test
    void x2_matchesTheCaseWorkedByHand() {
        double[][][][] dY = Nested.images(new double[] {1, 2, 3, 4, 10, 20, 30, 40}, 1, 1, 2, 4);
        assertArrayEquals(new double[] {1 + 2 + 10 + 20, 3 + 4 + 30 + 40}, Nested.flat(NearestUpsampling.dX(dY, 2)));
    }

    @ParameterizedTest(name = "N={0} C={1} I={2} J={3} f={4}")
    @CsvSource({"1, 1, 2, 3, 2", "2, 3, 4, 2, 3", "2, 2, 3, 5, 1", "1, 3, 1, 2, 4"})
    void x2_matchesFiniteDifferences(int n, int c, int i, int j, int f) {
        double[][][][] x = RandomArrays.images(1, n, c, i, j);
        assertRight(GradientCheck.of(x, v -> NearestUpsampling.forward(v, f), dY -> NearestUpsampling.dX(dY, f)));
    }

    @Test
    void x2_isTheAdjointOfX1() {
        double[][][][] x = RandomArrays.images(2, 2, 3, 4, 5);
        double[][][][] dY = RandomArrays.images(3, 2, 3, 12, 15);
        assertEquals(dot(NearestUpsampling.forward(x, 3), dY), dot(x, NearestUpsampling.dX(dY, 3)), 1e-12);
    }

    @Test
    void x1_x2_areAveragePoolingTheOtherWayRound() {
        double[][][][] x = RandomArrays.images(4, 2, 3, 4, 5);
        double[][][][] up = NearestUpsampling.forward(x, 2);
        assertTrue(Difference.largest(x, AveragePooling.forward(up, 2, 2)).relative() < 1e-15);
        double[][][][] spread = Nested.map(AveragePooling.dX(x, 8, 10, 2, 2), v -> 4 * v);
        assertTrue(Difference.largest(up, spread).relative() < 1e-15);
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "NearestUpsampling: expected a factor of at least 1 but got 0. To make images smaller, pool them.",
                () -> NearestUpsampling.forward(new double[1][1][2][2], 0));
        assertThrows(IllegalArgumentException.class, () -> NearestUpsampling.dX(new double[1][1][4][5], 2));
        assertThrows(IllegalArgumentException.class, () -> NearestUpsampling.dX(new double[1][1][4][4], 0));
    }
}
