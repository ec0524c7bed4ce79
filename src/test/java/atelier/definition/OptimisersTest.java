package atelier.definition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class OptimisersTest {

    private final double[] theta = {1, -2};
    private final double[] first = new double[2];
    private final double[] second = new double[2];

    // ---- worked by hand ----

    @Test
    void u1_matchesTheCaseWorkedByHand() {
        Sgd.step(theta, new double[] {2, -4}, 0.25);
        assertArrayEquals(new double[] {0.5, -1}, theta);
    }

    @Test
    void u2_matchesTheCaseWorkedByHand() {
        Momentum.step(theta, first, new double[] {2, -4}, 0.25, 0.5);
        assertArrayEquals(new double[] {2, -4}, first);
        assertArrayEquals(new double[] {0.5, -1}, theta);
        Momentum.step(theta, first, new double[] {4, 0}, 0.25, 0.5);
        assertArrayEquals(new double[] {5, -2}, first);
        assertArrayEquals(new double[] {-0.75, -0.5}, theta);
    }

    @Test
    void u3_matchesTheCaseWorkedByHand() {
        RmsProp.step(theta, first, new double[] {2, -4}, 0.5, 0.75, 1); // s = 1, 4
        assertArrayEquals(new double[] {1, 4}, first);
        assertArrayEquals(new double[] {1 - 1 / 2.0, -2 + 2 / 3.0}, theta, 1e-15);
        RmsProp.step(theta, first, new double[] {1, 0}, 0.5, 0.75, 0); // s = 1, 3
        assertArrayEquals(new double[] {1, 3}, first);
        assertArrayEquals(new double[] {0, -2 + 2 / 3.0}, theta, 1e-15);
    }

    @Test
    void u4_matchesTheCaseWorkedByHand() {
        Adam.step(theta, first, second, new double[] {2, -4}, 1, 0.5, 0.5, 0.75, 2); // m̂ = g, v̂ = g²
        assertArrayEquals(new double[] {1, -2}, first);
        assertArrayEquals(new double[] {1, 4}, second);
        assertArrayEquals(new double[] {1 - 0.5 * 2 / 4, -2 + 0.5 * 4 / 6}, theta, 1e-15);
        Adam.step(theta, first, second, new double[] {3, 0}, 2, 0.5, 0.5, 0.75, 2);
        assertArrayEquals(new double[] {2, -1}, first); // m̂ = m / ¾
        assertArrayEquals(new double[] {3, 3}, second); // v̂ = v / (1 − 9/16) = 48/7
        double root = Math.sqrt(48 / 7.0);
        double[] expected = {0.75 - 0.5 * (8 / 3.0) / (root + 2), -2 + 1 / 3.0 + 0.5 * (4 / 3.0) / (root + 2)};
        assertArrayEquals(expected, theta, 1e-15);
    }

    // ---- laws ----

    @Test
    void u2_withoutMomentumIsU1() {
        double[] other = theta.clone();
        for (int step = 0; step < 5; step++) {
            double[] gradient = RandomArrays.vector(step, 2);
            Momentum.step(theta, first, gradient, 0.1, 0);
            Sgd.step(other, gradient, 0.1);
        }
        assertArrayEquals(other, theta, 1e-15);
    }

    @Test
    void u2_underASteadyGradientTheStepGrowsTenfold() {
        for (int step = 0; step < 500; step++) {
            Momentum.step(theta, first, new double[] {1, -3}, 0.01, 0.9);
        }
        assertArrayEquals(new double[] {10, -30}, first, 1e-12);
    }

    @Test
    void u3_u4_doNotSeeTheScaleOfTheLoss() {
        double[] large = theta.clone();
        double[] squares = new double[2];
        RmsProp.step(theta, first, new double[] {0.5, -0.2}, 0.1, 0.9, 0);
        RmsProp.step(large, squares, new double[] {500, -200}, 0.1, 0.9, 0);
        assertArrayEquals(theta, large, 1e-14);
        double[] a = {1, 1};
        double[] b = {1, 1};
        Adam.step(a, new double[2], new double[2], new double[] {0.5, -0.2}, 1, 0.1, 0.9, 0.999, 0);
        Adam.step(b, new double[2], new double[2], new double[] {500, -200}, 1, 0.1, 0.9, 0.999, 0);
        assertArrayEquals(a, b, 1e-14);
    }

    @Test
    void u4_firstStepIsTheLearningRate() {
        Adam.step(theta, first, second, new double[] {1e-3, -70}, 1, 0.01, 0.9, 0.999, 0);
        assertArrayEquals(new double[] {0.99, -1.99}, theta, 1e-14);
    }

    @Test
    void u1_u2_u3_u4_rollDownABowl() {
        double[][] starts = {{1, -2}, {1, -2}, {1, -2}, {1, -2}};
        for (int t = 1; t <= 2000; t++) {
            Sgd.step(starts[0], gradient(starts[0]), 0.01);
            Momentum.step(starts[1], first, gradient(starts[1]), 0.01, 0.9);
            RmsProp.step(starts[2], second, gradient(starts[2]), 0.05 / Math.sqrt(t), 0.9, 1e-8);
        }
        double[] mean = new double[2];
        double[] squares = new double[2];
        for (int t = 1; t <= 2000; t++) {
            Adam.step(starts[3], mean, squares, gradient(starts[3]), t, 0.05 / Math.sqrt(t), 0.9, 0.999, 1e-8);
        }
        for (double[] end : starts) {
            assertArrayEquals(new double[] {3, -1}, end, 0.01);
        }
    }

    /** Of ½(θ₀ − 3)² + 2(θ₁ + 1)². */
    private static double[] gradient(double[] theta) {
        return new double[] {theta[0] - 3, 4 * (theta[1] + 1)};
    }

    @Test
    void u4_refusesStepZero() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Adam.step(theta, first, second, new double[2], 0, 0.1, 0.9, 0.999, 1e-8));
    }

    // ---- initialisation ----

    @Test
    void i1_matchesTheCaseWorkedByHand() {
        assertEquals(0.25, Initialisation.heDeviation(32));
    }

    @Test
    void i1_keepsTheMeanSquareThroughALayerAndAReLU() {
        int fan = 400;
        double[][] x = RandomArrays.matrix(1, 50, fan); // mean square ⅓
        double bound = Math.sqrt(3) * Initialisation.heDeviation(fan); // a uniform number with that deviation
        double[][] w = Nested.map(RandomArrays.matrix(2, fan, fan), v -> bound * v);
        double[][] y = Nested.map(Dense.forward(x, w, new double[fan]), Relu::forward);
        double before = ConvolutionTest.dot(x, x);
        assertEquals(1, ConvolutionTest.dot(y, y) / before, 0.05);
    }

    @Test
    void i2_matchesTheCaseWorkedByHand() {
        assertEquals(0.25, Initialisation.glorotBound(64, 32));
    }

    @Test
    void i2_keepsTheMeanSquareThroughASquareLayer() {
        int fan = 400;
        double[][] x = RandomArrays.matrix(3, 50, fan);
        double[][] w = Nested.map(RandomArrays.matrix(4, fan, fan), v -> Initialisation.glorotBound(fan, fan) * v);
        double[][] y = Dense.forward(x, w, new double[fan]);
        assertEquals(1, ConvolutionTest.dot(y, y) / ConvolutionTest.dot(x, x), 0.05);
    }
}
