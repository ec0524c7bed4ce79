package atelier.show;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;

/**
 * Images as a grid, each with a caption if there is one: digits, reconstructions, samples.
 *
 * <p>Shapes: {@code [N,1,H,W]} in gray or {@code [N,3,H,W]} in colour; one image may also come as {@code [H,W]}.
 *
 * <p>Units: pixels in [0,1], 0 black and 1 white; what lies outside is shown as the nearer end, NaN in pink.
 */
public final class Digits {

    private static final int WIDEST = 880;
    private static final int GAP = 4;
    private static final int MOST = 10_000;

    private Digits() {}

    /** All images, up to ten beside each other. */
    public static Picture grid(Tensor images) {
        return grid(images, Math.max(1, Math.min(10, batch(images).size(0))));
    }

    /** All images in this many columns; the caption of image n stands below it. */
    public static Picture grid(Tensor images, int columns, String... captions) {
        Tensor x = batch(images);
        int n = x.size(0);
        if (columns < 1) {
            throw new IllegalArgumentException(
                    "Digits.grid: expected at least 1 column but got " + columns + ". Try 10.");
        }
        if (captions.length != 0 && captions.length != n) {
            throw new IllegalArgumentException("Digits.grid: expected no captions or one an image (" + n + ") but got "
                    + captions.length + ". Give every image its caption.");
        }
        if (n > MOST) {
            throw new IllegalArgumentException("Digits.grid: expected at most " + MOST + " images but got " + n
                    + ". Show a part of them: images.slice(0, 100).");
        }
        if (n == 0) {
            return Text.note("No images to show.");
        }
        // An image is enlarged by a whole number of stored pixels, at most to about 56 pixels of the page
        int side = Math.max(x.size(2), x.size(3));
        int across = Math.min(columns, n);
        int room = (WIDEST - GAP) / across - GAP;
        int most = n == 1 ? 224 : n <= 5 ? 112 : 56;
        int enlarge = Math.max(1, Math.min(room, most) * Picture.DENSITY / side);
        double imageWidth = (double) enlarge * x.size(3) / Picture.DENSITY;
        double imageHeight = (double) enlarge * x.size(2) / Picture.DENSITY;
        double captionWidth = 0;
        for (String caption : captions) {
            captionWidth = Math.max(captionWidth, Text.width(caption, Text.SMALL));
        }
        double cellWidth = Math.ceil(Math.max(imageWidth, captionWidth)) + GAP;
        double cellHeight = Math.ceil(imageHeight) + (captions.length == 0 ? GAP : 18);
        int down = (n + across - 1) / across;

        Picture picture = new Picture(
                (int) (across * cellWidth) + GAP, (int) (down * cellHeight) + GAP, alt(x, across, down, captions));
        Graphics2D pen = picture.pen();
        for (int i = 0; i < n; i++) {
            double left = GAP + i % across * cellWidth;
            double top = GAP + i / across * cellHeight;
            double inset = Math.floor((cellWidth - GAP - imageWidth) / 2);
            paint(picture, x, i, (int) ((left + inset) * Picture.DENSITY), (int) (top * Picture.DENSITY), enlarge);
            if (captions.length != 0) {
                Text.centre(pen, captions[i], left + (cellWidth - GAP) / 2, top + imageHeight + 12, Text.SMALL);
            }
        }
        pen.dispose();
        return picture;
    }

    /** One image, enlarged, with the number in every pixel: two decimals, as .73 for 0.73. */
    public static Picture numbers(Tensor image) {
        Tensor x = batch(image);
        if (x.size(0) != 1 || x.size(1) != 1) {
            throw new ShapeException("Digits.numbers: expected one gray image, [1,1,H,W] or [H,W], but got "
                    + Arrays.toString(image.shape()) + ". Take one: images.slice(0, 1).");
        }
        int h = x.size(2);
        int w = x.size(3);
        if (h == 0 || w == 0) {
            return Text.note("No pixels to show.");
        }
        int cell = Math.max(22, Math.min(44, WIDEST / w));
        Picture picture = new Picture(
                w * cell + 2,
                h * cell + 2,
                "An image of " + h + " by " + w + " pixels with the number in every pixel.");
        Graphics2D pen = picture.pen();
        for (int i = 0; i < h; i++) {
            for (int j = 0; j < w; j++) {
                float value = x.at(0, 0, i, j);
                Color ground = Palette.gray(value);
                pen.setColor(ground);
                pen.fillRect(1 + j * cell, 1 + i * cell, cell, cell);
                pen.setColor(value == 0 ? Palette.SOFT_INK : Palette.inkOn(ground));
                Text.centre(pen, number(value), 1 + (j + 0.5) * cell, 1 + (i + 0.5) * cell + 3.5, 10);
            }
        }
        pen.dispose();
        return picture;
    }

    private static String number(float value) {
        if (Float.isNaN(value)) {
            return "NaN";
        }
        String text = String.format(Locale.ROOT, "%.2f", value);
        if (text.endsWith(".00")) {
            text = text.substring(0, text.length() - 3);
        }
        return text.equals("-0") ? "0" : text.replaceFirst("^(-?)0\\.", "$1.");
    }

    /** The picture's stored pixels are set directly: an image pixel becomes a sharp square of them. */
    static void paint(BufferedImage picture, Tensor x, int n, int left, int top, int enlarge) {
        boolean colour = x.size(1) == 3;
        for (int i = 0; i < x.size(2) * enlarge; i++) {
            for (int j = 0; j < x.size(3) * enlarge; j++) {
                int h = i / enlarge;
                int w = j / enlarge;
                int rgb = Palette.gray(x.at(n, 0, h, w)).getRGB();
                if (colour) {
                    rgb = rgb & 0xFF0000
                            | Palette.gray(x.at(n, 1, h, w)).getRGB() & 0xFF00
                            | Palette.gray(x.at(n, 2, h, w)).getRGB() & 0xFF;
                }
                picture.setRGB(left + j, top + i, rgb);
            }
        }
    }

    private static String alt(Tensor x, int across, int down, String... captions) {
        int n = x.size(0);
        String text =
                (n == 1 ? "One image" : n + " images in " + down + (down == 1 ? " row" : " rows") + " of " + across)
                        + ", " + x.size(2) + " by " + x.size(3) + " pixels each";
        if (captions.length == 0) {
            return text + ".";
        }
        int shown = Math.min(20, n);
        return text + ": " + String.join(", ", Arrays.asList(captions).subList(0, shown)) + (shown < n ? ", …" : "")
                + ".";
    }

    static Tensor batch(Tensor images) {
        if (images.rank() == 2) {
            return images.reshape(1, 1, images.size(0), images.size(1));
        }
        if (images.rank() != 4 || images.size(1) != 1 && images.size(1) != 3) {
            throw new ShapeException("Digits: expected images [N,1,H,W], [N,3,H,W] or [H,W] but got "
                    + Arrays.toString(images.shape()) + ". Reshape them first.");
        }
        return images;
    }
}
