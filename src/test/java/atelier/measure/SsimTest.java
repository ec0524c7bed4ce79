package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SsimTest {

    private static final double C1 = 1e-4;
    private static final double C2 = 9e-4;

    @Test
    void m10_flatImagesDifferInBrightnessAlone() {
        Tensor dark = Tensor.filled(0.25f, 1, 1, 13, 17);
        Tensor bright = Tensor.filled(0.75f, 1, 1, 13, 17);
        double brightness = (2 * 0.25 * 0.75 + C1) / (0.25 * 0.25 + 0.75 * 0.75 + C1);
        assertEquals(brightness, Ssim.of(dark, bright)[0], 1e-9);
        assertEquals(1, Ssim.of(dark, dark)[0], 1e-12);
    }

    @Test
    void m10_aDotUnderOneWindowIsWorkedOutByHand() {
        double centre = 0; // the weight of the middle pixel, 1 over the sum of all weights
        for (int i = -5; i <= 5; i++) {
            centre += Math.exp(-i * i / 4.5);
        }
        centre = 1 / (centre * centre);
        Tensor dot = Tensor.zeros(1, 1, 11, 11);
        dot.set(1, 0, 0, 5, 5);
        double variance = centre - centre * centre;
        assertEquals(
                C1 * C2 / ((centre * centre + C1) * (variance + C2)),
                Ssim.of(Tensor.zeros(1, 1, 11, 11), dot)[0],
                1e-12);

        Tensor hole = Tensor.filled(1, 1, 1, 11, 11); // 1 − dot: as much contrast, the opposite structure
        hole.set(0, 0, 0, 5, 5);
        double opposite = (2 * centre * (1 - centre) + C1)
                * (-2 * variance + C2)
                / ((centre * centre + (1 - centre) * (1 - centre) + C1) * (2 * variance + C2));
        assertEquals(opposite, Ssim.of(hole, dot)[0], 1e-12);
        assertTrue(opposite < 0);
    }

    @Test
    void m10_everyWindowThatFitsCountsOnce() {
        Tensor x = Tensor.normal(RandomStream.seed(1), 0.3, 1, 1, 12, 13);
        Tensor y = Tensor.normal(RandomStream.seed(2), 0.3, 1, 1, 12, 13);
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                sum += Ssim.of(window(y, i, j), window(x, i, j))[0];
            }
        }
        assertEquals(sum / 6, Ssim.of(y, x)[0], 1e-9);
    }

    private static Tensor window(Tensor x, int i, int j) {
        Tensor window = Tensor.zeros(1, 1, 11, 11);
        for (int u = 0; u < 11; u++) {
            for (int v = 0; v < 11; v++) {
                window.set(x.at(0, 0, i + u, j + v), 0, 0, u, v);
            }
        }
        return window;
    }

    @Test
    void itIsSymmetricAndOfSeveralChannelsTheMean() {
        Tensor x = Tensor.uniform(RandomStream.seed(3), 0, 1, 2, 3, 12, 14);
        Tensor y = Tensor.uniform(RandomStream.seed(4), 0, 1, 2, 3, 12, 14);
        assertArrayEquals(Ssim.of(x, y), Ssim.of(y, x), 1e-12);
        double[] planes = Ssim.of(y.reshape(6, 1, 12, 14), x.reshape(6, 1, 12, 14));
        assertEquals((planes[3] + planes[4] + planes[5]) / 3, Ssim.of(y, x)[1], 1e-12);
    }

    @Test
    void moreNoiseIsLessAlike() {
        Tensor x = Tensor.uniform(RandomStream.seed(5), 0, 1, 1, 1, 28, 28);
        double before = 1;
        for (double deviation : new double[] {0.05, 0.1, 0.2, 0.4}) {
            Tensor y = Tensor.normal(RandomStream.seed(6), deviation, 1, 1, 28, 28);
            for (int i = 0; i < y.length(); i++) {
                y.data()[i] += x.data()[i];
            }
            double now = Ssim.of(y, x)[0];
            assertTrue(now < before, now + " at " + deviation + " after " + before);
            before = now;
        }
    }

    @Test
    void anImageSmallerThanTheWindowIsRefused() {
        Tensor small = Tensor.zeros(1, 1, 11, 10);
        assertThrows(ShapeException.class, () -> Ssim.of(small, small));
        assertThrows(ShapeException.class, () -> Ssim.of(Tensor.zeros(1, 1, 11, 11), Tensor.zeros(1, 1, 12, 11)));
    }
}
