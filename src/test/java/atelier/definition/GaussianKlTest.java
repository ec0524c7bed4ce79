package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GaussianKlTest {

    private static final double[][] MU = {{0, 1, -2}, {3, 0, 0}};
    private static final double[][] L = {{0, 0, Math.log(4)}, {0, Math.log(0.5), 0}};

    @Test
    void v4_matchesTheCaseWorkedByHand() {
        double first = 0.5 + 0.5 * (4 + 4 - 1 - Math.log(4));
        double second = 4.5 + 0.5 * (0.5 - 1 + Math.log(2));
        assertEquals((first + second) / 2, GaussianKl.divergence(MU, L), 1e-15);
    }

    @Test
    void v5_matchesTheCaseWorkedByHand() {
        assertArrayEquals(new double[] {0, 0.5, -1}, GaussianKl.dMu(MU)[0]);
        assertArrayEquals(new double[] {0, 0, 0.75}, GaussianKl.dL(L)[0], 1e-15);
        assertArrayEquals(new double[] {0, -0.125, 0}, GaussianKl.dL(L)[1], 1e-15);
    }

    @Test
    void v5_matchesFiniteDifferences() {
        double[][] mu = Nested.map(RandomArrays.matrix(1, 3, 5), v -> 2 * v);
        double[][] l = Nested.map(RandomArrays.matrix(2, 3, 5), v -> 3 * v);
        assertRight(GradientCheck.ofLoss(mu, v -> GaussianKl.divergence(v, l), GaussianKl.dMu(mu)));
        assertRight(GradientCheck.ofLoss(l, v -> GaussianKl.divergence(mu, v), GaussianKl.dL(l)));
    }

    @Test
    void v4_isZeroAtThePriorAndAboveItElsewhere() {
        assertEquals(0, GaussianKl.divergence(new double[3][4], new double[3][4]));
        for (double mu = -2; mu <= 2; mu += 0.25) {
            for (double l = -8; l <= 4; l += 0.25) {
                double kl = GaussianKl.divergence(new double[][] {{mu}}, new double[][] {{l}});
                assertTrue(mu == 0 && l == 0 ? kl == 0 : kl > 0, "KL of μ = " + mu + ", ℓ = " + l + " was " + kl);
            }
        }
    }

    @Test
    void v4_isTheIntegralThatItStandsFor() {
        double mu = 0.7;
        double l = -0.9;
        double sigma = Math.exp(l / 2);
        double integral = 0;
        double step = 1e-3;
        for (double z = mu - 10 * sigma; z < mu + 10 * sigma; z += step) {
            double lnQ = -(z - mu) * (z - mu) / (2 * sigma * sigma) - l / 2; // both without ½ ln 2π
            double lnP = -z * z / 2;
            integral += step * Math.exp(lnQ) / Math.sqrt(2 * Math.PI) * (lnQ - lnP);
        }
        assertEquals(integral, GaussianKl.divergence(new double[][] {{mu}}, new double[][] {{l}}), 1e-10);
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "GaussianKl: expected l of shape [2, 3] but got [2, 2]. Compare with the shapes in its Javadoc.",
                () -> GaussianKl.divergence(MU, new double[2][2]));
    }
}
