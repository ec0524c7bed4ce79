package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchNormTest {

    /** Two images, two channels: 1 2 3 4 and 10 10 14 14, shared out over the images. */
    private static final double[][][][] X = {{{{1, 2}}, {{10, 10}}}, {{{3, 4}}, {{14, 14}}}};

    private static final double EPSILON = 1e-5;

    // ---- worked by hand ----

    @Test
    void b1_matchesTheCaseWorkedByHand() {
        assertArrayEquals(new double[] {2.5, 12}, BatchNorm.mean(X));
    }

    @Test
    void b2_matchesTheCaseWorkedByHand() {
        assertArrayEquals(new double[] {(2.25 + 0.25 + 0.25 + 2.25) / 4, 4}, BatchNorm.variance(X));
    }

    @Test
    void b3_matchesTheCaseWorkedByHand() {
        double[][][][] y = BatchNorm.forward(X, new double[] {2, 10}, new double[] {0, 1}, 5); // √(4 + 5) = 3
        assertArrayEquals(new double[] {1 - 20 / 3.0, 1 - 20 / 3.0}, y[0][1][0], 1e-15);
        assertArrayEquals(new double[] {1 + 20 / 3.0, 1 + 20 / 3.0}, y[1][1][0], 1e-15);
        assertArrayEquals(new double[] {-3 / 2.5, -1 / 2.5}, y[0][0][0], 1e-15); // √(1.25 + 5) = 2.5
    }

    @Test
    void b3_inUseTakesTheGivenStatistics() {
        double[][][][] y = BatchNorm.infer(
                X, new double[] {2, 10}, new double[] {0, 1}, new double[] {1, 8}, new double[] {3, 15}, 1);
        assertArrayEquals(new double[] {0, 1, 6, 6, 2, 3, 16, 16}, Nested.flat(y));
    }

    @Test
    void b4_matchesTheCaseWorkedByHand() {
        // one channel −1, 1 with γ = 6 and ε = 3: μ = 0, σ² = 1, √(σ² + ε) = 2, x̂ = −½, ½; dY = 4, 0, so dx̂ = 24, 0
        double[][][][] x = {{{{-1, 1}}}};
        double[][][][] dY = {{{{4, 0}}}};
        assertArrayEquals(new double[] {-2}, BatchNorm.dGamma(dY, x, 3));
        assertArrayEquals(new double[] {4}, BatchNorm.dBeta(dY));
        // dσ² = 24·(−1)·(−½)/8 = 1.5, dμ = −12; dX = 12 + 1.5·2·(−1)/2 − 12/2 and 0 + 1.5·2·1/2 − 12/2
        assertArrayEquals(new double[] {4.5, -4.5}, Nested.flat(BatchNorm.dX(dY, x, new double[] {6}, 3)));
    }

    @Test
    void b5_matchesTheCaseWorkedByHand() {
        double[] mean = BatchNorm.runningMean(new double[] {0, 2}, X, 0.25);
        assertArrayEquals(new double[] {0.625, 1.5 + 3}, mean);
        double[] variance = BatchNorm.runningVariance(new double[] {1, 1}, X, 0.25);
        assertArrayEquals(new double[] {0.75 + 0.25 * 5 / 3, 0.75 + 0.25 * 16 / 3}, variance, 1e-15);
        double[][][][] pair = {{{{1, 3}}}};
        assertArrayEquals(new double[] {2}, BatchNorm.runningVariance(new double[1], pair, 1));
    }

    // ---- finite differences ----

    @ParameterizedTest(name = "N={0} C={1} H={2} W={3}")
    @CsvSource({"2, 3, 4, 5", "5, 2, 1, 1", "1, 2, 3, 2", "3, 1, 2, 4"})
    void b4_matchesFiniteDifferences(int n, int c, int h, int w) {
        double[][][][] x = Nested.map(RandomArrays.images(1, n, c, h, w), v -> 2 * v + 0.5);
        double[] gamma = RandomArrays.vector(2, c);
        double[] beta = RandomArrays.vector(3, c);
        for (double epsilon : new double[] {EPSILON, 0.5}) {
            assertRight(GradientCheck.of(
                    x, v -> BatchNorm.forward(v, gamma, beta, epsilon), dY -> BatchNorm.dX(dY, x, gamma, epsilon)));
            assertRight(GradientCheck.of(
                    gamma, v -> BatchNorm.forward(x, v, beta, epsilon), dY -> BatchNorm.dGamma(dY, x, epsilon)));
            assertRight(GradientCheck.of(beta, v -> BatchNorm.forward(x, gamma, v, epsilon), BatchNorm::dBeta));
        }
    }

    // ---- laws ----

    @Test
    void b3_hasMeanBetaAndDeviationGamma() {
        double[] gamma = {2, 3, 0.5};
        double[] beta = {-1, 4, 0};
        double[][][][] y = BatchNorm.forward(RandomArrays.images(4, 4, 3, 5, 6), gamma, beta, 0);
        assertArrayEquals(beta, BatchNorm.mean(y), 1e-14);
        assertArrayEquals(new double[] {4, 9, 0.25}, BatchNorm.variance(y), 1e-13);
    }

    @Test
    void b3_doesNotSeeTheScaleAndShiftOfItsInput() {
        double[][][][] x = RandomArrays.images(5, 2, 3, 4, 5);
        double[] gamma = RandomArrays.vector(6, 3);
        double[] beta = RandomArrays.vector(7, 3);
        double[][][][] y = BatchNorm.forward(x, gamma, beta, 0);
        double[][][][] same = BatchNorm.forward(Nested.map(x, v -> 5 * v - 2), gamma, beta, 0);
        assertTrue(Difference.largest(y, same).relative() < 1e-13);
    }

    @Test
    void b4_dXSumsToZeroInEachChannel() {
        double[][][][] x = RandomArrays.images(8, 3, 2, 4, 5);
        double[][][][] dX = BatchNorm.dX(RandomArrays.images(9, 3, 2, 4, 5), x, new double[] {1, 2}, EPSILON);
        assertArrayEquals(new double[2], BatchNorm.dBeta(dX), 1e-13);
    }

    @Test
    void b5_withTheSameBatchAgainAndAgainArrivesAtItsStatistics() {
        double[] mean = {0, 0};
        double[] variance = {1, 1};
        for (int step = 0; step < 300; step++) {
            mean = BatchNorm.runningMean(mean, X, 0.1);
            variance = BatchNorm.runningVariance(variance, X, 0.1);
        }
        assertArrayEquals(new double[] {2.5, 12}, mean, 1e-11);
        assertArrayEquals(new double[] {5 / 3.0, 16 / 3.0}, variance, 1e-11);
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "BatchNorm: expected gamma of shape [2] but got [3]. Compare with the shapes in its Javadoc.",
                () -> BatchNorm.forward(X, new double[3], new double[2], EPSILON));
        assertThrows(
                IllegalArgumentException.class,
                () -> BatchNorm.runningVariance(new double[1], new double[1][1][1][1], 0.1));
    }
}
