package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToyPosteriorTest {

    /** x = 0.5, seen through a bent decoder. */
    private static final ToyPosterior BENT =
            new ToyPosterior(z -> ScoreFunction.logDensity(0.5, z + 0.5 * z * z, 2 * Math.log(0.5)));

    @Test
    void v1_matchesTheLinearModelThatCanBeSolvedByHand() {
        // x = 2z + noise of variance 1: x ~ N(0, 5), and z given x ~ N(2x/5, 1/5)
        ToyPosterior linear = new ToyPosterior(z -> ScoreFunction.logDensity(3, 2 * z, 0));
        assertEquals(ScoreFunction.logDensity(3, 0, Math.log(5)), linear.logEvidence(), 1e-13);
        assertEquals(linear.logEvidence(), linear.elbo(1.2, Math.log(0.2)), 1e-13);
        assertEquals(0, linear.gap(1.2, Math.log(0.2)), 1e-13);
        assertEquals(Math.sqrt(5 / (2 * Math.PI)), linear.density()[1120], 1e-12); // z = −10 + 1120 · 0.01
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.21, -1.9", "-1, 0.3", "1.5, -4"})
    void v1_theEvidenceIsTheBoundAndItsGapForEveryQ(double mu, double l) {
        assertEquals(BENT.logEvidence(), BENT.elbo(mu, l) + BENT.gap(mu, l), 1e-12);
        assertTrue(BENT.gap(mu, l) > 0);
    }

    @Test
    void v1_theBoundIsReconstructionMinusDivergenceFromThePrior() {
        double mu = 0.4;
        double l = -1;
        double reconstruction =
                ToyPosterior.mean(mu, l, z -> ScoreFunction.logDensity(0.5, z + 0.5 * z * z, 2 * Math.log(0.5)));
        double divergence = 0.5 * (mu * mu + Math.exp(l) - 1 - l);
        assertEquals(reconstruction - divergence, BENT.elbo(mu, l), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.21, -1.9", "-1, 0.5"})
    void v1_theGradientOfTheBoundMatchesFiniteDifferences(double mu, double l) {
        assertRight(GradientCheck.ofLoss(new double[] {mu, l}, v -> BENT.elbo(v[0], v[1]), BENT.dElbo(mu, l)));
    }

    @Test
    void itsGridGoesFromMinus10To10() {
        double[] z = ToyPosterior.z();
        assertEquals(2001, z.length);
        assertEquals(-10, z[0], 1e-12);
        assertEquals(0, z[1000]);
        assertEquals(10, z[2000], 1e-12);
    }

    @Test
    void itsDensityHasTheAreaOne() {
        assertEquals(1, Arrays.stream(BENT.density()).sum() * 0.01, 1e-12);
    }

    @Test
    void isNotTroubledByDensitiesThatAreZeroInEveryComputer() {
        ToyPosterior far =
                new ToyPosterior(z -> ScoreFunction.logDensity(0.5, z + 0.5 * z * z, 2 * Math.log(0.5)) - 5000);
        assertEquals(BENT.logEvidence() - 5000, far.logEvidence(), 1e-9);
        assertEquals(BENT.gap(0.2, -2), far.gap(0.2, -2), 1e-9);
    }

    @Test
    void refusesALikelihoodThatIsNotANumber() {
        assertThrows(IllegalArgumentException.class, () -> new ToyPosterior(z -> Double.NaN));
    }
}
