package atelier.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.Tensor;

/** How far two tensors are apart, measured against the largest number in the first. */
final class Closeness {

    /** cuDNN may multiply in TF32, whose numbers have 10 bits behind the point: 2⁻¹¹ = 5e-4, fifty times 1e-5. */
    private static final double ON_A_GPU = 100;

    private Closeness() {}

    /** max |a − b| / max |a|. */
    static double relative(Tensor expected, Tensor actual) {
        assertArrayEquals(expected.shape(), actual.shape());
        float[] a = expected.rowMajor().data();
        float[] b = actual.rowMajor().data();
        double largest = 1e-30;
        double apart = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i]));
            apart = Math.max(apart, Math.abs((double) a[i] - b[i]));
            assertTrue(Float.isFinite(a[i]) && Float.isFinite(b[i]), "finite numbers at " + i);
        }
        return apart / largest;
    }

    static void assertClose(Tensor expected, Tensor actual, double tolerance, String what) {
        double apart = relative(expected, actual);
        double allowed = Nd4jRuntime.isCuda() ? ON_A_GPU * tolerance : tolerance;
        assertTrue(apart <= allowed, what + " is " + apart + " apart, more than " + allowed);
    }
}
