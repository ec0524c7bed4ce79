package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.data.Scribbles;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PcaTest {

    /** (1,2) ± 2·(0.6, 0.8) and (1,2) ± 1·(−0.8, 0.6). */
    private static final Tensor CROSS = Tensor.of(new float[] {2.2f, 3.6f, -0.2f, 0.4f, 0.2f, 2.6f, 1.8f, 1.4f}, 4, 2);

    @Test
    void y1_meanVariancesAndDirectionsOfACrossAreWorkedOutByHand() {
        Pca pca = Pca.of(CROSS, 2);
        assertArrayEquals(new float[] {1, 2}, pca.mean().data(), 1e-6f);
        assertArrayEquals(new double[] {2, 0.5}, pca.eigenvalues(), 1e-6); // (4 + 4)/4 and (1 + 1)/4
        assertArrayEquals(
                new float[] {0.6f, 0.8f, 0.8f, -0.6f}, pca.basis().data(), 1e-6f); // columns, largest entry positive
        assertEquals(0.8, pca.withCodeSize(1).explained(), 1e-6);
        assertEquals(1, pca.explained(), 1e-12);
    }

    @Test
    void y2_codesAndReconstructionsAreWorkedOutByHand() {
        Pca pca = Pca.of(CROSS, 1);
        assertArrayEquals(new float[] {2, -2, 0, 0}, pca.encode(CROSS).data(), 1e-6f);
        assertArrayEquals(
                new float[] {2.2f, 3.6f, -0.2f, 0.4f, 1, 2, 1, 2},
                pca.reconstruct(CROSS).data(),
                1e-6f);
        assertArrayEquals(
                new float[] {1.6f, 2.8f}, pca.decode(Tensor.filled(1, 1, 1)).data(), 1e-6f);
    }

    @Test
    void y1_everyDirectionIsAnEigenvectorOfTheCovarianceInDouble() {
        Tensor x = mixed(300, 7);
        double[][] covariance = covariance(x);
        Pca pca = Pca.of(x, 7);
        Tensor u = pca.basis();
        double[] lambda = pca.eigenvalues();
        for (int d = 0; d < 7; d++) {
            assertTrue(d == 0 || lambda[d] <= lambda[d - 1]);
            for (int i = 0; i < 7; i++) {
                double product = 0;
                double cosine = 0;
                for (int j = 0; j < 7; j++) {
                    product += covariance[i][j] * u.at(j, d);
                    cosine += u.at(j, i) * u.at(j, d);
                }
                assertEquals(lambda[d] * u.at(i, d), product, 1e-5 * lambda[0]);
                assertEquals(i == d ? 1 : 0, cosine, 1e-6);
            }
        }
    }

    /** Rows whose columns depend on each other, around a mean that is not 0. */
    private static Tensor mixed(int n, int f) {
        Tensor free = Tensor.normal(RandomStream.seed(1), 1, n, f);
        Tensor x = Tensor.zeros(n, f);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < f; j++) {
                x.set(3 * j + free.at(i, j) * (j + 1) + 2 * free.at(i, (j + 1) % f), i, j);
            }
        }
        return x;
    }

    private static double[][] covariance(Tensor x) {
        int n = x.size(0);
        int f = x.size(1);
        double[] mean = new double[f];
        double[][] covariance = new double[f][f];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < f; j++) {
                mean[j] += x.at(i, j) / (double) n;
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < f; j++) {
                for (int k = 0; k < f; k++) {
                    covariance[j][k] += (x.at(i, j) - mean[j]) * (x.at(i, k) - mean[k]) / n;
                }
            }
        }
        return covariance;
    }

    @Test
    void y2_theErrorOnItsOwnImagesIsTheVarianceThatTheCodeLeavesOut() {
        ImageSet images = Scribbles.load(1, 2100, 10).train(); // more than one chunk
        Pca pca = Pca.of(images, 5);
        double[] lambda = pca.eigenvalues();
        for (int codeSize : new int[] {1, 5, 40}) {
            double left = Arrays.stream(lambda, codeSize, 784).sum() / 784;
            assertEquals(left, pca.withCodeSize(codeSize).mse(images), 1e-5 * left);
            double all = Arrays.stream(lambda).sum() / 784;
            assertEquals(1 - left / all, pca.withCodeSize(codeSize).explained(), 1e-9);
        }
        assertEquals(0, pca.withCodeSize(784).mse(images), 1e-10);
    }

    @Test
    void y2_noOtherLinearCodeOfThatSizeDoesBetter() {
        Tensor x = mixed(200, 6);
        Pca pca = Pca.of(x, 2);
        double best = mean(Quality.mse(pca.reconstruct(x), x));
        for (int trial = 0; trial < 10; trial++) {
            Pca other = Pca.of(Tensor.normal(RandomStream.seed(trial), 1, 20, 6), 2); // some other directions
            Tensor m = pca.mean();
            Tensor shifted = x.copy();
            for (int i = 0; i < shifted.length(); i++) {
                shifted.data()[i] += other.mean().data()[i % 6] - m.data()[i % 6];
            }
            assertTrue(mean(Quality.mse(other.reconstruct(shifted), shifted)) > best);
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    @Test
    void imagesAndRowsAreTheSameThing() {
        ImageSet images = Scribbles.load(1, 100, 10).train();
        Pca one = Pca.of(images, 3);
        Pca other = Pca.of(images.images(0, 100).reshape(100, 784), 3);
        assertArrayEquals(one.basis().data(), other.basis().data());
        assertArrayEquals(
                new int[] {2, 1, 28, 28}, one.reconstruct(images.images(0, 2)).shape());
    }

    @Test
    void onMnistThirtyTwoNumbersLeaveTheErrorThatIsReported() {
        Dataset mnist = TestData.mnist();
        double mse = Pca.of(mnist.train(), 32).mse(mnist.test());
        assertEquals(0.0168, mse, 0.0003);
    }

    @Test
    void wrongInputIsNamedAtTheDoor() {
        assertThrows(IllegalArgumentException.class, () -> Pca.of(CROSS, 0));
        assertThrows(IllegalArgumentException.class, () -> Pca.of(CROSS, 3));
        assertThrows(IllegalArgumentException.class, () -> Pca.of(Tensor.zeros(0, 2), 1));
        assertThrows(IllegalArgumentException.class, () -> Pca.of(Tensor.filled(Float.NaN, 3, 2), 1));
        assertThrows(ShapeException.class, () -> Pca.of(CROSS, 1).encode(Tensor.zeros(2, 3)));
        assertThrows(ShapeException.class, () -> Pca.of(CROSS, 1).decode(Tensor.zeros(2, 2)));
    }
}
