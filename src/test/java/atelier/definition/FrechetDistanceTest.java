package atelier.definition;

import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FrechetDistanceTest {

    @Test
    void e1_betweenTwoPairsOfNumbersIsWorkedOutByHand() {
        double[][] x = {{1}, {3}}; // μ = 2, σ² = 2
        double[][] y = {{0}, {8}}; // μ = 4, σ² = 32
        double sigmas = Math.sqrt(2) - Math.sqrt(32);
        assertEquals(4 + sigmas * sigmas, FrechetDistance.of(x, y), 1e-12);
    }

    @Test
    void e1_alongTheAxesEveryFeatureStandsForItself() {
        double[][] sigma1 = {{4, 0}, {0, 9}};
        double[][] sigma2 = {{1, 0}, {0, 25}};
        double[] mu1 = {1, 2};
        double[] mu2 = {1, 5};
        assertEquals(9 + 1 + 4, FrechetDistance.of(mu1, sigma1, mu2, sigma2), 1e-12); // 3², (2−1)², (3−5)²
    }

    @Test
    void e1_ofCovariancesThatDoNotCommuteIsWorkedOutByHand() {
        double[][] slanted = {{2, 1}, {1, 2}}; // eigenvalues of slanted · flat: λ² − 10λ + 12 = 0
        double[][] flat = {{1, 0}, {0, 4}};
        double[] mu = {0, 0};
        double trace = Math.sqrt(10 + 2 * Math.sqrt(12)); // √λ₁ + √λ₂, squared: λ₁ + λ₂ + 2√(λ₁λ₂)
        assertEquals(4 + 5 - 2 * trace, FrechetDistance.of(mu, slanted, mu, flat), 1e-12);
    }

    @Test
    void e1_fromItselfIsZeroAlsoWhereSomethingNeverMoves() {
        double[][] x = RandomArrays.matrix(1, 20, 5);
        assertEquals(0, FrechetDistance.of(x, x), 1e-12);
        for (double[] row : x) {
            row[2] = 7;
        }
        assertEquals(0, FrechetDistance.of(x, x), 1e-12);
    }

    @Test
    void e1_isTheSameBothWaysAndGrowsWithTheSquareOfTheScale() {
        double[][] x = RandomArrays.matrix(1, 20, 4);
        double[][] y = Nested.map(RandomArrays.matrix(2, 30, 4), v -> 2 * v + 0.3);
        double distance = FrechetDistance.of(x, y);
        assertTrue(distance > 0.1, () -> "distance " + distance);
        assertEquals(distance, FrechetDistance.of(y, x), 1e-12);
        assertEquals(9 * distance, FrechetDistance.of(Nested.map(x, v -> 3 * v), Nested.map(y, v -> 3 * v)), 1e-12);
    }

    @Test
    void aRootTimesItselfIsTheMatrix() {
        double[][] covariance = FrechetDistance.covariance(RandomArrays.matrix(3, 12, 6));
        double[][] root = FrechetDistance.root(covariance);
        for (int i = 0; i < 6; i++) {
            double[] row = new double[6];
            for (int j = 0; j < 6; j++) {
                for (int k = 0; k < 6; k++) {
                    row[j] += root[i][k] * root[k][j];
                }
            }
            assertArrayEquals(covariance[i], row, 1e-14);
        }
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "FrechetDistance.covariance: expected at least 2 points but got 1. One point has no spread.",
                () -> FrechetDistance.of(new double[][] {{1}}, new double[][] {{1}, {2}}));
        assertSays(
                "FrechetDistance: expected means and covariances of 1 numbers a point but got 2, 1 and 2. "
                        + "Compare points of the same kind.",
                () -> FrechetDistance.of(new double[][] {{1}, {2}}, new double[][] {{1, 2}, {3, 4}}));
    }
}
