package atelier.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingTest {

    @Test
    void n4_aTwentiethDoneAloneLimitsAThousandMachinesToTwenty() {
        assertEquals(1, Scaling.amdahl(0.05, 1), 1e-12);
        assertEquals(1 / (0.05 + 0.95 / 4), Scaling.amdahl(0.05, 4), 1e-12);
        assertTrue(Scaling.amdahl(0.05, 1_000_000) < 20 && Scaling.amdahl(0.05, 1_000_000) > 19.99);
        assertEquals(7, Scaling.amdahl(0, 7), 1e-12);
    }

    /** Four machines, 8 bytes, 2 bytes a second, a second of latency: three rounds of 2 bytes, twice. */
    @Test
    void n5_aRingSendsQuartersSixTimes() {
        double seconds = 0;
        for (int round = 0; round < 6; round++) {
            seconds += 8.0 / 4 / 2 + 1;
        }
        assertEquals(seconds, Scaling.ring(4, 8, 2, 1), 1e-12);
        assertEquals(0, Scaling.ring(1, 8, 2, 1), 1e-12);
    }

    @Test
    void n6_aTreeSendsTheWholeUpAndDown() {
        assertEquals(0, Scaling.tree(1, 8, 2, 1), 1e-12);
        assertEquals(2 * (4 + 1), Scaling.tree(2, 8, 2, 1), 1e-12);
        assertEquals(4 * (4 + 1), Scaling.tree(3, 8, 2, 1), 1e-12);
        assertEquals(4 * (4 + 1), Scaling.tree(4, 8, 2, 1), 1e-12);
        assertEquals(6 * (4 + 1), Scaling.tree(5, 8, 2, 1), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 10, 30})
    void n7_belowTheBoundItComesToRestAndAboveItDoesNot(int delay) {
        double bound = Scaling.stableBelow(delay);
        double[] below = Scaling.stale(0.98 * bound, delay, 40_000);
        double[] above = Scaling.stale(1.02 * bound, delay, 40_000);
        assertTrue(Math.abs(below[40_000]) < 1e-3, () -> "below: " + below[40_000]);
        assertTrue(!(Math.abs(above[40_000]) < 1e3), () -> "above: " + above[40_000]);
    }

    @Test
    void n8_waitsAndCrossesAndComputes() {
        assertEquals(3 * 2 + 8.0 / 4 + 100.0 / 50, Scaling.offload(3, 2, 8, 4, 100, 50), 1e-12);
    }

    @Test
    void n7_threeStepsByHand() {
        double[] w = Scaling.stale(0.5, 1, 3);
        assertEquals(0.5, w[1], 1e-12);
        assertEquals(0, w[2], 1e-12); // 0.5 − 0.5·1
        assertEquals(-0.25, w[3], 1e-12); // 0 − 0.5·0.5
    }
}
