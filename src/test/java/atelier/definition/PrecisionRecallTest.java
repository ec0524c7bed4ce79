package atelier.definition;

import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PrecisionRecallTest {

    /** Points on a line; with k = 1 their balls reach 1, 1, 2 and 7 to either side. */
    private static final double[][] X = {{0}, {1}, {3}, {10}};

    @Test
    void e3_e4_ofAFewPointsOnALineAreWorkedOutByHand() {
        double[] radii = {1, 1, 2, 7};
        for (int i = 0; i < 4; i++) {
            assertEquals(radii[i], PrecisionRecall.radius(i, X, 1));
        }
        double[][] y = {{0.5}, {-1.5}, {17}, {17.5}, {2}};
        assertEquals(3 / 5.0, PrecisionRecall.precision(X, y, 1)); // not −1.5 and 17.5; 17 is on the skin of 10's ball
        // the balls of y: 0.5 ± 1.5, −1.5 ± 2, 17 ± 0.5, 17.5 ± 0.5, 2 ± 1.5
        assertEquals(3 / 4.0, PrecisionRecall.recall(X, y, 1)); // all but 10
    }

    @Test
    void e3_e4_ofASetAgainstItselfAreOne() {
        double[][] x = RandomArrays.matrix(1, 12, 3);
        assertEquals(1, PrecisionRecall.precision(x, x, 3));
        assertEquals(1, PrecisionRecall.recall(x, x, 3));
    }

    @Test
    void aPointIsNoNeighbourOfItselfButItsEqualIs() {
        double[][] twins = {{0, 0}, {0, 0}, {3, 4}};
        assertEquals(0, PrecisionRecall.radius(0, twins, 1));
        assertEquals(5, PrecisionRecall.radius(0, twins, 2));
        assertTrue(PrecisionRecall.liesInABall(new double[] {0, 0}, twins, 1));
        assertFalse(PrecisionRecall.liesInABall(new double[] {-3, -4}, twins, 1));
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "PrecisionRecall: expected a neighbour from 1 to 3 but got 4. Each of 4 points has so many.",
                () -> PrecisionRecall.radius(0, X, 4));
    }
}
