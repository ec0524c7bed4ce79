package atelier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GemmTest {

    private final RandomStream random = RandomStream.seed(1);

    @AfterEach
    void allCores() {
        Parallel.threads(Runtime.getRuntime().availableProcessors());
    }

    private float[] numbers(int length) {
        float[] numbers = new float[length];
        random.fillNormal(numbers, 0, length, 1);
        return numbers;
    }

    /** (G0) as it reads, each sum one chain of fused multiply-adds: the bits that every path must give. */
    private static float[] expected(
            boolean aT, boolean bT, int m, int n, int depth, float[] a, float[] b, float[] start) {
        float[] c = new float[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float sum = start[i * n + j];
                for (int q = 0; q < depth; q++) {
                    sum = Math.fma(aT ? a[q * m + i] : a[i * depth + q], bT ? b[j * depth + q] : b[q * n + j], sum);
                }
                c[i * n + j] = sum;
            }
        }
        return c;
    }

    static Stream<int[]> shapes() {
        return Stream.of(new int[][] {
            {1, 1, 1},
            {2, 3, 4},
            {5, 1, 7},
            {1, 40, 3},
            {7, 33, 5},
            {6, 32, 9},
            {13, 17, 19},
            {25, 16, 64},
            {64, 10, 128},
            {97, 130, 31},
            {100, 63, 50},
            {200, 65, 33},
            {3, 300, 20},
            {64, 100, 300}, // large enough for several pieces: side by side,
            {193, 130, 50}, // one under the other,
            {410, 20, 60},
            {130, 64, 70},
            {200, 75, 530}, // with the depth in blocks, and a panel that is not full
            {200, 75, 1600},
            {97, 2049, 2048}, // and with a B that is too large for a second copy
            {1, 784, 600},
            {64, 300, 200}, // few rows: a transposed B is read as it stands
            {0, 3, 2},
            {3, 2, 0}
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void g0_allFourTranspositionsGiveTheBitsOfThePlainSum(int[] shape) {
        int m = shape[0];
        int n = shape[1];
        int depth = shape[2];
        float[] a = numbers(m * depth);
        float[] b = numbers(depth * n);
        float[] old = numbers(m * n);
        for (boolean aT : new boolean[] {false, true}) {
            for (boolean bT : new boolean[] {false, true}) {
                for (boolean accumulate : new boolean[] {false, true}) {
                    float[] expected = expected(aT, bT, m, n, depth, a, b, accumulate ? old : new float[m * n]);
                    for (int threads = 1; threads <= 3; threads++) {
                        Parallel.threads(threads);
                        float[] c = old.clone();
                        Gemm.multiply(aT, bT, m, n, depth, a, b, accumulate, c);
                        assertArrayEquals(expected, c, 0f);
                    }
                    float[] plain = old.clone();
                    new Gemm(new PlainKernels())
                            .block(aT, bT, 0, m, 0, n, m, n, depth, a, b, null, null, accumulate, plain);
                    assertArrayEquals(expected, plain, 0f);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theBiasIsWhereEverySumStarts(int[] shape) {
        int m = shape[0];
        int n = shape[1];
        int depth = shape[2];
        float[] a = numbers(m * depth);
        float[] b = numbers(depth * n);
        float[] bias = numbers(n);
        float[] start = new float[m * n];
        for (int i = 0; i < m * n; i++) {
            start[i] = bias[i % n];
        }
        float[] c = numbers(m * n);
        float[] plain = c.clone();
        Gemm.multiply(false, false, m, n, depth, a, b, bias, false, c);
        new Gemm(new PlainKernels()).block(false, false, 0, m, 0, n, m, n, depth, a, b, null, bias, false, plain);
        assertArrayEquals(expected(false, false, m, n, depth, a, b, start), c, 0f);
        assertArrayEquals(c, plain, 0f);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void g0_packedPanelsGiveTheSameBits(int[] shape) {
        int m = shape[0];
        int n = shape[1];
        int depth = shape[2];
        float[] a = numbers(m * depth);
        float[] b = numbers(depth * n);
        Packed packed = new Packed(depth, n);
        packed.set(numbers(depth * n)); // what was there before is forgotten
        packed.set(b);
        float[] c = numbers(m * n + 3);
        Gemm.mine().multiplyRows(m, a, 0, packed, null, c, 3);
        assertArrayEquals(
                expected(false, false, m, n, depth, a, b, new float[m * n]),
                java.util.Arrays.copyOfRange(c, 3, c.length));
    }

    @Test
    void panelsForOtherVectorsAreRefused() {
        Packed packed = new Packed(2, 2);
        if (Kernels.best().lanes() != new PlainKernels().lanes()) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> Gemm.plain().multiplyRows(1, new float[2], 0, packed, null, new float[2], 0));
            assertTrue(e.getMessage().contains("Gemm.mine()"), e.getMessage());
        }
    }

    @Test
    void workedByHand() {
        float[] c = new float[4];
        Gemm.multiply(false, false, 2, 2, 3, new float[] {1, 2, 3, 4, 5, 6}, new float[] {1, 0, 0, 1, 2, -1}, false, c);
        assertArrayEquals(new float[] {7, -1, 16, -1}, c);
    }

    @Test
    void theVectorPathIsTheOneUnderTestWhereTheModuleIsThere() {
        boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertEquals(module, !(Kernels.best() instanceof PlainKernels));
    }

    @Test
    void tooShortAnArrayIsRefusedByName() {
        assertTrue(assertThrows(
                        ShapeException.class,
                        () -> Gemm.multiply(false, false, 2, 2, 3, new float[5], new float[6], false, new float[4]))
                .getMessage()
                .contains("A to hold 2×3 numbers but got 5"));
    }
}
