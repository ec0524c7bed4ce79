package atelier.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;

class RooflineTest {

    /** Peak 100 Gflop/s, memory 10 GB/s: the ridge is at 10 operations a byte. */
    @Test
    void f1_theRoofIsTheLowerOfTheTwoLimits() {
        Picture picture = Roofline.of(
                "Roof",
                100e9,
                10e9,
                List.of(
                        new Roofline.Point("left", 0.5, 1e9), // of 5
                        new Roofline.Point("ridge", 10, 100e9),
                        new Roofline.Point("right", 1000, 25e9)));
        assertEquals(
                "Roof. Peak 100 Gflop/s, memory 10 GB/s. left: 1 Gflop/s, 20 % of its roof; ridge: 100 Gflop/s, 100 % of its "
                        + "roof; right: 25 Gflop/s, 25 % of its roof.",
                picture.alt());
    }

    @Test
    void aPointAtTheRidgeIsDrawnOnTheRoof() {
        Picture picture = Roofline.of("Roof", 100e9, 10e9, List.of(new Roofline.Point("ridge", 10, 100e9)));
        int most = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            int blue = 0;
            int orange = 0;
            for (int x = 0; x < picture.getWidth(); x++) {
                blue += picture.getRGB(x, y) == Palette.series(0).getRGB() ? 1 : 0;
                orange += picture.getRGB(x, y) == Palette.series(1).getRGB() ? 1 : 0;
            }
            most = Math.max(most, blue > 0 ? orange : 0);
        }
        assertTrue(most > 50, "no row holds both the flat roof and the point");
    }

    @Test
    void withoutPointsItSaysSo() {
        assertTrue(Roofline.of("Roof", 1e9, 1e9, List.of()).alt().contains("no points"));
        assertEquals(
                Color.WHITE.getRGB(), Roofline.of("Roof", 1e9, 1e9, List.of()).getRGB(0, 0));
    }
}
