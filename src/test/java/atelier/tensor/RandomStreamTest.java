package atelier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RandomStreamTest {

    @Test
    void r1_bitsAreTheSameOnEveryMachine() {
        RandomStream random = RandomStream.seed(42);
        long hash = 0;
        for (int i = 0; i < 1000; i++) {
            hash = hash * 31 + random.bits();
        }
        for (int i = 0; i < 1000; i++) {
            hash = hash * 31 + Double.doubleToLongBits(random.normal());
        }
        assertEquals(GOLDEN, hash, "numbers of seed 42 changed, on this JDK or by an edit");
    }

    private static final long GOLDEN = -2892242877103346678L;

    @Test
    void r2_uniformNumbersFillTheirIntervalEvenly() {
        RandomStream random = RandomStream.seed(1);
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++) {
            double u = random.uniform();
            assertTrue(u >= 0 && u < 1);
            counts[(int) (10 * u)]++;
        }
        double chiSquare = IntStream.of(counts)
                .mapToDouble(c -> (c - 10_000.0) * (c - 10_000.0) / 10_000)
                .sum();
        assertTrue(chiSquare < 27.9, "χ² of 10 classes was " + chiSquare + ", above 27.9 once in a thousand seeds");
    }

    @Test
    void r3_normalNumbersHaveTheMomentsOfTheNormalDistribution() {
        RandomStream random = RandomStream.seed(2);
        int n = 200_000;
        double[] moments = new double[5];
        for (int i = 0; i < n; i++) {
            double x = random.normal();
            for (int power = 1; power <= 4; power++) {
                moments[power] += Math.pow(x, power) / n;
            }
        }
        assertEquals(0, moments[1], 0.01); // 4.5 standard errors
        assertEquals(1, moments[2], 0.015);
        assertEquals(0, moments[3], 0.04);
        assertEquals(3, moments[4], 0.1);
    }

    @Test
    void splitStreamsDependOnTheKeyAloneAndNotOnWhatWasDrawn() {
        RandomStream random = RandomStream.seed(3);
        long first = random.split(7).bits();
        random.bits();
        assertEquals(first, random.split(7).bits());
        assertNotEquals(first, random.split(8).bits());
        assertNotEquals(random.split(0).bits(), RandomStream.seed(3).bits());
    }

    @Test
    void aPositionBringsBackTheSameNumbers() {
        RandomStream random = RandomStream.seed(4);
        random.normal();
        long position = random.position();
        double next = random.normal();
        random.position(position);
        assertEquals(next, random.normal());
    }

    @Test
    void permutationHoldsEachNumberOnceAndEveryPlaceIsEquallyLikely() {
        RandomStream random = RandomStream.seed(5);
        int[] sorted = random.permutation(1000);
        java.util.Arrays.sort(sorted);
        assertArrayEquals(IntStream.range(0, 1000).toArray(), sorted);
        int[][] counts = new int[4][4];
        for (int i = 0; i < 24_000; i++) {
            int[] order = random.permutation(4);
            for (int place = 0; place < 4; place++) {
                counts[place][order[place]]++;
            }
        }
        for (int[] row : counts) {
            for (int count : row) {
                assertEquals(6000, count, 300); // 4.5 standard errors
            }
        }
    }

    @Test
    void belowIsUniformAndRefusesABoundThatIsNotPositive() {
        RandomStream random = RandomStream.seed(6);
        int[] counts = new int[3];
        for (int i = 0; i < 30_000; i++) {
            counts[random.below(3)]++;
        }
        for (int count : counts) {
            assertEquals(10_000, count, 370);
        }
        assertThrows(IllegalArgumentException.class, () -> random.below(0));
    }
}
