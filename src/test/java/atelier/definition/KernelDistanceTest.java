package atelier.definition;

import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KernelDistanceTest {

    @Test
    void e2_ofTwoPairsOfNumbersIsWorkedOutByHand() {
        double[][] x = {{0}, {1}}; // k = 1 between them
        double[][] y = {{1}, {2}}; // k = 27
        // across: k(0,1) = 1, k(0,2) = 1, k(1,1) = 8, k(1,2) = 27: 37/4 on average
        assertEquals(1 + 27 - 2 * 37 / 4.0, KernelDistance.of(x, y), 1e-12);
        assertEquals(8, KernelDistance.kernel(new double[] {1, 3}, new double[] {-1, 1}), 1e-12); // (2/2 + 1)³
    }

    @Test
    void e2_isZeroOnAverageForCloudsOfOneKindAndSometimesBelow() {
        double sum = 0;
        double squares = 0;
        int below = 0;
        int trials = 400;
        for (int trial = 0; trial < trials; trial++) {
            double d =
                    KernelDistance.of(RandomArrays.matrix(2 * trial, 6, 3), RandomArrays.matrix(2 * trial + 1, 8, 3));
            sum += d;
            squares += d * d;
            below += d < 0 ? 1 : 0;
        }
        double error = Math.sqrt(squares) / trials;
        double mean = sum / trials;
        assertTrue(Math.abs(mean) < 3 * error, mean + " ± " + error);
        assertTrue(below > trials / 4, below + " of " + trials);
    }

    @Test
    void e2_isTheSameBothWaysAndPositiveForCloudsThatDiffer() {
        double[][] x = RandomArrays.matrix(1, 20, 3);
        double[][] y = Nested.map(RandomArrays.matrix(2, 25, 3), v -> v + 1);
        double distance = KernelDistance.of(x, y);
        assertTrue(distance > 1, () -> "distance " + distance);
        assertEquals(distance, KernelDistance.of(y, x), 1e-12);
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "KernelDistance: expected at least 2 points but got 1. One point has no pairs.",
                () -> KernelDistance.of(new double[][] {{1}, {2}}, new double[][] {{1}}));
    }
}
