package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Scribbles;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class JpegTest {

    private static final Tensor X = Scribbles.load(1, 10, 150).test().images(0, 150);

    @Test
    void bytesComeNearToWhatWasAskedForAndMoreBytesShowMore() {
        double before = Double.POSITIVE_INFINITY;
        for (int bytes : new int[] {60, 120, 200}) {
            Jpeg jpeg = Jpeg.mosaic(X, bytes);
            assertEquals(bytes, jpeg.bytesPerImage(), 0.1 * bytes, "quality " + jpeg.quality());
            double error = Quality.of(jpeg.images(), X).meanMse();
            assertTrue(error < before, error + " after " + before);
            before = error;
        }
    }

    @Test
    void eachImageComesBackInItsPlace() {
        Tensor flat = Tensor.zeros(7, 1, 16, 8); // a mosaic of 3 by 3 with two places left
        for (int n = 0; n < 7; n++) {
            for (int i = 0; i < 128; i++) {
                flat.data()[n * 128 + i] = n * 32 / 255f;
            }
        }
        Jpeg jpeg = Jpeg.mosaic(flat, 1e6);
        assertEquals(100, jpeg.quality());
        assertArrayEquals(flat.shape(), jpeg.images().shape());
        assertArrayEquals(flat.data(), jpeg.images().data(), 1.01f / 255);
    }

    @Test
    void belowTheLeastThatItCanTheLeastIsGiven() {
        Jpeg jpeg = Jpeg.mosaic(X, 1);
        assertEquals(1, jpeg.quality());
        assertTrue(jpeg.bytesPerImage() > 1);
    }

    @Test
    void wrongInputIsNamedAtTheDoor() {
        assertThrows(ShapeException.class, () -> Jpeg.mosaic(Tensor.zeros(2, 3, 8, 8), 10));
        assertThrows(ShapeException.class, () -> Jpeg.mosaic(Tensor.zeros(0, 1, 8, 8), 10));
        assertThrows(IllegalArgumentException.class, () -> Jpeg.mosaic(X, 0));
    }
}
