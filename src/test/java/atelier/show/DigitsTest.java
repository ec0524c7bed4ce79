package atelier.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DigitsTest {

    /** Three images of 4×6 pixels, black but for one white pixel: (0,0), (1,2), (3,5). */
    private static Tensor three() {
        Tensor x = Tensor.zeros(3, 1, 4, 6);
        x.set(1, 0, 0, 0, 0);
        x.set(1, 1, 0, 1, 2);
        x.set(1, 2, 0, 3, 5);
        return x;
    }

    @Test
    void aWhitePixelIsWhiteAtItsPlaceAndOnlyThere() {
        Picture picture = Digits.grid(three(), 3);
        int enlarge = 112 * 2 / 6;
        int cell = (int) (Math.ceil(enlarge * 6 / 2.0) + 4) * 2;
        assertPixel(picture, 8, 8, 0xFF);
        assertPixel(picture, 8 + enlarge, 8, 0);
        assertPixel(picture, 8 + cell + 2 * enlarge, 8 + enlarge, 0xFF);
        assertPixel(picture, 8 + cell + 3 * enlarge, 8 + enlarge, 0);
        assertPixel(picture, 8 + 2 * cell + 6 * enlarge - 1, 8 + 4 * enlarge - 1, 0xFF);
        assertPixel(picture, 8 + 2 * cell + 5 * enlarge - 1, 8 + 4 * enlarge - 1, 0);
    }

    @Test
    void theGridHasRowsAndColumns() {
        assertEquals(
                "20 images in 2 rows of 10, 28 by 28 pixels each.",
                Digits.grid(Tensor.zeros(20, 1, 28, 28)).alt());
        Picture picture = Digits.grid(Tensor.zeros(7, 1, 28, 28), 3);
        assertEquals("7 images in 3 rows of 3, 28 by 28 pixels each.", picture.alt());
        assertTrue(picture.width() <= 900);
    }

    @Test
    void captionsAreSaidAndWidenTheCells() {
        Picture plain = Digits.grid(three(), 3);
        Picture captioned = Digits.grid(three(), 3, "one", "two, with a caption much wider than it", "three");
        assertTrue(captioned.alt().endsWith(": one, two, with a caption much wider than it, three."), captioned.alt());
        assertTrue(captioned.width() > plain.width());
        assertTrue(captioned.height() > plain.height());
    }

    @Test
    void layoutColourAndRankMakeNoDifference() {
        Tensor x = Tensor.uniform(RandomStream.seed(1), 0, 1, 2, 3, 5, 4);
        assertSame(Digits.grid(x), Digits.grid(x.channelsLast()));
        Tensor one = Tensor.uniform(RandomStream.seed(2), 0, 1, 1, 1, 5, 4);
        assertSame(Digits.grid(one), Digits.grid(one.reshape(5, 4)));
    }

    @Test
    void strangeNumbersAreShownAndNothingFails() {
        Tensor x = Tensor.of(new float[] {Float.NaN, -5, 7, Float.POSITIVE_INFINITY}, 1, 1, 2, 2);
        Picture picture = Digits.grid(x);
        assertEquals(Palette.NOT_A_NUMBER.getRGB(), picture.getRGB(20, 20));
        int right = picture.getWidth() - 20;
        assertPixel(picture, right, 20, 0);
        assertPixel(picture, 20, picture.getHeight() - 20, 0xFF);
        assertTrue(Digits.numbers(x).width() > 40);
    }

    @Test
    void noImagesMakeANote() {
        assertEquals(
                "No images to show.", Digits.grid(Tensor.zeros(0, 1, 28, 28)).alt());
    }

    @Test
    void aThousandImagesFitThePage() {
        Picture picture = Digits.grid(Tensor.filled(0.5f, 1000, 1, 28, 28), 50);
        assertTrue(picture.width() <= 910, picture.toString());
    }

    @Test
    void wrongInputIsNamedAtTheDoor() {
        assertThrows(ShapeException.class, () -> Digits.grid(Tensor.zeros(2, 2, 4, 4)));
        assertThrows(ShapeException.class, () -> Digits.numbers(Tensor.zeros(2, 1, 4, 4)));
        assertThrows(IllegalArgumentException.class, () -> Digits.grid(three(), 0));
        assertThrows(IllegalArgumentException.class, () -> Digits.grid(three(), 3, "only one"));
        assertThrows(IllegalArgumentException.class, () -> Digits.grid(Tensor.zeros(10_001, 1, 1, 1)));
    }

    private static void assertPixel(Picture picture, int x, int y, int gray) {
        assertEquals(Integer.toHexString(gray), Integer.toHexString(picture.getRGB(x, y) & 0xFF), x + "," + y);
    }

    private static void assertSame(Picture a, Picture b) {
        org.junit.jupiter.api.Assertions.assertArrayEquals(a.png(), b.png());
    }
}
