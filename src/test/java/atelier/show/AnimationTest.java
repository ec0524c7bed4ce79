package atelier.show;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Scribbles;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;

/** Animations, and the evolution of samples that they show. */
class AnimationTest {

    // ---- the file ----

    @Test
    void everyFrameComesBackAsItWas() throws IOException {
        List<BufferedImage> frames = List.of(square(3), square(30), square(30), square(60));
        Gif gif = Gif.of(new Animation("a square moves", 120, frames));
        assertEquals(4, gif.frames.size());
        for (int i = 0; i < 4; i++) {
            for (int y = 0; y < 50; y++) {
                for (int x = 0; x < 100; x++) {
                    assertEquals(frames.get(i).getRGB(x, y), gif.frames.get(i).getRGB(x, y), i + ": " + x + "," + y);
                }
            }
        }
    }

    @Test
    void onlyWhatChangesIsStored() throws IOException {
        Gif gif = Gif.of(new Animation("a square moves", 120, List.of(square(3), square(30), square(30))));
        assertEquals(List.of("0,0 100×50", "3,10 47×20", "0,0 1×1"), gif.places);
    }

    @Test
    void whatStaysAsItWasCostsNextToNothing() {
        RandomStream random = RandomStream.seed(1);
        BufferedImage first = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 100 * 100; i++) {
            first.setRGB(i % 100, i / 100, Palette.gray(random.below(16) / 15.0).getRGB());
        }
        BufferedImage second = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
        first.copyData(second.getRaster());
        second.setRGB(0, 0, first.getRGB(0, 0) ^ 0x111111); // two corners, so that the rectangle around is all
        second.setRGB(99, 99, first.getRGB(99, 99) ^ 0x111111);
        int one = new Animation("noise", 100, List.of(first)).gif().length;
        int both = new Animation("noise", 100, List.of(first, second)).gif().length;
        assertTrue(both < 1.1 * one, one + " and " + both + " bytes");
    }

    @Test
    void itBeginsAgainForEverAndTheLastFrameStandsLonger() throws IOException {
        Gif gif = Gif.of(new Animation("a square moves", 120, List.of(square(3), square(30))));
        assertEquals(List.of("12", "60"), gif.delays);
        assertArrayEquals(new byte[] {1, 0, 0}, gif.loop, "0 times means for ever");
    }

    @Test
    void aPictureGetsOnePixelForEachOfThePage() throws IOException {
        Picture picture = new Picture(40, 30, "half");
        Graphics2D pen = picture.pen();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, 20, 30);
        pen.dispose();
        Animation animation = new Animation("half of it is red", 100, List.of(picture));
        assertEquals("Animation 40×30, 1 frames: half of it is red", animation.toString());
        BufferedImage frame = Gif.of(animation).frames.get(0);
        assertEquals(40, frame.getWidth());
        assertEquals(Color.RED.getRGB(), frame.getRGB(19, 15));
        assertEquals(Color.WHITE.getRGB(), frame.getRGB(20, 15));
    }

    @Test
    void manyColoursBecomeFew() throws IOException {
        BufferedImage many = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 64; i++) {
            many.setRGB(i % 64, i / 64, new Color(i % 64 * 4, i / 64 * 4, 128).getRGB());
        }
        BufferedImage few = Gif.of(new Animation("a plane of colours", 100, List.of(many)))
                .frames
                .get(0);
        int worst = 0;
        for (int i = 0; i < 64 * 64; i++) {
            Color drawn = new Color(many.getRGB(i % 64, i / 64));
            Color stored = new Color(few.getRGB(i % 64, i / 64));
            worst = Math.max(worst, Math.abs(drawn.getRed() - stored.getRed()));
            worst = Math.max(worst, Math.abs(drawn.getGreen() - stored.getGreen()));
        }
        assertTrue(worst > 4 && worst < 60, "off by " + worst);
    }

    @Test
    void framesThatDoNotFitAreRefused() {
        List<Picture> sizes = List.of(new Picture(40, 30, "a"), new Picture(41, 30, "b"));
        assertEquals(
                "Animation: expected frames of one size but got 80×60 and 82×60. Draw all of them on the same axes.",
                assertThrows(IllegalArgumentException.class, () -> new Animation("a", 100, sizes))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Animation("a", 100, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Animation("a", 1, List.of(square(3))));
    }

    private static BufferedImage square(int left) {
        BufferedImage frame = new BufferedImage(100, 50, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = frame.createGraphics();
        pen.setColor(Color.BLUE);
        pen.fillRect(left, 10, 20, 20);
        pen.dispose();
        return frame;
    }

    // ---- samples that grow ----

    @Test
    void aRowOfTheStripIsALatentAndAColumnAMoment() {
        Evolution evolution = new Evolution();
        for (int t = 0; t < 3; t++) {
            Tensor x = Tensor.zeros(2, 1, 7, 7);
            for (int i = 0; i < x.length(); i++) {
                x.data()[i] = i < 49 ? t / 2f : 1 - t / 2f; // the first latent grows lighter, the second darker
            }
            evolution.add("epoch " + t, x);
            x.fill(0.123f); // the evolution has its own copy
        }
        assertEquals(3, evolution.size());
        Picture strip = evolution.strip(2);
        assertEquals("What became of 2 latents, one a row; columns: epoch 0, epoch 1, epoch 2.", strip.alt());
        for (int t = 0; t < 3; t++) {
            int x = strip.getWidth() * (2 * t + 1) / 6;
            assertEquals(Palette.gray(t / 2.0).getRGB(), strip.getRGB(x, 2 * (18 + 20)), "moment " + t);
            assertEquals(Palette.gray(1 - t / 2.0).getRGB(), strip.getRGB(x, 2 * (18 + 80)), "moment " + t);
        }
        assertTrue(evolution.strip(1).height() < strip.height());
    }

    @Test
    void ofManyMomentsTheFirstTheLastAndSomeBetweenAreShown() {
        Evolution evolution = new Evolution();
        for (int t = 0; t <= 100; t++) {
            evolution.add("step " + 100 * t, Tensor.filled(t / 100f, 1, 1, 28, 28));
        }
        Picture strip = evolution.strip(1);
        assertTrue(strip.width() <= 900, "width " + strip.width());
        assertTrue(strip.alt().contains("columns: step 0, ") && strip.alt().endsWith(", step 10000."), strip.alt());
        assertEquals(Palette.gray(0.5).getRGB(), strip.getRGB(strip.getWidth() / 2, 2 * 35));
    }

    @Test
    void theAnimationShowsAllLatentsInASquareAndTheLabelBelow() throws IOException {
        Evolution evolution = new Evolution()
                .add("epoch 0", Tensor.zeros(5, 1, 28, 28))
                .add("epoch 1", Tensor.filled(1, 5, 1, 28, 28));
        Animation animation = evolution.animation();
        assertEquals("What became of 5 latents, from epoch 0 to epoch 1.", animation.alt());
        Gif gif = Gif.of(animation);
        BufferedImage first = gif.frames.get(0);
        BufferedImage last = gif.frames.get(1);
        assertEquals(3 * 30 + 2, first.getWidth());
        assertEquals(0, animation.width() % first.getWidth(), "whole pixels");
        assertTrue(animation.html().html().contains("image-rendering:pixelated"));
        assertEquals(Color.BLACK.getRGB(), first.getRGB(2 + 60 + 27, 2 + 27), "the third image");
        assertEquals(Color.WHITE.getRGB(), last.getRGB(2 + 60 + 27, 2 + 27));
        assertEquals(Color.WHITE.getRGB(), first.getRGB(2 + 60 + 15, 2 + 30 + 15), "there is no sixth");
        int ink = 0;
        for (int i = 0; i < 92 * 12; i++) {
            ink += first.getRGB(i % 92, first.getHeight() - 12 + i / 92) == Color.WHITE.getRGB() ? 0 : 1;
        }
        assertTrue(ink > 30, "letters: " + ink);
    }

    /** What a chapter may carry: ten moments of 64 digits, with a little noise as a generator has it. */
    @Test
    void tenMomentsOfAnEightByEightGridMakeASmallFile() {
        RandomStream random = RandomStream.seed(1);
        Evolution evolution = new Evolution();
        for (int t = 0; t < 10; t++) {
            Tensor x = Scribbles.load(t, 64, 1).train().images(0, 64);
            for (int i = 0; i < x.length(); i++) {
                x.data()[i] += 0.015f * (float) random.normal();
            }
            evolution.add("epoch " + t, x);
        }
        int size = evolution.animation().gif().length;
        assertTrue(size < 150_000, size + " bytes");
    }

    @Test
    void momentsThatDoNotFitAreRefused() {
        Evolution evolution = new Evolution();
        assertEquals("No images to show.", evolution.strip(1).alt());
        assertThrows(IllegalStateException.class, evolution::animation);
        evolution.add("epoch 0", Tensor.zeros(2, 1, 7, 7));
        assertThrows(ShapeException.class, () -> evolution.add("epoch 1", Tensor.zeros(3, 1, 7, 7)));
        assertThrows(ShapeException.class, () -> evolution.add("epoch 1", Tensor.zeros(2, 49)));
        assertThrows(IllegalArgumentException.class, () -> evolution.strip(3));
        assertThrows(IllegalArgumentException.class, () -> evolution.strip(0));
    }

    /** A GIF as a browser reads it: each frame drawn over the one before. */
    private record Gif(List<BufferedImage> frames, List<String> places, List<String> delays, byte[] loop) {

        static Gif of(Animation animation) throws IOException {
            ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
            reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(animation.gif())));
            Gif gif = new Gif(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new byte[3]);
            BufferedImage screen = null;
            for (int i = 0; i < reader.getNumImages(true); i++) {
                BufferedImage part = reader.read(i);
                IIOMetadataNode about =
                        (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
                int left = Integer.parseInt(attribute(about, "ImageDescriptor", "imageLeftPosition"));
                int top = Integer.parseInt(attribute(about, "ImageDescriptor", "imageTopPosition"));
                BufferedImage next = screen == null
                        ? new BufferedImage(part.getWidth(), part.getHeight(), BufferedImage.TYPE_INT_ARGB)
                        : copy(screen);
                next.createGraphics().drawImage(part, left, top, null);
                assertEquals("doNotDispose", attribute(about, "GraphicControlExtension", "disposalMethod"));
                gif.places.add(left + "," + top + " " + part.getWidth() + "×" + part.getHeight());
                gif.delays.add(attribute(about, "GraphicControlExtension", "delayTime"));
                if (i == 0) {
                    Node loop =
                            about.getElementsByTagName("ApplicationExtension").item(0);
                    byte[] times = (byte[]) ((IIOMetadataNode) loop).getUserObject();
                    System.arraycopy(times, 0, gif.loop, 0, 3);
                }
                gif.frames.add(next);
                screen = next;
            }
            return gif;
        }

        private static String attribute(IIOMetadataNode about, String node, String name) {
            return ((IIOMetadataNode) about.getElementsByTagName(node).item(0)).getAttribute(name);
        }

        private static BufferedImage copy(BufferedImage image) {
            BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
            copy.createGraphics().drawImage(image, 0, 0, null);
            return copy;
        }
    }
}
