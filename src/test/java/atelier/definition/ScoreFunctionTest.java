package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreFunctionTest {

    private static final double LN4 = Math.log(4);

    @Test
    void v7_matchesTheCaseWorkedByHand() {
        // μ = 1, σ = 2, z = 4: scores 3/4 and ½ (9/4 − 1) = 5/8; reward 10 − 2
        assertArrayEquals(new double[] {6, 5}, ScoreFunction.gradient(10, 2, 4, 1, LN4), 1e-14);
        assertEquals(-0.5 * Math.log(8 * Math.PI) - 9 / 8.0, ScoreFunction.logDensity(4, 1, LN4), 1e-15);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1.5, -0.5, 1", "-2, 0.3, -1.2"})
    void v7_itsScoresAreTheSlopesOfTheLogDensity(double z, double mu, double l) {
        double[] score = {ScoreFunction.ofMu(z, mu, l), ScoreFunction.ofL(z, mu, l)};
        assertRight(GradientCheck.ofLoss(new double[] {mu, l}, v -> ScoreFunction.logDensity(z, v[0], v[1]), score));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0.7, -1.3, 0", "-1.2, 0.4, 25"})
    void v7_averagedIsTheGradientOfTheMeanWithAnyBaseline(double mu, double l, double baseline) {
        double[] averaged = new double[2];
        for (int i = 0; i < 2; i++) {
            int which = i;
            averaged[i] = ToyPosterior.mean(mu, l, z -> ScoreFunction.gradient(reward(z), baseline, z, mu, l)[which]);
        }
        assertRight(GradientCheck.ofLoss(
                new double[] {mu, l}, v -> ToyPosterior.mean(v[0], v[1], ScoreFunctionTest::reward), averaged));
    }

    @Test
    void v7_theMeanOfAScoreIsZero() {
        assertEquals(0, ToyPosterior.mean(0.7, -1.3, z -> ScoreFunction.ofMu(z, 0.7, -1.3)), 1e-13);
        assertEquals(0, ToyPosterior.mean(0.7, -1.3, z -> ScoreFunction.ofL(z, 0.7, -1.3)), 1e-13);
    }

    private static double reward(double z) {
        return Math.sin(2 * z) - 0.3 * z * z + z;
    }
}
