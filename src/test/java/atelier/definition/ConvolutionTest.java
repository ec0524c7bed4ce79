package atelier.definition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {

    private static final double[][][][] IMAGE = Nested.images(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
    private static final double[][][][] KERNEL = Nested.images(new double[] {1, 0, 3, -2}, 1, 1, 2, 2);

    // ---- worked by hand ----

    @Test
    void c1_matchesTheCaseWorkedByHand() {
        double[][][][] y = Convolution.forward(IMAGE, KERNEL, new double[] {0.5}, 1, 0, 1);
        // 1·1 + 0·2 + 3·4 − 2·5 + ½ = 3.5, then one pixel to the right, then one row down
        assertArrayEquals(new double[] {3.5, 5.5, 9.5, 11.5}, Nested.flat(y));
    }

    @Test
    void c1_readsZerosFromThePadding() {
        double[][][][] y = Convolution.forward(IMAGE, KERNEL, new double[] {0}, 3, 1, 1);
        // patches with their top left at (−1,−1), (−1,2), (2,−1), (2,2)
        assertArrayEquals(new double[] {-2 * 1, 3 * 3, 0 * 7, 1 * 9}, Nested.flat(y));
    }

    @Test
    void c1_dilationSpreadsTheKernel() {
        double[][][][] y = Convolution.forward(IMAGE, KERNEL, new double[] {0}, 1, 0, 2);
        assertArrayEquals(new double[] {1 * 1 + 0 * 3 + 3 * 7 - 2 * 9}, Nested.flat(y));
    }

    @Test
    void c1_sumsOverChannels() {
        double[][][][] x = Nested.images(new double[] {2, 3, 5, 7}, 1, 2, 1, 2);
        double[][][][] w = Nested.images(new double[] {10, 100, 1000, 10000}, 2, 2, 1, 1);
        double[][][][] y = Convolution.forward(x, w, new double[] {1, 2}, 1, 0, 1);
        assertArrayEquals(new double[] {521, 731, 52002, 73002}, Nested.flat(y));
    }

    @Test
    void c2_dWMatchesTheCaseWorkedByHand() {
        double[][][][] dY = Nested.images(new double[] {1, 10, 100, 1000}, 1, 1, 2, 2);
        double[][][][] dW = Convolution.dW(dY, IMAGE, 2, 1, 0, 1);
        // at (0,0): 1·1 + 10·2 + 100·4 + 1000·5
        assertArrayEquals(new double[] {5421, 6532, 8754, 9865}, Nested.flat(dW));
        assertArrayEquals(new double[] {1111}, Convolution.db(dY));
    }

    @Test
    void c3_dXMatchesTheCaseWorkedByHand() {
        double[][][][] dY = Nested.images(new double[] {1, 10, 100, 1000}, 1, 1, 2, 2);
        double[][][][] dX = Convolution.dX(dY, KERNEL, 3, 3, 1, 0, 1);
        double[] expected = {1, 10, 0, 3 + 100, -2 + 30 + 1000, -20, 300, -200 + 3000, -2000};
        assertArrayEquals(expected, Nested.flat(dX));
    }

    @ParameterizedTest(name = "H={0} R={1} s={2} p={3} d={4}: I={5}")
    @CsvSource({"28, 5, 1, 0, 1, 24", "28, 5, 1, 2, 1, 28", "7, 3, 2, 1, 1, 4", "8, 3, 2, 0, 1, 3", "9, 3, 2, 1, 2, 4"})
    void c4_countsThePlacesOfTheKernel(int size, int kernel, int stride, int padding, int dilation, int expected) {
        assertEquals(expected, Convolution.outputSize(size, kernel, stride, padding, dilation));
        int places = 0;
        for (int first = -padding; first + dilation * (kernel - 1) < size + padding; first += stride) {
            places++;
        }
        assertEquals(expected, places);
    }

    // ---- finite differences ----

    @ParameterizedTest(name = "N={0} C={1} H={2} W={3} K={4} R={5} s={6} p={7} d={8}")
    @CsvSource({
        "1, 1, 4, 5, 1, 3, 1, 0, 1",
        "2, 3, 5, 6, 4, 3, 1, 0, 1",
        "2, 3, 5, 7, 2, 3, 2, 1, 1",
        "2, 2, 8, 6, 3, 3, 2, 0, 1",
        "1, 2, 7, 6, 3, 2, 3, 2, 1",
        "2, 2, 7, 9, 3, 3, 1, 0, 2",
        "2, 3, 6, 8, 2, 2, 2, 1, 3",
        "3, 2, 3, 4, 2, 1, 1, 0, 1",
        "1, 2, 2, 3, 2, 3, 1, 2, 1",
        "2, 2, 1, 4, 3, 1, 1, 0, 1",
    })
    void c2_dWAndDbMatchFiniteDifferences(int n, int c, int h, int w, int k, int r, int s, int p, int d) {
        double[][][][] x = RandomArrays.images(1, n, c, h, w);
        double[][][][] weights = RandomArrays.images(2, k, c, r, r);
        double[] b = RandomArrays.vector(3, k);
        assertRight(GradientCheck.of(
                weights, v -> Convolution.forward(x, v, b, s, p, d), dY -> Convolution.dW(dY, x, r, s, p, d)));
        assertRight(GradientCheck.of(b, v -> Convolution.forward(x, weights, v, s, p, d), Convolution::db));
    }

    @ParameterizedTest(name = "N={0} C={1} H={2} W={3} K={4} R={5} s={6} p={7} d={8}")
    @CsvSource({
        "1, 1, 4, 5, 1, 3, 1, 0, 1",
        "2, 3, 5, 6, 4, 3, 1, 0, 1",
        "2, 3, 5, 7, 2, 3, 2, 1, 1",
        "2, 2, 8, 6, 3, 3, 2, 0, 1",
        "1, 2, 7, 6, 3, 2, 3, 2, 1",
        "2, 2, 7, 9, 3, 3, 1, 0, 2",
        "2, 3, 6, 8, 2, 2, 2, 1, 3",
        "3, 2, 3, 4, 2, 1, 1, 0, 1",
        "1, 2, 2, 3, 2, 3, 1, 2, 1",
        "2, 2, 1, 4, 3, 1, 1, 0, 1",
    })
    void c3_dXMatchesFiniteDifferences(int n, int c, int h, int w, int k, int r, int s, int p, int d) {
        double[][][][] x = RandomArrays.images(4, n, c, h, w);
        double[][][][] weights = RandomArrays.images(5, k, c, r, r);
        double[] b = RandomArrays.vector(6, k);
        assertRight(GradientCheck.of(
                x, v -> Convolution.forward(v, weights, b, s, p, d), dY -> Convolution.dX(dY, weights, h, w, s, p, d)));
    }

    // ---- laws ----

    @Test
    void c1_aKernelWithASingleOneGivesTheImageBack() {
        double[][][][] x = RandomArrays.images(7, 2, 1, 5, 6);
        double[][][][] delta = new double[1][1][3][3];
        delta[0][0][1][1] = 1;
        assertArrayEquals(x, Convolution.forward(x, delta, new double[1], 1, 1, 1));
    }

    @Test
    void c1_anImageWithASingleOneGivesTheKernelTurnedBy180Degrees() {
        double[][][][] delta = new double[1][1][5][5];
        delta[0][0][2][2] = 1;
        double[][][][] w = RandomArrays.images(8, 1, 1, 3, 3);
        assertArrayEquals(turned(w), Convolution.forward(delta, w, new double[1], 1, 0, 1));
    }

    @Test
    void c3_isTheAdjointOfC1() {
        double[][][][] x = RandomArrays.images(9, 2, 3, 7, 6);
        double[][][][] w = RandomArrays.images(10, 4, 3, 3, 3);
        double[][][][] y = Convolution.forward(x, w, new double[4], 2, 1, 1);
        double[][][][] dY = RandomArrays.like(11, y);
        assertEquals(dot(y, dY), dot(x, Convolution.dX(dY, w, 7, 6, 2, 1, 1)), 1e-12);
        assertEquals(dot(y, dY), dot(w, Convolution.dW(dY, x, 3, 2, 1, 1)), 1e-12);
    }

    @Test
    void c3_withoutStrideIsAConvolutionOfDYWithTheTurnedKernel() {
        double[][][][] dY = RandomArrays.images(12, 2, 4, 5, 6);
        double[][][][] w = RandomArrays.images(13, 4, 3, 3, 3);
        double[][][][] dX = Convolution.dX(dY, w, 5, 6, 1, 1, 1);
        double[][][][] same = Convolution.forward(dY, swapped(turned(w)), new double[3], 1, 3 - 1 - 1, 1);
        assertTrue(Difference.largest(dX, same).relative() < 1e-14);
    }

    @Test
    void c2_isAConvolutionInWhichStrideAndDilationChangePlaces() {
        double[][][][] x = RandomArrays.images(14, 2, 3, 7, 7);
        double[][][][] dY = RandomArrays.images(15, 2, 4, 3, 3); // 7 with R = 3 and s = 2
        double[][][][] dW = Convolution.dW(dY, x, 3, 2, 0, 1);
        double[][][][] same = swapped(Convolution.forward(swapped(x), swapped(dY), new double[4], 1, 0, 2));
        assertTrue(Difference.largest(dW, same).relative() < 1e-14);
    }

    // ---- what it refuses ----

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "Convolution: expected a kernel that fits into 3 padded pixels but got one that reaches over 5. "
                        + "Use a smaller kernel or dilation, or more padding.",
                () -> Convolution.outputSize(3, 3, 1, 0, 2));
        assertSays(
                "Convolution.forward: expected b of shape [1] but got [2]. Compare with the shapes in its Javadoc.",
                () -> Convolution.forward(IMAGE, KERNEL, new double[2], 1, 0, 1));
        assertSays(
                "Convolution.dX: expected dY of shape [1, 1, 2, 2] but got [1, 1, 3, 3]. "
                        + "Compare with the shapes in its Javadoc.",
                () -> Convolution.dX(IMAGE, KERNEL, 3, 3, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Convolution.dW(IMAGE, IMAGE, 2, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Convolution.outputSize(3, 6, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Convolution.outputSize(3, 0, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Convolution.outputSize(3, 2, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Convolution.outputSize(3, 2, 1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> Convolution.outputSize(3, 2, 1, 0, 0));
    }

    // ---- tools ----

    static void assertRight(GradientCheck check) {
        assertTrue(check.passes(), check::toString);
    }

    static void assertSays(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    static double dot(Object a, Object b) {
        double sum = 0;
        double[] first = Nested.flat(a);
        double[] second = Nested.flat(b);
        assertEquals(first.length, second.length);
        for (int i = 0; i < first.length; i++) {
            sum += first[i] * second[i];
        }
        return sum;
    }

    private static double[][][][] turned(double[][][][] w) {
        int r = w[0][0].length;
        double[][][][] turned = Nested.copy(w);
        for (int k = 0; k < w.length; k++) {
            for (int c = 0; c < w[0].length; c++) {
                for (int u = 0; u < r; u++) {
                    for (int v = 0; v < r; v++) {
                        turned[k][c][u][v] = w[k][c][r - 1 - u][r - 1 - v];
                    }
                }
            }
        }
        return turned;
    }

    private static double[][][][] swapped(double[][][][] w) {
        double[][][][] swapped = new double[w[0].length][w.length][][];
        for (int k = 0; k < w.length; k++) {
            for (int c = 0; c < w[0].length; c++) {
                swapped[c][k] = w[k][c];
            }
        }
        return swapped;
    }
}
