package atelier.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.RandomStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows 18 and 19 of the hostile inputs: two files that do not belong together, and images of nothing. */
class ImageSetTest {

    @TempDir
    Path folder;

    private Path images(String name, int count, int fill) {
        byte[] pixels = new byte[4 * count];
        java.util.Arrays.fill(pixels, (byte) fill);
        if (count > 0 && fill == 1) {
            pixels[0] = 2;
        }
        Path file = folder.resolve(name);
        new Idx(new int[] {count, 2, 2}, pixels).write(file);
        return file;
    }

    private Path labels(String name, int... labels) {
        byte[] bytes = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            bytes[i] = (byte) labels[i];
        }
        Path file = folder.resolve(name);
        new Idx(new int[] {labels.length}, bytes).write(file);
        return file;
    }

    private static String refusal(Path images, Path labels) {
        return assertThrows(DataException.class, () -> new ImageFiles(images, labels).read())
                .getMessage();
    }

    @Test
    void readsWhatWasWritten() {
        ImageSet drawn = Scribbles.load(3, 12, 1).train();
        new ImageFiles(folder.resolve("i.gz"), folder.resolve("l.gz")).write(drawn);
        assertEquals(drawn, new ImageFiles(folder.resolve("i.gz"), folder.resolve("l.gz")).read());
    }

    @Test
    void imagesAndLabelsSwappedAreNamed() {
        Path images = images("i", 3, 1);
        Path labels = labels("l", 1, 2, 3);
        String line = refusal(labels, images);
        assertTrue(
                line.contains("swapped") && line.contains(images.toString()) && line.contains(labels.toString()), line);
    }

    @Test
    void countsThatDifferNameBothFiles() {
        Path images = images("i", 3, 1);
        Path labels = labels("l", 1, 2);
        String line = refusal(images, labels);
        assertTrue(line.contains("3 images in " + images) && line.contains("2 labels in " + labels), line);
    }

    @Test
    void labelsAboveNineAreRefused() {
        for (int label : new int[] {10, 127, 128, 255}) {
            Path file = labels("l" + label, 1, label, 3);
            String line = refusal(images("i", 3, 1), file);
            assertTrue(line.contains(label + " at image 1") && line.contains(file.toString()), line);
        }
    }

    @Test
    void imagesOfNothingAreWarnedOf() {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true));
        try {
            new ImageFiles(images("blank", 3, 0), labels("l", 1, 2, 3)).read();
            new ImageFiles(images("fine", 3, 1), labels("l", 1, 2, 3)).read();
        } finally {
            System.setErr(before);
        }
        assertEquals(1, said.toString().lines().count());
        assertTrue(said.toString().contains("blank is 0"), said.toString());
    }

    @Test
    void pixelsThatDoNotFitTheLabelsAreRefused() {
        assertThrows(DataException.class, () -> new ImageSet(new byte[7], new byte[2], 2, 2));
        assertThrows(DataException.class, () -> new ImageSet(new byte[0], new byte[2], 0, 2));
    }

    @Test
    void pickedImagesComeInTheOrderAskedFor() {
        ImageSet set = new ImageSet(new byte[] {0, 51, 102, (byte) 255}, new byte[4], 1, 1);
        assertArrayEquals(new float[] {1, 0.2f, 0.2f}, set.pick(3, 1, 1).data());
        assertThrows(DataException.class, () -> set.pick(4));
    }

    @Test
    void aSliceHoldsThoseImagesAndNoOthers() {
        ImageSet all = Scribbles.load(3, 12, 1).train();
        ImageSet some = all.slice(5, 8);
        assertArrayEquals(all.images(5, 8).data(), some.images(0, 3).data());
        assertArrayEquals(all.labels(5, 8), some.labels(0, 3));
        assertEquals(all.pixel(6, 14, 14), some.pixel(1, 14, 14));
        assertEquals(0, all.slice(3, 3).count());
        for (int[] range : new int[][] {{-1, 2}, {3, 2}, {0, 13}}) {
            assertThrows(DataException.class, () -> all.slice(range[0], range[1]));
            assertThrows(DataException.class, () -> all.images(range[0], range[1]));
        }
    }

    @Test
    void whereKeepsTheImagesOfTheWantedDigitsInTheirOrder() {
        ImageSet all = new ImageSet(new byte[] {10, 11, 20, 21, 30, 31}, new byte[] {7, 3, 7}, 1, 2);
        assertEquals(
                new ImageSet(new byte[] {10, 11, 30, 31}, new byte[] {7, 7}, 1, 2), all.where(digit -> digit == 7));
        assertEquals(all, all.where(digit -> true));
        assertEquals(0, all.where(digit -> digit > 7).count());
    }

    @Test
    void someAreTheImagesOfTheseNumbersInThatOrder() {
        ImageSet all = new ImageSet(new byte[] {10, 11, 20, 21, 30, 31}, new byte[] {7, 3, 5}, 1, 2);
        assertEquals(new ImageSet(new byte[] {30, 31, 10, 11, 30, 31}, new byte[] {5, 7, 5}, 1, 2), all.some(2, 0, 2));
        assertEquals(0, all.some().count());
        assertThrows(DataException.class, () -> all.some(0, 3));
        assertThrows(DataException.class, () -> all.some(-1));
    }

    @Test
    void binarisedPixelsAreBlackOrWhiteAsOftenAsTheirGreySays() {
        byte[] pixels = new byte[3 * 4000];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i + 1] = 51; // a fifth
            pixels[i + 2] = (byte) 255;
        }
        ImageSet binary = new ImageSet(pixels, new byte[4000], 1, 3).binarised(RandomStream.seed(1));
        int white = 0;
        for (int i = 0; i < 4000; i++) {
            assertEquals(0, binary.pixel(i, 0, 0));
            assertEquals(255, binary.pixel(i, 0, 2));
            assertTrue(binary.pixel(i, 0, 1) == 0 || binary.pixel(i, 0, 1) == 255);
            white += binary.pixel(i, 0, 1) / 255;
        }
        assertEquals(800, white, 4 * Math.sqrt(4000 * 0.2 * 0.8)); // four standard deviations
        assertEquals(
                binary, new ImageSet(pixels, new byte[4000], 1, 3).binarised(RandomStream.seed(1)), "the same seed");
    }
}
