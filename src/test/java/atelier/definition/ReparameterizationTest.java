package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReparameterizationTest {

    private static final double[][] MEAN = {{1, -2}, {0, 5}};
    private static final double[][] LOG_VARIANCE = {{0, Math.log(4)}, {Math.log(9), 0}}; // σ is 1, 2, 3, 1
    private static final double[][] EPSILON = {{0.5, -1}, {2, 0}};

    @Test
    void v2_matchesTheCaseWorkedByHand() {
        double[][] z = Reparameterization.forward(MEAN, LOG_VARIANCE, EPSILON);
        double[] expected = {1 + 0.5, -2 - 2, 0 + 6, 5};
        assertArrayEquals(expected, Nested.flat(z), 1e-15);
    }

    @Test
    void v3_matchesTheCaseWorkedByHand() {
        double[][] dZ = {{1, 10}, {100, 1000}};
        assertArrayEquals(dZ, Reparameterization.dMean(dZ));
        double[] expected = {1 * 0.25, 10 * -1, 100 * 3, 0};
        assertArrayEquals(expected, Nested.flat(Reparameterization.dLogVariance(dZ, LOG_VARIANCE, EPSILON)), 1e-12);
    }

    /** Common random numbers: every evaluation sees the same ε, so all that differs is what was moved. */
    @ParameterizedTest(name = "N={0} D={1}")
    @CsvSource({"1, 1", "3, 2", "2, 5"})
    void v3_matchesFiniteDifferences(int n, int latents) {
        double[][] mean = RandomArrays.matrix(1, n, latents);
        double[][] logVariance = RandomArrays.matrix(2, n, latents);
        double[][] epsilon = RandomArrays.matrix(3, n, latents);
        assertRight(GradientCheck.of(
                mean, v -> Reparameterization.forward(v, logVariance, epsilon), Reparameterization::dMean));
        assertRight(GradientCheck.of(
                logVariance,
                v -> Reparameterization.forward(mean, v, epsilon),
                dZ -> Reparameterization.dLogVariance(dZ, logVariance, epsilon)));
    }

    @Test
    void v2_withoutNoiseIsTheMean() {
        assertArrayEquals(MEAN, Reparameterization.forward(MEAN, LOG_VARIANCE, new double[2][2]));
    }

    @Test
    void v2_standardNoiseGetsTheMeanAndTheVariance() {
        double[][] epsilon = {{1}, {-1}}; // mean 0, variance 1
        double[][] z = Reparameterization.forward(
                new double[][] {{3}, {3}}, new double[][] {{Math.log(0.25)}, {Math.log(0.25)}}, epsilon);
        assertEquals(3, (z[0][0] + z[1][0]) / 2, 1e-15);
        assertEquals(0.25, (Math.pow(z[0][0] - 3, 2) + Math.pow(z[1][0] - 3, 2)) / 2, 1e-15);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThrows(
                IllegalArgumentException.class, () -> Reparameterization.forward(MEAN, LOG_VARIANCE, new double[2][3]));
        assertThrows(
                IllegalArgumentException.class,
                () -> Reparameterization.forward(MEAN, new double[1][2], new double[1][2]));
    }
}
