package atelier.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    @Test
    void u5_constantNeverChanges() {
        assertEquals(0.1, Schedule.constant(0.1).at(0, 4));
        assertEquals(0.1, Schedule.constant(0.1).at(3, 4));
    }

    @Test
    void u6_linearLosesAQuarterAStepOfFour() {
        Schedule linear = Schedule.linear(0.8);
        assertEquals(0.8, linear.at(0, 4));
        assertEquals(0.6, linear.at(1, 4), 1e-15);
        assertEquals(0.2, linear.at(3, 4), 1e-15);
    }

    @Test
    void u7_cosineIsHalfWayDownInTheMiddle() {
        Schedule cosine = Schedule.cosine(0.8);
        assertEquals(0.8, cosine.at(0, 6));
        assertEquals(0.6, cosine.at(2, 6), 1e-15); // cos 60° = 1/2
        assertEquals(0.4, cosine.at(3, 6), 1e-15);
        assertEquals(0.2, cosine.at(4, 6), 1e-15);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void decaysFallAndStayAboveZero(int steps) {
        for (Schedule schedule : new Schedule[] {Schedule.linear(0.01), Schedule.cosine(0.01)}) {
            for (int t = 0; t < steps; t++) {
                assertTrue(schedule.at(t, steps) > 0);
                assertTrue(t == 0 || schedule.at(t, steps) < schedule.at(t - 1, steps));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aRateThatIsNoneIsRefused(double rate) {
        assertThrows(IllegalArgumentException.class, () -> Schedule.constant(rate));
    }
}
