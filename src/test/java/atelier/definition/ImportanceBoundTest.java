package atelier.definition;

import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ImportanceBoundTest {

    @Test
    void v8_matchesTheCaseWorkedByHand() {
        assertEquals(Math.log(2.5), ImportanceBound.logMean(logs(1, 2, 3, 4)), 1e-15);
        assertEquals(-7.25, ImportanceBound.logMean(new double[] {-7.25}));
    }

    @Test
    void v8_shiftsWithItsWeightsHoweverSmallTheyAre() {
        for (double shift : new double[] {-1e6, -800, 800, 1e6}) {
            double[] shifted = Nested.map(logs(1, 2, 3, 4), v -> v + shift);
            assertEquals(shift + Math.log(2.5), ImportanceBound.logMean(shifted), 1e-9);
        }
    }

    @Test
    void v8_growsFromTheElboToTheEvidence() {
        // two equally likely values of z with the weights 1 and 3: p(x) is their mean, every L_k can be written out
        double two = Math.log(2);
        double l1 = (0 + Math.log(3)) / 2;
        double l2 = (ImportanceBound.logMean(logs(1, 1))
                        + 2 * ImportanceBound.logMean(logs(1, 3))
                        + ImportanceBound.logMean(logs(3, 3)))
                / 4;
        assertEquals(Math.log(3) / 4 + two / 2, l2, 1e-15);
        assertTrue(l1 < l2 && l2 < two, l1 + " < " + l2 + " < " + two);
    }

    @Test
    void v8_ofImpossibleSamplesIsMinusInfinity() {
        double never = Double.NEGATIVE_INFINITY;
        assertEquals(never, ImportanceBound.logMean(new double[] {never, never}));
        assertEquals(Math.log(0.5), ImportanceBound.logMean(new double[] {0, never}), 1e-15);
    }

    @Test
    void v8_doesNotHideNotANumber() {
        assertTrue(Double.isNaN(ImportanceBound.logMean(new double[] {0, Double.NaN})));
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "ImportanceBound.logMean: expected at least 1 weight but got 0. Draw a sample first.",
                () -> ImportanceBound.logMean(new double[0]));
    }

    private static double[] logs(double... weights) {
        return Nested.map(weights, Math::log);
    }
}
