package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static atelier.definition.ConvolutionTest.assertSays;
import static atelier.definition.ConvolutionTest.dot;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpectralNormalisationTest {

    private static final double[][] W = {{3, 0}, {4, 0}};

    @Test
    void l1_matchesTheCaseWorkedByHand() {
        double[] v = SpectralNormalisation.v(W, new double[] {1, 0}); // Wᵀu = (3, 0)
        assertArrayEquals(new double[] {1, 0}, v);
        assertArrayEquals(new double[] {0.6, 0.8}, SpectralNormalisation.u(W, v)); // Wv = (3, 4)
    }

    @Test
    void l2_matchesTheCaseWorkedByHand() {
        double[] u = {0, 1};
        double[] v = {0.8, 0.6};
        assertEquals(4 * 0.8, SpectralNormalisation.sigma(W, u, v), 1e-15);
        assertArrayEquals(new double[] {3 / 3.2, 0}, SpectralNormalisation.forward(W, u, v)[0], 1e-15);
        assertArrayEquals(new double[] {4 / 3.2, 0}, SpectralNormalisation.forward(W, u, v)[1], 1e-15);
    }

    @Test
    void l3_matchesTheCaseWorkedByHand() {
        double[] u = {0.6, 0.8};
        double[] v = {1, 0}; // σ = 5, W̄ = ((0.6, 0), (0.8, 0))
        double[][] dW = SpectralNormalisation.dW(new double[][] {{1, 2}, {3, 4}}, W, u, v); // ⟨dW̄, W̄⟩ = 3
        assertArrayEquals(new double[] {(1 - 0.6 * 3) / 5, 2 / 5.0}, dW[0], 1e-15);
        assertArrayEquals(new double[] {(3 - 0.8 * 3) / 5, 4 / 5.0}, dW[1], 1e-15);
    }

    @Test
    void l3_matchesFiniteDifferencesWithUAndVHeld() {
        double[][] w = RandomArrays.matrix(1, 4, 6);
        double[] u = RandomArrays.vector(2, 4);
        double[] v = SpectralNormalisation.v(w, u); // not yet singular vectors
        double[] held = SpectralNormalisation.u(w, v);
        assertRight(GradientCheck.of(
                w, x -> SpectralNormalisation.forward(x, held, v), dY -> SpectralNormalisation.dW(dY, w, held, v)));
    }

    @Test
    void l3_isTheExactGradientOnceUAndVAreSingularVectors() {
        double[][] w = known();
        double[][] uv = iterate(w, 200);
        assertRight(GradientCheck.of(
                w,
                x -> {
                    double[][] moved = iterate(x, 200); // they turn with the weight
                    return SpectralNormalisation.forward(x, moved[0], moved[1]);
                },
                dY -> SpectralNormalisation.dW(dY, w, uv[0], uv[1])));
    }

    @Test
    void l1_l2_findTheLargestSingularValue() {
        double[][] w = known();
        double[][] uv = iterate(w, 200);
        assertEquals(5, SpectralNormalisation.sigma(w, uv[0], uv[1]), 1e-12);
        assertEquals(1, Math.abs(dot(uv[0], column(rotation(3, 0.3), 0))), 1e-12);
        assertEquals(1, Math.abs(dot(uv[1], column(rotation(4, 1.1), 0))), 1e-12);
        double one = SpectralNormalisation.sigma(w, iterate(w, 1)[0], iterate(w, 1)[1]);
        double two = SpectralNormalisation.sigma(w, iterate(w, 2)[0], iterate(w, 2)[1]);
        assertTrue(one < two && two < 5, one + " " + two); // from below, round by round
    }

    @Test
    void l2_leavesAWeightThatStretchesNothing() {
        double[][] w = known();
        double[][] uv = iterate(w, 200);
        double[][] normalised = SpectralNormalisation.forward(w, uv[0], uv[1]);
        for (int seed = 0; seed < 100; seed++) {
            double[] x = RandomArrays.vector(seed, 4);
            double[] y = IntStream.range(0, 3)
                    .mapToDouble(i -> dot(normalised[i], x))
                    .toArray();
            assertTrue(dot(y, y) <= dot(x, x) * (1 + 1e-12));
        }
        double[][] again = iterate(normalised, 200);
        assertEquals(1, SpectralNormalisation.sigma(normalised, again[0], again[1]), 1e-12);
    }

    @Test
    void l3_isAtRightAnglesToTheWeightForALongerOneIsTheSame() {
        double[][] w = known();
        double[][] uv = iterate(w, 3);
        double[][] dW = SpectralNormalisation.dW(RandomArrays.matrix(3, 3, 4), w, uv[0], uv[1]);
        assertEquals(0, dot(dW, w), 1e-14);
    }

    @Test
    void aWeightOfZerosIsRefused() {
        assertSays(
                "SpectralNormalisation: expected a weight that stretches something but got a vector of zeros from it. "
                        + "Start from random weights and a random u.",
                () -> SpectralNormalisation.v(new double[2][3], new double[] {1, 0}));
    }

    /** u and v after some rounds of (L1). */
    private static double[][] iterate(double[][] w, int rounds) {
        double[] u = RandomArrays.vector(5, w.length);
        double[] v = null;
        for (int i = 0; i < rounds; i++) {
            v = SpectralNormalisation.v(w, u);
            u = SpectralNormalisation.u(w, v);
        }
        return new double[][] {u, v};
    }

    /** [3,4], with the singular values 5, 2 and 1. */
    private static double[][] known() {
        double[][] left = rotation(3, 0.3);
        double[][] right = rotation(4, 1.1);
        double[] values = {5, 2, 1};
        double[][] w = new double[3][4];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                for (int k = 0; k < 3; k++) {
                    w[i][j] += left[i][k] * values[k] * right[j][k];
                }
            }
        }
        return w;
    }

    /** A matrix of orthonormal columns: one turn in each plane of neighbouring axes. */
    private static double[][] rotation(int size, double angle) {
        double[][] q = new double[size][size];
        for (int i = 0; i < size; i++) {
            q[i][i] = 1;
        }
        for (int a = 0; a + 1 < size; a++) {
            for (double[] row : q) {
                double first = row[a];
                row[a] = Math.cos(angle + a) * first - Math.sin(angle + a) * row[a + 1];
                row[a + 1] = Math.sin(angle + a) * first + Math.cos(angle + a) * row[a + 1];
            }
        }
        return q;
    }

    private static double[] column(double[][] matrix, int j) {
        return IntStream.range(0, matrix.length).mapToDouble(i -> matrix[i][j]).toArray();
    }
}
