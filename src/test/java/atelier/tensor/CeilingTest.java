package atelier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CeilingTest {

    /** No timing here: what is timed must be what it says it is. */
    @Test
    void theStreamIsTheSameOnVectorsAndWithoutThem() {
        int n = 100;
        float[] b = new float[n];
        float[] c = new float[n];
        RandomStream.seed(1).fillNormal(b, 0, n, 1);
        RandomStream.seed(2).fillNormal(c, 0, n, 1);
        float[] fast = new float[n];
        float[] plain = new float[n];
        Kernels.best().triad(b, c, 3, fast, 7, 93);
        new PlainKernels().triad(b, c, 3, plain, 7, 93);
        assertArrayEquals(plain, fast);
        assertEquals(0, fast[6]);
        assertEquals(Math.fma(c[7], 3f, b[7]), fast[7]);
        assertEquals(Math.fma(c[92], 3f, b[92]), fast[92]);
        assertEquals(0, fast[93]);
    }

    /** s ← s + f·f from 1, 2, 3 …: two rounds of f = ½ add ½ to each chain. */
    @Test
    void everyChainOfMultiplyAddsIsWalked() {
        float sum = 0;
        for (int chain = 1; chain <= Kernels.INDEPENDENT; chain++) {
            sum += chain + 0.5f;
        }
        if (Kernels.best() instanceof PlainKernels) {
            sum = new PlainKernels().multiplyAdds(2, 0.5f);
        }
        assertEquals(sum, Kernels.best().multiplyAdds(2, 0.5f), 1e-5);
        assertEquals(10 + 4 * 12 * 0.25f, new PlainKernels().multiplyAdds(2, 0.5f), 1e-5);
    }

    @Test
    void bothCeilingsAreNumbers() {
        for (int threads : new int[] {1, 2}) {
            assertTrue(Ceiling.flops(threads, 0.1) > 1e6);
            assertTrue(Ceiling.bandwidth(threads, 0.1) > 1e6);
        }
    }
}
