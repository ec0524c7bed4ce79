package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LogMeanExpTest {

    private static double of(double... values) {
        LogMeanExp mean = new LogMeanExp();
        for (double a : values) {
            mean.add(a);
        }
        return mean.value();
    }

    @Test
    void itIsTheLogarithmOfAMean() {
        assertEquals(Math.log(3), of(Math.log(1), Math.log(2), Math.log(6)), 1e-15);
        assertEquals(0.7, of(0.7));
        assertEquals(0.7, of(0.7, 0.7, 0.7), 1e-15);
    }

    @Test
    void numbersTooSmallOrTooLargeForADoubleAreNoTrouble() {
        assertEquals(-10_000 + Math.log(2), of(-10_000 + Math.log(1), -10_000 + Math.log(3)), 1e-11);
        assertEquals(10_000 - Math.log(2), of(-10_000, 10_000), 1e-11);
        assertEquals(10_000 - Math.log(2), of(10_000, -10_000), 1e-11);
    }

    @Test
    void theOrderDoesNotMatter() {
        assertEquals(of(-3, 5, 700, 699, -800), of(700, -800, -3, 699, 5), 1e-12);
    }

    @Test
    void noughtsCountAndNothingButNoughtsIsNought() {
        double nought = Double.NEGATIVE_INFINITY;
        assertEquals(-Math.log(2), of(nought, 0), 1e-15);
        assertEquals(nought, of(nought, nought));
        assertEquals(Double.NaN, of(1, Double.NaN, 2));
        assertEquals(Double.NaN, of());
    }
}
