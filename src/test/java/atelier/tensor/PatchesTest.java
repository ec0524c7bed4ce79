package atelier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatchesTest {

    private final RandomStream random = RandomStream.seed(1);

    private float[] numbers(int length) {
        float[] numbers = new float[length];
        random.fillNormal(numbers, 0, length, 1);
        return numbers;
    }

    /** P as the definition of a patch reads, to hold the tables to it. */
    private static double[][] patchMatrix(float[] image, int c, int h, int w, int r, int s, int d) {
        int rows = (h - d * (r - 1) - 1) / s + 1;
        int columns = (w - d * (r - 1) - 1) / s + 1;
        double[][] p = new double[rows * columns][r * r * c];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                for (int u = 0; u < r; u++) {
                    for (int v = 0; v < r; v++) {
                        for (int k = 0; k < c; k++) {
                            p[i * columns + j][(u * r + v) * c + k] =
                                    image[((s * i + d * u) * w + s * j + d * v) * c + k];
                        }
                    }
                }
            }
        }
        return p;
    }

    @ParameterizedTest(name = "C={0} H={1} W={2} R={3} s={4} d={5} K={6}")
    @CsvSource({"1,5,6,3,1,1,4", "3,7,5,2,2,1,17", "2,9,8,3,1,2,33", "4,6,7,1,3,1,2", "2,8,11,3,2,2,16"})
    void g1_g2_g3_agreeWithTheStoredPatchMatrix(int c, int h, int w, int r, int s, int d, int k) {
        float[] image = numbers(5 + h * w * c); // the image begins at 5
        double[][] p = patchMatrix(java.util.Arrays.copyOfRange(image, 5, image.length), c, h, w, r, s, d);
        Patches patches = new Patches(c, h, w, r, s, d);
        assertEquals(p.length, patches.count());
        assertEquals(p[0].length, patches.length());
        float[] weights = numbers(patches.length() * k);
        float[] bias = numbers(k);
        float[] y = new float[3 + p.length * k];
        patches.multiply(image, 5, 1, packed(weights, k), bias, y, 3);
        float[] dY = numbers(p.length * k);
        float[] dW = numbers(patches.length() * k);
        float[] old = dW.clone();
        patches.multiplyTransposed(image, 5, 1, dY, 0, k, true, dW, 0);
        for (int j = 0; j < k; j++) {
            for (int m = 0; m < p.length; m++) {
                double sum = bias[j];
                for (int q = 0; q < patches.length(); q++) {
                    sum += p[m][q] * weights[q * k + j];
                }
                assertEquals(sum, y[3 + m * k + j], 1e-4);
            }
            for (int q = 0; q < patches.length(); q++) {
                double sum = old[q * k + j];
                for (int m = 0; m < p.length; m++) {
                    sum += p[m][q] * dY[m * k + j];
                }
                assertEquals(sum, dW[q * k + j], 1e-4);
            }
        }
        // fold is the adjoint of taking patches: ⟨P(x), D⟩ = ⟨x, fold(D)⟩
        float[] dP = numbers(p.length * patches.length());
        float[] folded = new float[image.length];
        patches.fold(dP, 0, folded, 5);
        double left = 0;
        for (int m = 0; m < p.length; m++) {
            for (int q = 0; q < patches.length(); q++) {
                left += p[m][q] * dP[m * patches.length() + q];
            }
        }
        double right = 0;
        for (int i = 0; i < image.length; i++) {
            right += (double) image[i] * folded[i];
        }
        assertEquals(left, right, 1e-3);
    }

    @Test
    void g1_g2_ofSeveralImagesAreThoseOfEachToTheBit() {
        int images = 5;
        Patches patches = new Patches(3, 6, 7, 3, 1, 1);
        int each = 6 * 7 * 3;
        int outputs = 4;
        int rows = patches.count() * outputs;
        float[] image = numbers(images * each);
        float[] w = numbers(patches.length() * outputs);
        float[] b = numbers(outputs);
        float[] together = new float[images * rows];
        float[] apart = new float[images * rows];
        patches.multiply(image, 0, images, packed(w, outputs), b, together, 0);
        float[] dW = new float[w.length];
        float[] sum = new float[w.length];
        patches.multiplyTransposed(image, 0, images, together, 0, outputs, false, dW, 0);
        for (int n = 0; n < images; n++) {
            patches.multiply(image, n * each, 1, packed(w, outputs), b, apart, n * rows);
            patches.multiplyTransposed(image, n * each, 1, together, n * rows, outputs, n > 0, sum, 0);
        }
        assertArrayEquals(apart, together);
        assertArrayEquals(sum, dW);
    }

    private static Packed packed(float[] b, int n) {
        Packed packed = new Packed(b.length / n, n);
        packed.set(b);
        return packed;
    }
}
