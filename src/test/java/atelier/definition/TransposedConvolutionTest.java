package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static atelier.definition.ConvolutionTest.assertSays;
import static atelier.definition.ConvolutionTest.dot;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransposedConvolutionTest {

    private static final double[][][][] IMAGE = Nested.images(new double[] {1, 2, 3, 4}, 1, 1, 2, 2);
    private static final double[][][][] KERNEL = Nested.images(new double[] {1, 10, 100, 1000}, 1, 1, 2, 2);

    private static final String SHAPES = """
            1, 1, 3, 4, 1, 2, 1, 0
            2, 3, 4, 5, 4, 3, 1, 0
            2, 2, 5, 4, 3, 3, 1, 1
            2, 3, 3, 4, 2, 4, 2, 1
            2, 2, 4, 3, 3, 3, 2, 0
            1, 2, 3, 5, 3, 5, 2, 2
            2, 3, 2, 4, 2, 4, 3, 1
            1, 2, 4, 3, 3, 2, 3, 0
            2, 4, 3, 2, 1, 5, 3, 2
            3, 2, 1, 4, 3, 1, 1, 0
            """;

    // ---- worked by hand ----

    @Test
    void c5_matchesTheCaseWorkedByHand() {
        double[][][][] y = TransposedConvolution.forward(IMAGE, KERNEL, new double[] {0.5}, 1, 0);
        // four stamps 1·K, 2·K, 3·K, 4·K; in the middle they overlap: 1·1000 + 2·100 + 3·10 + 4·1
        double[] expected = {1.5, 12.5, 20.5, 103.5, 1234.5, 2040.5, 300.5, 3400.5, 4000.5};
        assertArrayEquals(expected, Nested.flat(y));
    }

    @Test
    void c5_aStrideBeyondTheKernelLeavesGapsThatHoldTheBias() {
        double[][][][] x = Nested.images(new double[] {1, 2}, 1, 1, 1, 2);
        double[][][][] y = TransposedConvolution.forward(x, KERNEL, new double[] {7}, 3, 0);
        assertArrayEquals(new double[] {8, 17, 7, 9, 27, 107, 1007, 7, 207, 2007}, Nested.flat(y));
    }

    @Test
    void c5_paddingIsCutOff() {
        double[][][][] y = TransposedConvolution.forward(IMAGE, KERNEL, new double[1], 1, 1);
        assertArrayEquals(new double[] {1234}, Nested.flat(y));
    }

    @Test
    void c5_sumsOverChannels() {
        double[][][][] x = Nested.images(new double[] {2, 3}, 1, 2, 1, 1);
        double[][][][] w = Nested.images(new double[] {10, 100, 1000, 10000}, 2, 2, 1, 1);
        double[][][][] y = TransposedConvolution.forward(x, w, new double[] {1, 2}, 1, 0);
        assertArrayEquals(new double[] {1 + 2 * 10 + 3 * 1000, 2 + 2 * 100 + 3 * 10000}, Nested.flat(y));
    }

    @Test
    void c6_dWMatchesTheCaseWorkedByHand() {
        double[][][][] dY = Nested.images(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
        double[][][][] dW = TransposedConvolution.dW(dY, IMAGE, 2, 1, 0);
        // at (0,0): 1·1 + 2·2 + 3·4 + 4·5
        assertArrayEquals(new double[] {37, 47, 67, 77}, Nested.flat(dW));
        assertArrayEquals(new double[] {45}, TransposedConvolution.db(dY));
    }

    @Test
    void c7_dXMatchesTheCaseWorkedByHand() {
        double[][][][] dY = Nested.images(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
        double[][][][] dX = TransposedConvolution.dX(dY, KERNEL, 2, 2, 1, 0);
        // at (0,0): 1·1 + 10·2 + 100·4 + 1000·5
        assertArrayEquals(new double[] {5421, 6532, 8754, 9865}, Nested.flat(dX));
    }

    @ParameterizedTest(name = "I={0} R={1} s={2} p={3}: H={4}")
    @CsvSource({"7, 4, 2, 1, 14", "14, 4, 2, 1, 28", "7, 2, 2, 0, 14", "4, 3, 1, 1, 4", "3, 2, 3, 0, 8", "1, 5, 1, 2, 1"
    })
    void c8_countsTheRowsThatTheStampsCover(int size, int kernel, int stride, int padding, int expected) {
        assertEquals(expected, TransposedConvolution.outputSize(size, kernel, stride, padding));
        int last = stride * (size - 1) + kernel - 1; // row of the last stamp's last entry
        assertEquals(expected, last + 1 - 2 * padding);
        assertEquals(size, Convolution.outputSize(expected, kernel, stride, padding, 1)); // (C4) leads back
    }

    // ---- finite differences ----

    @ParameterizedTest(name = "N={0} C={1} I={2} J={3} K={4} R={5} s={6} p={7}")
    @CsvSource(textBlock = SHAPES)
    void c6_dWAndDbMatchFiniteDifferences(int n, int c, int i, int j, int k, int r, int s, int p) {
        double[][][][] x = RandomArrays.images(1, n, c, i, j);
        double[][][][] w = RandomArrays.images(2, c, k, r, r);
        double[] b = RandomArrays.vector(3, k);
        assertRight(GradientCheck.of(
                w, v -> TransposedConvolution.forward(x, v, b, s, p), dY -> TransposedConvolution.dW(dY, x, r, s, p)));
        assertRight(GradientCheck.of(b, v -> TransposedConvolution.forward(x, w, v, s, p), TransposedConvolution::db));
    }

    @ParameterizedTest(name = "N={0} C={1} I={2} J={3} K={4} R={5} s={6} p={7}")
    @CsvSource(textBlock = SHAPES)
    void c7_dXMatchesFiniteDifferences(int n, int c, int i, int j, int k, int r, int s, int p) {
        double[][][][] x = RandomArrays.images(4, n, c, i, j);
        double[][][][] w = RandomArrays.images(5, c, k, r, r);
        double[] b = RandomArrays.vector(6, k);
        assertRight(GradientCheck.of(
                x,
                v -> TransposedConvolution.forward(v, w, b, s, p),
                dY -> TransposedConvolution.dX(dY, w, i, j, s, p)));
    }

    // ---- laws ----

    /** ⟨conv(x, w), y⟩ = ⟨x, convᵀ(y, w)⟩, whatever x, y and w. */
    @ParameterizedTest(name = "N={0} C={1} I={2} J={3} K={4} R={5} s={6} p={7}")
    @CsvSource(textBlock = SHAPES)
    void c5_c7_areTheAdjointOfConvolution(int n, int c, int i, int j, int k, int r, int s, int p) {
        int h = TransposedConvolution.outputSize(i, r, s, p);
        int width = TransposedConvolution.outputSize(j, r, s, p);
        double[][][][] x = RandomArrays.images(7, n, k, h, width);
        double[][][][] y = RandomArrays.images(8, n, c, i, j);
        double[][][][] w = RandomArrays.images(9, c, k, r, r);
        double[][][][] conv = Convolution.forward(x, w, new double[c], s, p, 1);
        double[][][][] transposed = TransposedConvolution.forward(y, w, new double[k], s, p);
        assertEquals(dot(conv, y), dot(x, transposed), 1e-11);
        // so each is the other's way back, and both meet the weight at the same places
        assertSame(Convolution.dX(y, w, h, width, s, p, 1), transposed);
        assertSame(conv, TransposedConvolution.dX(x, w, i, j, s, p));
        assertSame(Convolution.dW(y, x, r, s, p, 1), TransposedConvolution.dW(x, y, r, s, p));
    }

    @Test
    void c5_aPixelOf1StampsTheKernelUnturned() {
        double[][][][] delta = new double[1][1][3][4];
        delta[0][0][1][2] = 1;
        double[][][][] y = TransposedConvolution.forward(delta, KERNEL, new double[1], 2, 0);
        assertArrayEquals(new double[] {1, 10}, java.util.Arrays.copyOfRange(y[0][0][2], 4, 6));
        assertArrayEquals(new double[] {100, 1000}, java.util.Arrays.copyOfRange(y[0][0][3], 4, 6));
        assertEquals(1111, dot(y, Nested.map(y, v -> 1)));
    }

    @Test
    void c5_withStampsOfOnesSideBySideIsUpsampling() {
        double[][][][] x = RandomArrays.images(10, 2, 1, 3, 4);
        double[][][][] ones = Nested.map(new double[1][1][3][3], v -> 1);
        assertArrayEquals(NearestUpsampling.forward(x, 3), TransposedConvolution.forward(x, ones, new double[1], 3, 0));
    }

    @Test
    void c5_itUndoesTheSizesNotTheNumbers() {
        double[][][][] y = Convolution.forward(RandomArrays.images(11, 1, 1, 6, 8), KERNEL, new double[1], 2, 0, 1);
        double[][][][] back = TransposedConvolution.forward(y, KERNEL, new double[1], 2, 0);
        assertArrayEquals(new int[] {1, 1, 6, 8}, Nested.sizes(back));
        assertTrue(Difference.largest(RandomArrays.images(11, 1, 1, 6, 8), back).relative() > 1);
    }

    // ---- what it refuses ----

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "TransposedConvolution: expected padding of less than half of the 3 pixels that the stamps cover but "
                        + "got 2. Use less padding.",
                () -> TransposedConvolution.outputSize(2, 2, 1, 2));
        assertSays(
                "TransposedConvolution.forward: expected x of shape [1, 2, 2, 2] but got [1, 1, 2, 2]. "
                        + "Compare with the shapes in its Javadoc.",
                () -> TransposedConvolution.forward(IMAGE, new double[2][1][2][2], new double[1], 1, 0));
        assertSays(
                "TransposedConvolution.forward: expected w of shape [1, 2, 2, 2] but got [1, 1, 2, 2]. "
                        + "Compare with the shapes in its Javadoc.",
                () -> TransposedConvolution.forward(IMAGE, KERNEL, new double[2], 1, 0));
        assertSays(
                "TransposedConvolution.dX: expected dY of shape [1, 1, 3, 3] but got [1, 1, 2, 2]. "
                        + "Compare with the shapes in its Javadoc.",
                () -> TransposedConvolution.dX(IMAGE, KERNEL, 2, 2, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> TransposedConvolution.dW(IMAGE, IMAGE, 2, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> TransposedConvolution.outputSize(0, 2, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> TransposedConvolution.outputSize(3, 0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> TransposedConvolution.outputSize(3, 2, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> TransposedConvolution.outputSize(3, 2, 1, -1));
    }

    private static void assertSame(double[][][][] expected, double[][][][] actual) {
        Difference worst = Difference.largest(expected, actual);
        assertTrue(worst.relative() < 1e-14, worst::toString);
    }
}
