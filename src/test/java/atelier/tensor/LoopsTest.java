package atelier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopsTest {

    private static final PlainKernels PLAIN = new PlainKernels();

    @Test
    void everyFiniteNumberIsFinite() {
        float[] extremes = {
            0, -0f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, Float.MIN_NORMAL, 1, -1, Float.MAX_VALUE
        };
        float[] many = new float[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = extremes[i % extremes.length];
        }
        for (float[] values : new float[][] {extremes, many, new float[0]}) {
            assertTrue(Loops.allFinite(values));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void oneThatIsNotIsFoundAnywhere(float bad) {
        for (int length = 1; length < 70; length++) {
            for (int at = 0; at < length; at++) {
                float[] values = new float[length];
                values[at] = bad;
                assertFalse(Loops.allFinite(values), length + " numbers, number " + at);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void oneThatIsNotIsFoundInAnyPieceOfALongArray(float bad) {
        float[] values = new float[100_003];
        assertTrue(Loops.allFinite(values));
        for (int at = 0; at < values.length; at += 16_667) {
            values[at] = bad;
            assertFalse(Loops.allFinite(values), "number " + at);
            values[at] = 0;
        }
        values[values.length - 1] = bad;
        assertFalse(Loops.allFinite(values));
    }

    @Test
    void normalisingIsTheSameWithVectorsAndWithout() {
        for (int columns : new int[] {1, 7, 16, 33, 70}) {
            int rows = 9;
            float[][] given = new float[7][];
            for (int i = 0; i < given.length; i++) {
                given[i] = new float[i < 2 ? 3 + rows * columns : columns];
                RandomStream.seed(columns).split(i).fillNormal(given[i], 0, given[i].length, 1);
            }
            float[] expected = new float[3 + rows * columns];
            float[] got = expected.clone();
            PLAIN.normalise(given[0], 3, rows, columns, given[2], given[3], given[4], given[5], expected);
            Loops.normalise(given[0], 3, rows, columns, given[2], given[3], given[4], given[5], got);
            assertArrayEquals(expected, got);
            PLAIN.normaliseBackward(
                    given[0], given[1], 3, rows, columns, given[2], given[3], given[4], given[5], given[6], expected);
            Loops.normaliseBackward(
                    given[0], given[1], 3, rows, columns, given[2], given[3], given[4], given[5], given[6], got);
            assertArrayEquals(expected, got);
        }
    }

    @Test
    void columnSumsAreTheSameWithVectorsAndWithout() {
        for (int columns : new int[] {1, 7, 16, 33, 70}) {
            float[] x = new float[3 + 9 * columns];
            RandomStream.seed(columns).fillNormal(x, 0, x.length, 1);
            float[] expected = new float[columns];
            float[] got = new float[columns];
            PLAIN.columnSums(x, 3, 9, columns, expected, 0);
            Loops.columnSums(x, 3, 9, columns, got, 0);
            for (int j = 0; j < columns; j++) {
                assertEquals(expected[j], got[j]);
            }
        }
    }
}
