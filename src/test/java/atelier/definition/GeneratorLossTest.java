package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorLossTest {

    @Test
    void h7_matchesTheCaseWorkedByHand() {
        double ln3 = Math.log(3); // σ(ln 3) = ¾
        assertEquals(Math.log(0.25), GeneratorLoss.saturating(ln3), 1e-15);
        assertEquals(-0.75, GeneratorLoss.saturatingSlope(ln3), 1e-15);
        assertEquals(-Math.log(0.75), GeneratorLoss.nonSaturating(ln3), 1e-15);
        assertEquals(-0.25, GeneratorLoss.nonSaturatingSlope(ln3), 1e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-7, -1, -0.1, 0, 0.3, 2, 9})
    void h7_matchesFiniteDifferences(double d) {
        double[] at = {d};
        assertRight(GradientCheck.ofLoss(
                at, v -> GeneratorLoss.saturating(v[0]), new double[] {GeneratorLoss.saturatingSlope(d)}));
        assertRight(GradientCheck.ofLoss(
                at, v -> GeneratorLoss.nonSaturating(v[0]), new double[] {GeneratorLoss.nonSaturatingSlope(d)}));
    }

    @Test
    void h7_whereTheDiscriminatorWinsOneVanishesAndTheOtherDoesNot() {
        assertEquals(-4.5e-5, GeneratorLoss.saturatingSlope(-10), 1e-6);
        assertEquals(-1, GeneratorLoss.nonSaturatingSlope(-10), 1e-4);
        for (double d = -30; d <= 30; d += 0.5) {
            assertEquals(-1, GeneratorLoss.saturatingSlope(d) + GeneratorLoss.nonSaturatingSlope(d), 1e-15);
            assertTrue(GeneratorLoss.saturatingSlope(d) < 0 && GeneratorLoss.nonSaturatingSlope(d) < 0, "both upwards");
        }
    }

    @Test
    void h7_staysExactWhereASigmoidIsRoundedToZeroOrOne() {
        assertEquals(-800, GeneratorLoss.saturating(800));
        assertEquals(800, GeneratorLoss.nonSaturating(-800));
        assertEquals(Math.exp(-50), GeneratorLoss.nonSaturating(50), 1e-36);
        assertEquals(-Math.exp(-50), GeneratorLoss.saturating(-50), 1e-36);
    }
}
