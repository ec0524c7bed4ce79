package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.data.ImageSet;
import atelier.layer.Dense;
import atelier.layer.Dropout;
import atelier.layer.Flatten;
import atelier.layer.Sequential;
import atelier.model.Vae;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ActiveUnitsTest {

    /** μ = (2x, 0.1x, 7), ℓ = (0, −1, 0) of a pixel x; nothing is dropped except in training. */
    private static Vae vae() {
        Tensor weights = Tensor.of(new float[] {2, 0.1f, 0, 0, 0, 0}, 1, 6);
        Tensor biases = Tensor.of(new float[] {0, 0, 7, 0, -1, 0}, 6);
        return new Vae(
                "units",
                "dense 1-(3, 3)",
                3,
                0,
                new Sequential(
                        new Flatten(), new Dense("encoder", weights, biases), new Dropout(0.5, RandomStream.seed(2))),
                new Dense("decoder", Tensor.zeros(3, 1), Tensor.zeros(1)),
                RandomStream.seed(1));
    }

    @Test
    void v9_variancesOfTheMeansAreWorkedOutByHand() {
        byte[] pixels = new byte[2400];
        for (int i = 0; i < pixels.length; i += 2) {
            pixels[i] = (byte) 255; // half black, half white: the variance of a pixel is 1/4
        }
        ActiveUnits units = ActiveUnits.of(vae(), new ImageSet(pixels, new byte[2400], 1, 1));
        assertArrayEquals(new double[] {1, 0.0025, 0}, units.variances(), 1e-7);
        assertEquals(1, units.count());
        double[] kl = {(0 + 2) / 2.0, ((0 + 0.005) / 2.0) + 0.5 * Math.exp(-1), 24.5};
        assertArrayEquals(kl, units.kl(), 1e-5);
    }

    @Test
    void v9_aUnitIsActiveAboveTheThresholdNotOnIt() {
        assertEquals(1, new ActiveUnits(new double[] {0, 0.01, 0.0101}, new double[3]).count());
    }

    @Test
    void oneImageOrNoneTellsNothing() {
        assertEquals(
                0,
                ActiveUnits.of(vae(), new ImageSet(new byte[] {9}, new byte[1], 1, 1))
                        .count());
        ImageSet none = new ImageSet(new byte[0], new byte[0], 1, 1);
        assertThrows(IllegalArgumentException.class, () -> ActiveUnits.of(vae(), none));
    }
}
