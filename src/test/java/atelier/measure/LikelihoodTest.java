package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.ImageSet;
import atelier.data.Scribbles;
import atelier.layer.Dense;
import atelier.layer.Dropout;
import atelier.layer.Flatten;
import atelier.layer.Sequential;
import atelier.layer.Unflatten;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.GaussianNll;
import atelier.model.Vae;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import atelier.train.ElboLearner;
import java.util.Arrays;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/**
 * Held to models whose ln p(x) is known: a decoder that is linear with Gaussian pixels makes p(x) = N(b, W Wᵀ + σ²I) with
 * the posterior N(M⁻¹Wᵀ(x − b)/σ², M⁻¹), M = I + WᵀW/σ²; a decoder of one pixel is integrated over a grid.
 */
class LikelihoodTest {

    private static final double SIGMA = 0.25;
    private static final double[][] W = {{0.5, 0.2}, {0.5, -0.2}, {0.5, 0.2}, {0.5, -0.2}}; // columns at right angles
    private static final double[] B = {0.4, 0.5, 0.6, 0.3};
    private static final ImageSet IMAGES = new ImageSet(
            new byte[] {100, 30, (byte) 200, 90, 0, 0, 0, 0, (byte) 255, (byte) 130, (byte) 240, 77},
            new byte[3],
            2,
            2);

    /** The encoder answers the posterior with its means moved by {@code shift} and its deviations times {@code wider}. */
    private static Vae linear(double shift, double wider) {
        double[] m = {1 + 4 * 0.25 / (SIGMA * SIGMA), 1 + 4 * 0.04 / (SIGMA * SIGMA)}; // M is diagonal
        Tensor encode = Tensor.zeros(4, 4);
        Tensor offset = Tensor.zeros(4);
        Tensor decode = Tensor.zeros(2, 4);
        for (int d = 0; d < 2; d++) {
            double mean = shift;
            for (int i = 0; i < 4; i++) {
                double weight = W[i][d] / (SIGMA * SIGMA) / m[d];
                encode.set((float) weight, i, d);
                mean -= weight * B[i];
                decode.set((float) W[i][d], d, i);
            }
            offset.set((float) mean, d);
            offset.set((float) (2 * Math.log(wider) - Math.log(m[d])), 2 + d);
        }
        Tensor b = Tensor.of(new float[] {(float) B[0], (float) B[1], (float) B[2], (float) B[3]}, 4);
        return new Vae(
                "linear",
                "dense 4-(2, 2) and 2-4",
                2,
                0,
                new Sequential(new Flatten(), new Dense("encoder", encode, offset)),
                new Sequential(new Dense("decoder", decode, b), new Unflatten(1, 2, 2)),
                RandomStream.seed(1));
    }

    @Test
    void nothingIsDroppedWhereNothingIsTrained() throws InterruptedException {
        Vae plain = linear(0.1, 1.5);
        Vae dropping = new Vae(
                "dropping",
                "as before, with dropout",
                2,
                0,
                new Sequential(plain.encoder(), new Dropout(0.5, RandomStream.seed(2))),
                new Sequential(new Dropout(0.5, RandomStream.seed(3)), plain.decoder()),
                RandomStream.seed(1));
        GaussianNll loss = new GaussianNll(SIGMA);
        assertArrayEquals(
                new Likelihood(plain, loss).weighted(IMAGES, 7, RandomStream.seed(4)),
                new Likelihood(dropping, loss).weighted(IMAGES, 7, RandomStream.seed(4)));
        assertArrayEquals(
                new Likelihood(plain, loss).elbo(IMAGES, RandomStream.seed(5)).perImage(),
                new Likelihood(dropping, loss)
                        .elbo(IMAGES, RandomStream.seed(5))
                        .perImage());
    }

