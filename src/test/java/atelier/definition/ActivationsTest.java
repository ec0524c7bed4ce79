package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ActivationsTest {

    /** Numbers from −3 to 3, none of them near the kink at 0. */
    private static final double[][][][] X = Nested.map(RandomArrays.images(1, 2, 3, 4, 5), v -> 3 * v);

    @Test
    void a1_letsOnlyThePositivePass() {
        double[] x = {-2, -0.5, 0, 0.5, 2};
        assertArrayEquals(new double[] {0, 0, 0, 0.5, 2}, Nested.map(x, Relu::forward));
    }

    @Test
    void a1prime_letsTheGradientPassWhereXPassed() {
        double[] x = {-2, -0.5, 0, 0.5, 2};
        double[] dY = {1, 2, 3, 4, 5};
        assertArrayEquals(new double[] {0, 0, 0, 4, 5}, Nested.map(dY, x, Relu::dX));
        assertRight(GradientCheck.of(X, v -> Nested.map(v, Relu::forward), d -> Nested.map(d, X, Relu::dX)));
    }

    @Test
    void a2_makesTheNegativeSmall() {
        double[] x = {-2, -0.5, 0, 0.5, 2};
        assertArrayEquals(new double[] {-0.5, -0.125, 0, 0.5, 2}, Nested.map(x, v -> LeakyRelu.forward(v, 0.25)));
    }

    @Test
    void a2prime_letsTheGradientPassByTheSameFactor() {
        double[] x = {-2, -0.5, 0, 0.5, 2};
        double[] dY = {4, 8, 12, 4, 5};
        assertArrayEquals(new double[] {1, 2, 3, 4, 5}, Nested.map(dY, x, (d, v) -> LeakyRelu.dX(d, v, 0.25)));
        assertRight(GradientCheck.of(
                X,
                v -> Nested.map(v, e -> LeakyRelu.forward(e, 0.2)),
                dY2 -> Nested.map(dY2, X, (d, v) -> LeakyRelu.dX(d, v, 0.2))));
    }

    @Test
    void a2_withSlope0IsA1AndWithSlope1IsNothing() {
        assertArrayEquals(Nested.map(X, Relu::forward), Nested.map(X, v -> LeakyRelu.forward(v, 0) + 0.0));
        assertArrayEquals(X, Nested.map(X, v -> LeakyRelu.forward(v, 1)));
    }

    @Test
    void a3_matchesTheCaseWorkedByHand() {
        assertEquals(0.5, Sigmoid.forward(0));
        assertEquals(0.75, Sigmoid.forward(Math.log(3)), 1e-15); // 1 / (1 + 1/3)
        assertEquals(1, Sigmoid.forward(800));
        assertEquals(0, Sigmoid.forward(-800));
    }

    @Test
    void a3_ofXAndMinusXSumToOne() {
        Nested.map(X, x -> {
            assertEquals(1, Sigmoid.forward(x) + Sigmoid.forward(-x), 1e-15);
            return 0;
        });
    }

    @Test
    void a3prime_matchesFiniteDifferences() {
        assertEquals(0.75, Sigmoid.dX(4, 0.75));
        double[][][][] y = Nested.map(X, Sigmoid::forward);
        assertRight(GradientCheck.of(X, v -> Nested.map(v, Sigmoid::forward), d -> Nested.map(d, y, Sigmoid::dX)));
    }

    @Test
    void a4_matchesTheCaseWorkedByHand() {
        assertEquals(0, Tanh.forward(0));
        assertEquals(0.8, Tanh.forward(Math.log(3)), 1e-15); // (3 − 1/3) / (3 + 1/3)
    }

    @Test
    void a4_isASigmoidInDisguiseAndOdd() {
        Nested.map(X, x -> {
            assertEquals(2 * Sigmoid.forward(2 * x) - 1, Tanh.forward(x), 1e-15);
            assertEquals(-Tanh.forward(x), Tanh.forward(-x));
            assertEquals((Math.exp(x) - Math.exp(-x)) / (Math.exp(x) + Math.exp(-x)), Tanh.forward(x), 1e-15);
            return 0;
        });
    }

    @Test
    void a4prime_matchesFiniteDifferences() {
        assertEquals(0.72, Tanh.dX(2, 0.8), 1e-15);
        double[][][][] y = Nested.map(X, Tanh::forward);
        assertRight(GradientCheck.of(X, v -> Nested.map(v, Tanh::forward), d -> Nested.map(d, y, Tanh::dX)));
    }

    @Test
    void theChecksStayAwayFromTheKink() {
        Nested.map(X, x -> {
            assertTrue(Math.abs(x) > 1e-4, () -> "too near the kink: " + x);
            return 0;
        });
    }
}
