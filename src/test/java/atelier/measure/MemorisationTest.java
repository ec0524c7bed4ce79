package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.data.Scribbles;
import atelier.tensor.ShapeException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemorisationTest {

    private static final Dataset SCRIBBLES =
            Scribbles.load(1, 2300, 150); // more training images than are taken at once

    /** Images of two pixels. */
    private static ImageSet pairs(int... pixels) {
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            bytes[i] = (byte) pixels[i];
        }
        return new ImageSet(bytes, new byte[pixels.length / 2], 1, 2);
    }

    @Test
    void e6_ofAFewImagesOfTwoPixelsIsWorkedOutByHand() throws InterruptedException {
        ImageSet training = pairs(0, 0, 255, 255);
        ImageSet unseen = pairs(30, 40, 255, 245); // 50 and 10 away, in 255ths
        Memorisation.Result result = new Memorisation(training, unseen).of(pairs(0, 20, 255, 255, 10, 0));
        assertArrayEquals(new int[] {0, 1, 0}, result.nearest().images());
        assertArrayEquals(
                new double[] {20 / 255.0, 0, 10 / 255.0}, result.nearest().distances(), 1e-12);
        assertArrayEquals(new double[] {50 / 255.0, 10 / 255.0}, result.unseen(), 1e-12);
        // 20: nearer than one of two; 0: than both; 10: than one, and equal to the other
        assertEquals((1 + 2 + 1.5) / 6, result.copying(), 1e-12);
        assertEquals(1 / 3.0, result.suspicious(), 1e-12); // below 10: only 0
    }

    @Test
    void e6_theNearestImageIsTheOneThatPlainLoopsFind() throws InterruptedException {
        ImageSet training = SCRIBBLES.train();
        ImageSet images = SCRIBBLES.test().slice(0, 40);
        Memorisation.Nearest nearest = new Memorisation(training, SCRIBBLES.test()).nearest(images);
        for (int n = 0; n < images.count(); n++) {
            int wanted = n;
            int best = IntStream.range(0, training.count())
                    .reduce((i, j) ->
                            squares(images, wanted, training, j) < squares(images, wanted, training, i) ? j : i)
                    .orElseThrow();
            assertEquals(best, nearest.images()[n]);
            assertEquals(Math.sqrt(squares(images, n, training, best)) / 255, nearest.distances()[n], 1e-12);
        }
    }

    private static long squares(ImageSet a, int i, ImageSet b, int j) {
        long sum = 0;
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                long d = a.pixel(i, h, w) - b.pixel(j, h, w);
                sum += d * d;
            }
        }
        return sum;
    }

    @Test
    void e6_newHandwritingIsNoCopyAndCopiesAre() throws InterruptedException {
        ImageSet training = SCRIBBLES.train();
        Memorisation test = new Memorisation(training, SCRIBBLES.test());
        Memorisation.Result copies = test.of(training.slice(2100, 2250));
        assertEquals(1, copies.copying());
        assertEquals(1, copies.suspicious());
        assertArrayEquals(
                IntStream.range(2100, 2250).toArray(), copies.nearest().images());
        Memorisation.Result fresh = test.of(Scribbles.load(2, 10, 300).test());
        assertEquals(0.5, fresh.copying(), 0.1);
        assertTrue(fresh.suspicious() < 0.06, () -> "suspicious " + fresh.suspicious());
    }

    @Test
    void anInterruptStopsIt() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> new Memorisation(SCRIBBLES.train(), SCRIBBLES.test()));
        assertFalse(Thread.interrupted());
    }

    @Test
    void wrongInputIsNamedAtTheDoor() {
        ImageSet none = SCRIBBLES.test().slice(0, 0);
        assertThrows(ShapeException.class, () -> new Memorisation(none, SCRIBBLES.test()));
        assertThrows(ShapeException.class, () -> new Memorisation(SCRIBBLES.train(), none));
        assertThrows(ShapeException.class, () -> new Memorisation(SCRIBBLES.train(), pairs(1, 2)));
    }
}