    private static double[] exact() {
        DMatrixRMaj w = new DMatrixRMaj(W);
        DMatrixRMaj covariance = new DMatrixRMaj(4, 4);
        CommonOps_DDRM.multTransB(w, w, covariance);
        for (int i = 0; i < 4; i++) {
            covariance.add(i, i, SIGMA * SIGMA);
        }
        DMatrixRMaj inverse = new DMatrixRMaj(4, 4);
        CommonOps_DDRM.invert(covariance, inverse);
        double[] logs = new double[3];
        for (int n = 0; n < 3; n++) {
            double square = 0;
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    square += (pixel(n, i) - B[i]) * inverse.get(i, j) * (pixel(n, j) - B[j]);
                }
            }
            logs[n] = -0.5 * (square + Math.log(CommonOps_DDRM.det(covariance)) + 4 * Math.log(2 * Math.PI));
        }
        return logs;
    }

    private static double pixel(int n, int i) {
        return IMAGES.pixel(n, i / 2, i % 2) / 255.0;
    }

    private static double[] weighted(Vae vae, int k, long seed) throws InterruptedException {
        return new Likelihood(vae, new GaussianNll(SIGMA)).weighted(IMAGES, k, RandomStream.seed(seed));
    }

    @Test
    void v8_withTheTruePosteriorEverySampleSaysTheExactLikelihood() throws InterruptedException {
        Vae vae = linear(0, 1);
        for (int k : new int[] {1, 7, 2500}) { // 2500: three runs of the decoder
            assertArrayEquals(exact(), weighted(vae, k, 2), 1e-4);
        }
    }

    @Test
    void v8_withAnotherPosteriorItRisesToTheExactLikelihood() throws InterruptedException {
        Vae vae = linear(0.3, 1.4);
        double before = Double.NEGATIVE_INFINITY;
        for (int k : new int[] {1, 3, 30}) {
            double mean = 0;
            for (int seed = 0; seed < 300; seed++) {
                mean += sum(weighted(vae, k, seed)) / 300;
            }
            assertTrue(mean > before + 0.01 && mean < sum(exact()), mean + " at k = " + k + " after " + before);
            before = mean;
        }
        assertArrayEquals(exact(), weighted(vae, 100_000, 3), 0.02);
    }

    @Test
    void v8_oneSampleIsTheElboUpToChance() throws InterruptedException {
        Vae vae = linear(0.3, 1.4);
        double one = 0;
        double bound = 0;
        for (int seed = 0; seed < 2000; seed++) {
            one += sum(weighted(vae, 1, seed)) / 2000;
            Elbo elbo = new Likelihood(vae, new GaussianNll(SIGMA)).elbo(IMAGES, RandomStream.seed(seed));
            bound += sum(elbo.perImage()) / 2000;
        }
        assertEquals(bound, one, 0.1);
        assertTrue(bound < sum(exact()) - 0.3);
    }

    @Test
    void v8_ofAModelOfOnePixelItIsTheIntegralOverItsLatent() throws InterruptedException {
        Vae vae = new Vae(
                "pixel",
                "dense 1-(1, 1) and 1-1",
                1,
                0,
                new Sequential(new Flatten(), new Dense("e", Tensor.of(new float[] {1, 0}, 1, 2), Tensor.zeros(2))),
                new Sequential(new Dense("d", Tensor.filled(3, 1, 1), Tensor.filled(-1, 1)), new Unflatten(1, 1, 1)),
                RandomStream.seed(1));
        double white = 0;
        double step = 1e-3;
        for (double z = -10; z < 10; z += step) {
            white += step * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / (1 + Math.exp(1 - 3 * z));
        }
        ImageSet both = new ImageSet(new byte[] {(byte) 255, 0}, new byte[2], 1, 1);
        double[] bounds = new Likelihood(vae, new BinaryCrossEntropy()).weighted(both, 200_000, RandomStream.seed(1));
        assertArrayEquals(new double[] {Math.log(white), Math.log(1 - white)}, bounds, 0.01);
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    @Test
    void theElboIsTheOneThatTheLearnerReports() throws InterruptedException {
        ImageSet test = Scribbles.load(1, 10, 1250).test();
        Vae vae = Vae.dense(3, RandomStream.seed(4));
        Map<String, Double> learner = new ElboLearner(vae, new BinaryCrossEntropy(), new Adam(vae.parameters(), 1e-3))
                .binarised(RandomStream.seed(5))
                .evaluate(test);
        Elbo elbo = new Likelihood(vae, new BinaryCrossEntropy())
                .elbo(
                        test.binarised(RandomStream.seed(0).split(1)),
                        RandomStream.seed(0).split(2));
        assertEquals(learner.get("test_elbo"), elbo.mean(), 0.5);
        assertEquals(learner.get("test_kl"), elbo.meanKl(), 1e-5);
        assertEquals(sum(elbo.perImage()) / 1250, elbo.mean(), 1e-9);
    }

    @Test
    void aConditionalModelIsAskedWithTheLabelsOfTheImages() throws InterruptedException {
        ImageSet test = Scribbles.load(1, 10, 7).test();
        Vae vae = Vae.conditional(3, RandomStream.seed(4));
        Likelihood likelihood = new Likelihood(vae, new BinaryCrossEntropy());
        double[] right = likelihood.weighted(test, 300, RandomStream.seed(1));
        ImageSet wrong = new ImageSet(test.pixels(), new byte[] {9, 9, 9, 9, 9, 9, 9}, 28, 28);
        double[] others = likelihood.weighted(wrong, 300, RandomStream.seed(1));
        for (int n = 0; n < 7; n++) {
            assertEquals(test.label(n) == 9, right[n] == others[n], "image " + n);
        }
        assertEquals(3, ActiveUnits.of(vae, test).variances().length);
    }

    @Test
    void howManyImagesAreDecodedTogetherDoesNotMatter() throws InterruptedException {
        Vae exactPosterior = linear(0, 1);
        ImageSet many = new ImageSet(repeat(IMAGES.pixels(), 500), new byte[1500], 2, 2);
        double[] bounds =
                new Likelihood(exactPosterior, new GaussianNll(SIGMA)).weighted(many, 1, RandomStream.seed(1));
        for (int n = 0; n < 1500; n++) {
            assertEquals(exact()[n % 3], bounds[n], 1e-4);
        }
    }

    private static byte[] repeat(byte[] pixels, int times) {
        byte[] all = new byte[pixels.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(pixels, 0, all, i * pixels.length, pixels.length);
        }
        return all;
    }

    @Test
    void theSameSeedGivesTheSameBits() throws InterruptedException {
        Vae vae = linear(0.3, 1.4);
        assertArrayEquals(weighted(vae, 60, 9), weighted(vae, 60, 9));
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> weighted(linear(0, 1), 10, 1));
        Thread.currentThread().interrupt();
        assertThrows(
                InterruptedException.class,
                () -> new Likelihood(linear(0, 1), new GaussianNll(SIGMA)).elbo(IMAGES, RandomStream.seed(1)));
    }

    @Test
    void wrongInputIsNamedAtTheDoor() {
        assertThrows(IllegalArgumentException.class, () -> weighted(linear(0, 1), 0, 1));
        ImageSet none = new ImageSet(new byte[0], new byte[0], 2, 2);
        Likelihood likelihood = new Likelihood(linear(0, 1), new GaussianNll(SIGMA));
        assertThrows(IllegalArgumentException.class, () -> likelihood.weighted(none, 1, RandomStream.seed(1)));
        assertThrows(IllegalArgumentException.class, () -> likelihood.elbo(none, RandomStream.seed(1)));
    }
}
