package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.ImageSet;
import atelier.data.Scribbles;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class QualityTest {

    private static final Tensor X = Tensor.of(new float[] {0, 0.25f, 0.5f, 1, 1, 1, 1, 1}, 2, 1, 2, 2);
    private static final Tensor Y = Tensor.of(new float[] {0.5f, 0.25f, 1, 1, 1, 1, 1, 0}, 2, 1, 2, 2);

    @Test
    void m8_theMeanSquaredErrorIsPerPixelAndPerImage() {
        assertArrayEquals(new double[] {0.125, 0.25}, Quality.mse(Y, X)); // (¼ + ¼)/4 and 1/4
        assertArrayEquals(new double[] {0, 0}, Quality.mse(X, X));
    }

    @Test
    void m9_tenTimesSmallerErrorIsTenDecibelsMore() {
        assertEquals(0, Quality.psnr(1));
        assertEquals(10, Quality.psnr(0.1), 1e-12);
        assertEquals(20, Quality.psnr(0.01), 1e-12);
        assertEquals(6.0206, Quality.psnr(0.25), 1e-4);
        assertEquals(Double.POSITIVE_INFINITY, Quality.psnr(0));
    }

    @Test
    void ofASetTheMeanOverItsImagesIsTaken() {
        Quality quality = new Quality(new double[] {0.1, 0.001}, new double[] {0.5, 0.9});
        assertEquals(0.0505, quality.meanMse(), 1e-15);
        assertArrayEquals(new double[] {10, 30}, quality.psnr(), 1e-12);
        assertEquals(20, quality.meanPsnr(), 1e-12);
        assertEquals(-10 * Math.log10(0.0505), quality.pooledPsnr(), 1e-12);
        assertTrue(quality.pooledPsnr() < quality.meanPsnr(), "the bad image weighs more in the pool");
        assertEquals(0.7, quality.meanSsim(), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, new Quality(new double[] {0.1, 0}, new double[] {0.5, 1}).meanPsnr());
    }

    @Test
    void aSetIsReadInBatchesAndNoImageIsLost() {
        ImageSet images = Scribbles.load(1, 10, 512).test(); // two batches, to the last image
        Tensor x = images.images(0, 512);
        Quality whole = Quality.of(halved(x), x);
        Quality batches = Quality.of(images, QualityTest::halved);
        assertArrayEquals(whole.mse(), batches.mse());
        assertArrayEquals(whole.ssim(), batches.ssim());
        assertTrue(batches.meanSsim() < 1);
    }

    private static Tensor halved(Tensor x) {
        Tensor y = x.copy();
        for (int i = 0; i < y.length(); i++) {
            y.data()[i] /= 2;
        }
        return y;
    }

    @Test
    void theLayoutOfTheNumbersDoesNotMatter() {
        Tensor x = Tensor.normal(RandomStream.seed(1), 1, 2, 3, 12, 13);
        Tensor y = Tensor.normal(RandomStream.seed(2), 1, 2, 3, 12, 13);
        assertArrayEquals(Quality.mse(y, x), Quality.mse(y.channelsLast(), x));
        assertArrayEquals(Ssim.of(y, x), Ssim.of(y, x.channelsLast()));
    }

    @Test
    void wrongInputIsNamedAtTheDoor() {
        assertThrows(ShapeException.class, () -> Quality.mse(X, Tensor.zeros(2, 1, 4, 1)));
        assertThrows(ShapeException.class, () -> Quality.mse(Tensor.zeros(0, 4), Tensor.zeros(0, 4)));
        ImageSet none = new ImageSet(new byte[0], new byte[0], 28, 28);
        assertThrows(IllegalArgumentException.class, () -> Quality.of(none, x -> x));
    }
}
