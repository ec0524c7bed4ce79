package atelier.show;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {

    @Test
    void isWhiteAndTwiceAsFineAsThePage() {
        Picture picture = new Picture(30, 20, "nothing");
        assertEquals(30, picture.width());
        assertEquals(20, picture.height());
        assertEquals(60, picture.getWidth());
        assertEquals(0xFFFFFFFF, picture.getRGB(59, 39));
        assertEquals("Picture 30×20: nothing", picture.toString());
    }

    @Test
    void comesBackFromItsPngPixelByPixel() throws Exception {
        assertSamePixels(few());
        assertSamePixels(many());
    }

    @Test
    void fewColoursMakeASmallFile() {
        assertTrue(few().png().length < many().png().length);
        assertEquals(3, few().png()[25], "colour type: a palette");
        assertEquals(2, many().png()[25], "colour type: red, green, blue");
    }

    @Test
    void rareShadesOfSmoothedEdgesTakeTheNearestColour() throws Exception {
        Picture lines = new Picture(400, 400, "lines");
        Graphics2D pen = lines.pen();
        for (int i = 0; i < 20; i++) {
            pen.setColor(Color.getHSBColor(i / 20f, 1, 0.8f));
            pen.drawLine(0, 20 * i, 400, 13 * i);
        }
        pen.dispose();
        assertEquals(3, lines.png()[25], "colour type: a palette");
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(lines.png()));
        int worst = 0;
        for (int i = 0; i < 800 * 800; i++) {
            Color drawn = new Color(lines.getRGB(i % 800, i / 800));
            Color stored = new Color(read.getRGB(i % 800, i / 800));
            worst = Math.max(worst, Math.abs(drawn.getRed() - stored.getRed()));
            worst = Math.max(worst, Math.abs(drawn.getGreen() - stored.getGreen()));
            worst = Math.max(worst, Math.abs(drawn.getBlue() - stored.getBlue()));
        }
        assertTrue(worst > 0 && worst < 40, "off by " + worst);
    }

    @Test
    void isWrittenWholeAndLeavesNothingBeside(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("new/picture.png");
        few().writeTo(file);
        many().writeTo(file);
        assertArrayEquals(many().png(), Files.readAllBytes(file));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void leavesNothingBesideWhereItCannotBeWritten(@TempDir Path folder) throws Exception {
        Path taken = Files.createDirectories(folder.resolve("picture.png/full"));
        assertThrows(java.io.IOException.class, () -> few().writeTo(taken.getParent()));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void refusesSizesThatNoPageHolds() {
        assertThrows(IllegalArgumentException.class, () -> new Picture(0, 5, ""));
        assertThrows(IllegalArgumentException.class, () -> new Picture(5, -1, ""));
        assertThrows(IllegalArgumentException.class, () -> new Picture(1_000_000, 1_000_000, ""));
    }

    @Test
    void picturesStandBesideAndBelowEachOther() {
        Picture both = Pictures.beside(few(), new Picture(10, 100, "second"));
        assertEquals(40 + 20 + 10, both.width());
        assertEquals(100, both.height());
        assertEquals("few second", both.alt());
        assertEquals(few().getRGB(20, 20), both.getRGB(20, 20));
        Picture pile = Pictures.below(new Picture(10, 100, "first"), few());
        assertEquals(40, pile.width());
        assertEquals(100 + 20 + 40, pile.height());
        assertEquals(few().getRGB(20, 20), pile.getRGB(20, 240 + 20));
    }

    @Test
    void aTitleStandsAboveWithoutTouchingThePicture() {
        Picture titled = Pictures.titled("A title much wider than its picture", few());
        assertTrue(titled.width() > 200);
        assertEquals(few().getRGB(20, 20), titled.getRGB(20, 52 + 20));
        assertEquals("A title much wider than its picture: few", titled.alt());
    }

    private static void assertSamePixels(Picture picture) throws Exception {
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture.png()));
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                assertEquals(picture.getRGB(x, y), read.getRGB(x, y), x + "," + y);
            }
        }
    }

    private static Picture few() {
        Picture picture = new Picture(40, 40, "few");
        Graphics2D pen = picture.pen();
        pen.setColor(Color.ORANGE);
        pen.fillRect(5, 5, 20, 20);
        pen.dispose();
        return picture;
    }

    /** 1600 colours. */
    private static Picture many() {
        Picture picture = new Picture(40, 40, "many");
        for (int i = 0; i < 40 * 40; i++) {
            picture.setRGB(i % 40, i / 40, 0xFF000000 | i * 9973);
        }
        return picture;
    }
}
