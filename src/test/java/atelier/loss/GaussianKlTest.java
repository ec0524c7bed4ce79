package atelier.loss;

import static atelier.loss.PixelLossesTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.layer.LayerLaws;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GaussianKlTest {

    private final GaussianKl loss = new GaussianKl();

    @Test
    void v4_v5_matchTheCaseWorkedByHand() {
        float ln4 = (float) Math.log(4);
        Tensor statistics = Tensor.of(new float[] {1, -2, 0, ln4, 3, 0, 0, -ln4}, 2, 4); // σ² = 1 4, 1 ¼
        double[] images = {0.5 + 0.5 * (4 + 4 - 1 - Math.log(4)), 4.5 + 0.5 * (0.25 - 1 + Math.log(4))};
        assertEquals((images[0] + images[1]) / 2, loss.forward(statistics), 1e-7);
        assertArrayEquals(images, loss.perImage(), 1e-6);
        double[] latents = {(0.5 + 4.5) / 2, (images[0] - 0.5 + images[1] - 4.5) / 2};
        assertArrayEquals(latents, loss.perLatent(), 1e-6);
        assertArrayEquals(
                new float[] {1, -2, 0, 1.5f, 3, 0, 0, -0.375f}, loss.backward(2).data(), 1e-6f);
    }

    @Test
    void v4_v5_equalTheirDefinitionForOneBatchAfterTheOther() {
        for (int[] shape : new int[][] {{9, 7}, {9, 7}, {5, 7}, {9, 7}, {9, 20}, {1, 1}, {128, 50}}) {
            int n = shape[0];
            int latents = shape[1];
            Tensor statistics = LayerLaws.normal(n, n, 2 * latents);
            double[][] mu = new double[n][latents];
            double[][] l = new double[n][latents];
            for (int i = 0; i < n; i++) {
                for (int d = 0; d < latents; d++) {
                    mu[i][d] = statistics.at(i, d);
                    l[i][d] = statistics.at(i, latents + d);
                }
            }
            double expected = atelier.definition.GaussianKl.divergence(mu, l);
            assertEquals(expected, loss.forward(statistics), 1e-6 * expected);
            assertEquals(expected, Arrays.stream(loss.perLatent()).sum(), 1e-6 * expected);
            assertEquals(expected, Arrays.stream(loss.perImage()).sum() / n, 1e-6 * expected);
            double[][] gradient = new double[n][2 * latents];
            for (int i = 0; i < n; i++) {
                System.arraycopy(atelier.definition.GaussianKl.dMu(mu)[i], 0, gradient[i], 0, latents);
                System.arraycopy(atelier.definition.GaussianKl.dL(l)[i], 0, gradient[i], latents, latents);
            }
            LayerLaws.assertClose(gradient, loss.backward(1));
        }
    }

    @Test
    void v4_isZeroAtThePriorAndAboveItElsewhere() {
        assertEquals(0, loss.forward(Tensor.zeros(3, 8)));
        assertArrayEquals(new float[24], loss.backward(1).data());
        for (float l : new float[] {-100, -4, -0.3f, -0.2f, -1e-3f, -1e-6f, 1e-6f, 1e-3f, 0.2f, 0.3f, 4, 80}) {
            double exact = 0.5 * (Math.expm1(l) - l);
            double kl = loss.forward(Tensor.of(new float[] {0, l}, 1, 2));
            assertTrue(kl > 0, "KL of ℓ = " + l + " was " + kl);
            assertEquals(1, kl / (Math.abs(l) < 1e-2 ? (double) l * l / 4 * (1 + l / 3) : exact), 5e-6, "ℓ = " + l);
        }
    }

    @Test
    void v4_isExactWhereItsTermsCancel() {
        for (float l : new float[] {-0.2499f, -0.1f, -0.02f, 0.02f, 0.1f, 0.2499f}) {
            double exact = 0.5 * (Math.expm1(l) - l);
            assertEquals(1, loss.forward(Tensor.of(new float[] {0, l}, 1, 2)) / exact, 1e-11, "ℓ = " + l);
        }
    }

    @Test
    void v4_ofAnInfiniteStatisticIsInfiniteAndOfNoNumberIsNone() {
        for (float[] row : new float[][] {
            {0, 200}, {0, Float.POSITIVE_INFINITY}, {0, Float.NEGATIVE_INFINITY}, {Float.POSITIVE_INFINITY, 0}
        }) {
            assertEquals(Double.POSITIVE_INFINITY, loss.forward(Tensor.of(row, 1, 2)), Arrays.toString(row));
        }
        assertTrue(Double.isNaN(loss.forward(Tensor.of(new float[] {0, Float.NaN}, 1, 2))));
        assertTrue(Double.isNaN(loss.forward(Tensor.of(new float[] {Float.NaN, 0}, 1, 2))));
    }

    @Test
    void v5_isTimesBeta() {
        Tensor statistics = LayerLaws.normal(1, 3, 4);
        loss.forward(statistics);
        float[] once = loss.backward(1).data().clone();
        float[] twice = loss.backward(2).data().clone();
        assertArrayEquals(new float[12], loss.backward(0).data(), 0);
        for (int i = 0; i < 12; i++) {
            assertEquals(2 * once[i], twice[i]);
        }
    }

    @Test
    void anEpochsLastBatchCostsNothingAndThreadsChangeNoBit() {
        Tensor full = LayerLaws.normal(1, 64, 40);
        Tensor last = LayerLaws.normal(2, 17, 40);
        LayerLaws.allocatesNothing(() -> {
            loss.forward(full);
            loss.backward(1);
            loss.forward(last);
            loss.backward(1);
        });
        LayerLaws.sameBitsOnAnyNumberOfThreads(() -> {
            float nats = (float) loss.forward(full);
            return List.of(new float[] {nats}, loss.backward(1).data().clone());
        });
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "GaussianKl.backward: expected a forward pass before but got none. Call forward with the encoder's "
                        + "statistics first.",
                IllegalStateException.class,
                () -> loss.backward(1));
        assertThrows(IllegalStateException.class, loss::perImage);
        assertThrows(IllegalStateException.class, loss::perLatent);
        assertThrows(ShapeException.class, () -> loss.forward(Tensor.zeros(0, 4)));
        assertThrows(ShapeException.class, () -> loss.forward(Tensor.zeros(2, 4, 1)));
        assertSays(
                "GaussianKl: expected statistics [N,2D], the D means and then the D values ℓ of each image, but got "
                        + "[2, 3]. Give the encoder's last layer two outputs for each latent.",
                ShapeException.class,
                () -> loss.forward(Tensor.zeros(2, 3)));
    }
}
