package atelier.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CorruptionTest {

    private final Tensor grey = Tensor.filled(0.5f, 50, 1, 28, 28);
    private final Tensor spoilt = Tensor.zeros(50, 1, 28, 28);

    @Test
    void gaussianNoiseHasItsDeviationWhereNothingIsCutOff() {
        Corruption.gaussian(0.1).apply(grey, RandomStream.seed(1), spoilt);
        double mean = 0;
        double square = 0;
        for (float x : spoilt.data()) {
            mean += x - 0.5;
            square += (x - 0.5) * (x - 0.5);
        }
        assertEquals(0, mean / spoilt.length(), 0.002);
        assertEquals(0.1, Math.sqrt(square / spoilt.length()), 0.002);
    }

    @Test
    void gaussianNoiseLiesAroundEveryPixel() {
        Corruption.gaussian(0.001).apply(grey, RandomStream.seed(1), spoilt);
        for (float x : spoilt.data()) {
            assertEquals(0.5, x, 0.008, "8 deviations; Noise has none beyond 7.4");
        }
    }

    @Test
    void pixelsStayBetweenBlackAndWhite() {
        Corruption.gaussian(3).apply(grey, RandomStream.seed(1), spoilt);
        int black = 0;
        for (float x : spoilt.data()) {
            assertTrue(x >= 0 && x <= 1, () -> "" + x);
            black += x == 0 ? 1 : 0;
        }
        assertEquals(0.434, black / (double) spoilt.length(), 0.01, "Φ(−0.5/3)");
    }

    @Test
    void saltAndPepperAreAsManyAndTheRestIsUntouched() {
        Corruption.saltAndPepper(0.3).apply(grey, RandomStream.seed(2), spoilt);
        int[] count = new int[3];
        for (float x : spoilt.data()) {
            assertTrue(x == 0 || x == 0.5f || x == 1);
            count[Math.round(2 * x)]++;
        }
        assertEquals(0.15, count[0] / (double) spoilt.length(), 0.01);
        assertEquals(0.15, count[2] / (double) spoilt.length(), 0.01);
    }

    @Test
    void aBlockIsASquareOfItsSideInsideEveryImage() {
        Corruption.block(8).apply(grey, RandomStream.seed(3), spoilt);
        boolean[] tops = new boolean[28];
        for (int n = 0; n < 50; n++) {
            int black = 0;
            int top = 28;
            int left = 28;
            for (int h = 0; h < 28; h++) {
                for (int w = 0; w < 28; w++) {
                    if (spoilt.at(n, 0, h, w) == 0) {
                        black++;
                        top = Math.min(top, h);
                        left = Math.min(left, w);
                    }
                }
            }
            assertEquals(64, black);
            assertEquals(0, spoilt.at(n, 0, top + 7, left + 7), "it is a square");
            tops[top] = true;
        }
        assertTrue(tops[0] || tops[1], "places differ");
        assertTrue(tops[19] || tops[20], "down to the last row");
    }

    @Test
    void aLargeBlockGoesToEveryPlaceThatItFitsIn() {
        Corruption.block(27).apply(grey, RandomStream.seed(3), spoilt);
        Set<String> places = new TreeSet<>();
        for (int n = 0; n < 50; n++) {
            places.add((spoilt.at(n, 0, 0, 13) == 0 ? "top" : "bottom") + (spoilt.at(n, 0, 13, 0) == 0 ? 0 : 1));
        }
        assertEquals(Set.of("top0", "top1", "bottom0", "bottom1"), places);
        Corruption.block(28).apply(grey, RandomStream.seed(3), spoilt);
        assertArrayEquals(new float[spoilt.length()], spoilt.data());
    }

    @Test
    void theSameChanceSpoilsTheSameWay() {
        Tensor again = Tensor.zeros(50, 1, 28, 28);
        for (Corruption one : List.of(Corruption.gaussian(0.5), Corruption.saltAndPepper(0.5), Corruption.block(10))) {
            one.apply(grey, RandomStream.seed(4), spoilt);
            one.apply(grey, RandomStream.seed(4), again);
            assertArrayEquals(spoilt.data(), again.data());
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        refuses("a deviation above 0, at most 10, but got 0.0", () -> Corruption.gaussian(0));
        refuses("a deviation above 0, at most 10, but got 10.5", () -> Corruption.gaussian(10.5));
        refuses("a deviation above 0, at most 10, but got NaN", () -> Corruption.gaussian(Double.NaN));
        refuses("a probability above 0, at most 1, but got 0.0", () -> Corruption.saltAndPepper(0));
        refuses("a probability above 0, at most 1, but got 1.5", () -> Corruption.saltAndPepper(1.5));
        refuses("a side of 1 or more but got 0", () -> Corruption.block(0));
        RandomStream random = RandomStream.seed(1);
        refuses(
                "a side of at most the image's, 28, but got 29",
                () -> Corruption.block(29).apply(grey, random, spoilt));
        Tensor smaller = Tensor.zeros(49, 1, 28, 28);
        assertThrows(ShapeException.class, () -> Corruption.block(2).apply(grey, random, smaller));
    }

    private static void refuses(String said, Executable wrong) {
        String message = assertThrows(IllegalArgumentException.class, wrong).getMessage();
        assertTrue(message.contains("Corruption: expected " + said + ". "), message);
    }
}
