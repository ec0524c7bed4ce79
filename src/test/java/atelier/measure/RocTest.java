package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.RandomStream;
import org.junit.jupiter.api.Test;

class RocTest {

    private static final double[] SCORES = {0.9, 0.8, 0.8, 0.6, 0.3};
    private static final boolean[] POSITIVE = {true, true, false, false, true};

    @Test
    void m11_pointsAreWorkedOutByHand() {
        Roc roc = Roc.of(SCORES, POSITIVE);
        assertArrayEquals(new double[] {Double.POSITIVE_INFINITY, 0.9, 0.8, 0.6, 0.3}, roc.thresholds());
        assertArrayEquals(new double[] {0, 1 / 3.0, 2 / 3.0, 2 / 3.0, 1}, roc.truePositives(), 1e-15);
        assertArrayEquals(new double[] {0, 0, 1 / 2.0, 1, 1}, roc.falsePositives(), 1e-15);
    }

    @Test
    void m12_aucIsWorkedOutByHand() {
        // 6 pairs: 0.9 wins 2, 0.8 ties one and wins one, 0.3 loses both
        assertEquals(3.5 / 6, Roc.of(SCORES, POSITIVE).auc(), 1e-15);
    }

    @Test
    void m12_ranksPairsAndTrapezoidsAgree() {
        RandomStream random = RandomStream.seed(1);
        for (int trial = 0; trial < 20; trial++) {
            double[] scores = new double[57];
            boolean[] positive = new boolean[57];
            for (int i = 0; i < 57; i++) {
                positive[i] = i % 3 == 0;
                scores[i] = random.below(1 + trial * 3) + (positive[i] ? 1 : 0); // many ties at first
            }
            Roc roc = Roc.of(scores, positive);
            assertEquals(pairs(scores, positive), roc.auc(), 1e-12);
            assertEquals(area(roc), roc.auc(), 1e-12);
        }
    }

    private static double pairs(double[] scores, boolean[] positive) {
        double won = 0;
        int pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (positive[i] && !positive[j]) {
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return won / pairs;
    }

    private static double area(Roc roc) {
        double area = 0;
        for (int i = 1; i < roc.thresholds().length; i++) {
            double width = roc.falsePositives()[i] - roc.falsePositives()[i - 1];
            area += width * (roc.truePositives()[i] + roc.truePositives()[i - 1]) / 2;
        }
        return area;
    }

    @Test
    void aPerfectScoreIsOneItsOppositeNoneAndAConstantAHalf() {
        boolean[] positive = {false, true, false, true};
        assertEquals(1, Roc.of(new double[] {1, 3, 2, 4}, positive).auc());
        assertEquals(0, Roc.of(new double[] {4, 2, 3, 1}, positive).auc());
        assertEquals(0.5, Roc.of(new double[4], positive).auc());
        assertEquals(2, Roc.of(new double[4], positive).thresholds().length);
    }

    @Test
    void onlyTheOrderOfTheScoresMatters() {
        double[] stretched = SCORES.clone();
        double[] turned = SCORES.clone();
        for (int i = 0; i < stretched.length; i++) {
            stretched[i] = Math.exp(5 * stretched[i]);
            turned[i] = -turned[i];
        }
        assertEquals(Roc.of(SCORES, POSITIVE).auc(), Roc.of(stretched, POSITIVE).auc());
        assertEquals(
                1 - Roc.of(SCORES, POSITIVE).auc(), Roc.of(turned, POSITIVE).auc(), 1e-15);
    }

    @Test
    void withoutBothKindsThereIsNoCurve() {
        Exception error = assertThrows(IllegalArgumentException.class, () -> Roc.of(new double[3], new boolean[3]));
        assertTrue(error.getMessage().contains("0 of them positive"), error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Roc.of(new double[] {1}, new boolean[] {true}));
        assertThrows(IllegalArgumentException.class, () -> Roc.of(new double[3], new boolean[] {true, false}));
        assertThrows(
                IllegalArgumentException.class,
                () -> Roc.of(new double[] {1, Double.NaN}, new boolean[] {true, false}));
    }
}
