package atelier.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class ScribblesTest {

    /** Of 500 images from seed 1; JDK 17 and 25 draw these very bytes. */
    private static final String GOLDEN = "a7e218a0b49be83576466c6099bf73d9ccb94e9e75a48a06d17e241c704842ec";

    private static String digest(ImageSet images) {
        return new Idx(new int[] {images.count(), 28, 28}, images.pixels()).sha256();
    }

    @Test
    void theSameSeedDrawsTheSameBytesOnEveryMachine() {
        assertEquals(GOLDEN, digest(Scribbles.load(1, 500, 1).train()));
    }

    @Test
    void anyNumberOfThreadsDrawsTheSame() throws Exception {
        for (int threads : new int[] {1, 2, 4}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            assertEquals(
                    GOLDEN,
                    pool.submit(() -> digest(Scribbles.load(1, 500, 1).train())).get());
            pool.shutdown();
        }
    }

    @Test
    void theFirstOnesAreThoseOfAllOfThem() {
        Dataset all = Scribbles.load();
        Dataset first = Datasets.load("scribbles", 700);
        assertEquals(all.train().slice(0, 700), first.train());
        assertEquals(all.test().slice(0, 700), first.test());
        assertEquals(all.test(), Scribbles.first(10_001).test(), "there are no more");
        assertEquals(all.name(), first.name());
    }

    @Test
    void anotherSeedAndTheTestImagesAreOthers() {
        Dataset data = Scribbles.load(1, 100, 100);
        assertNotEquals(digest(data.train()), digest(data.test()));
        assertNotEquals(digest(data.train()), digest(Scribbles.load(2, 100, 100).train()));
    }

    @Test
    void noTwoImagesAreTheSame() {
        Dataset data = Scribbles.load(1, 1_000, 1_000);
        Set<ByteBuffer> seen = new HashSet<>();
        for (ImageSet images : new ImageSet[] {data.train(), data.test()}) {
            for (int i = 0; i < images.count(); i++) {
                seen.add(ByteBuffer.wrap(images.pixels(), i * 784, 784));
            }
        }
        assertEquals(2_000, seen.size());
    }

    @Test
    void everyDigitComesEquallyOftenAndInNoOrder() {
        ImageSet images = Scribbles.load(1, 1_003, 1).train();
        int[] times = new int[10];
        int ascents = 0;
        for (int i = 0; i < images.count(); i++) {
            times[images.label(i)]++;
            ascents += i > 0 && images.label(i) == (images.label(i - 1) + 1) % 10 ? 1 : 0;
        }
        assertArrayEquals(new int[] {101, 101, 101, 100, 100, 100, 100, 100, 100, 100}, times);
        assertTrue(ascents < 200, "about one neighbour in ten is the next digit, not every one");
    }

    @Test
    void imagesFollowMnistsConventions() {
        ImageSet images = Scribbles.load(1, 1_000, 1).train();
        double ink = 0;
        for (int i = 0; i < images.count(); i++) {
            double mass = 0;
            double right = 0;
            double down = 0;
            int left = 28;
            int top = 28;
            int bottom = -1;
            int rightmost = -1;
            int brightest = 0;
            for (int h = 0; h < 28; h++) {
                for (int w = 0; w < 28; w++) {
                    int pixel = images.pixel(i, h, w);
                    mass += pixel;
                    right += pixel * (w + 0.5);
                    down += pixel * (h + 0.5);
                    brightest = Math.max(brightest, pixel);
                    if (pixel > 127) {
                        left = Math.min(left, w);
                        top = Math.min(top, h);
                        rightmost = Math.max(rightmost, w);
                        bottom = Math.max(bottom, h);
                    }
                }
            }
            int side = Math.max(rightmost - left, bottom - top) + 1;
            assertTrue(side >= 17 && side <= 22, "about 20 pixels at the longer side, image " + i + ": " + side);
            assertEquals(14, right / mass, 0.6, "centred by mass, image " + i);
            assertEquals(14, down / mass, 0.6, "centred by mass, image " + i);
            assertTrue(brightest > 200, "white ink, image " + i);
            ink += mass / 255 / 784;
        }
        assertEquals(0.13, ink / images.count(), 0.02, "as much ink as MNIST's 0.1307");
    }

    /** Were it trivial, the mean image of each digit would tell all of them apart; were it absurd, hardly any. */
    @Test
    void theDigitsAreNeitherTrivialNorAbsurd() {
        Dataset data = Scribbles.load(1, 2_000, 500);
        double[][] mean = new double[10][784];
        for (int i = 0; i < 2_000; i++) {
            for (int p = 0; p < 784; p++) {
                mean[data.train().label(i)][p] += data.train().pixel(i, p / 28, p % 28) / 200.0;
            }
        }
        int right = 0;
        for (int i = 0; i < 500; i++) {
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int digit = 0; digit < 10; digit++) {
                double distance = 0;
                for (int p = 0; p < 784; p++) {
                    double difference = mean[digit][p] - data.test().pixel(i, p / 28, p % 28);
                    distance += difference * difference;
                }
                if (distance < least) {
                    least = distance;
                    nearest = digit;
                }
            }
            right += nearest == data.test().label(i) ? 1 : 0;
        }
        assertTrue(right > 0.6 * 500 && right < 0.93 * 500, "nearest mean image: " + right + " of 500");
    }

    @Test
    void noImagesAndFewerThanNoneAreDefined() {
        assertEquals(0, Scribbles.load(1, 0, 0).train().count());
        assertThrows(DataException.class, () -> Scribbles.load(1, -1, 0));
    }

    @Test
    void theSampleOnDiskIsWhatItsSeedDraws() {
        Holding sample = Scribbles.sample();
        assertTrue(sample.sound() && sample.images().equals("1,600 + 400"), sample.toString());
    }
}
