package atelier.show;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;

/**
 * Pictures one after the other, over and over: how samples or curves grow while a network learns. A notebook shows it when it
 * is the last line of a cell; it needs no script.
 *
 * <pre>{@code
 * new Animation("Two densities approach each other.", 150, frames)
 * }</pre>
 *
 * <p>It is a GIF of few colours: lines and grey digits keep their looks, photographs do not. The last frame stands five times
 * as long as the others.
 */
public final class Animation {

    private static final int COLOURS = 48;
    private static final int MOST_FRAMES = 200;
    private static final int MOST_PIXELS = 100_000_000;

    private final List<BufferedImage> frames;
    private final int millis;
    private final int colours;
    private final int enlarged;
    private final String alt;

    /**
     * An animation of pictures or other images of one size; a {@link Picture} gets one pixel for each pixel of the page.
     *
     * @param alt what is to be seen, in words
     * @param millis how long each frame stands, in thousandths of a second; browsers round to hundredths
     */
    public Animation(String alt, int millis, List<? extends BufferedImage> frames) {
        this(alt, millis, frames, COLOURS, 1);
    }

    /**
     * @param colours how many all frames may have together; 16 greys look like 256 and make a third of the file
     * @param enlarged how many pixels of the page show one of the image each way, as sharp squares
     */
    Animation(String alt, int millis, List<? extends BufferedImage> frames, int colours, int enlarged) {
        require(millis, frames);
        this.alt = alt;
        this.millis = millis;
        this.frames = frames.stream().map(Animation::atPageSize).toList();
        this.colours = colours;
        this.enlarged = enlarged;
    }

    private static void require(int millis, List<? extends BufferedImage> frames) {
        if (frames.isEmpty() || frames.size() > MOST_FRAMES || millis < 20) {
            throw new IllegalArgumentException("Animation: expected 1 to " + MOST_FRAMES
                    + " frames of at least 20 milliseconds but got " + frames.size() + " of " + millis
                    + ". Take every tenth picture, or show it longer.");
        }
        BufferedImage first = frames.get(0);
        for (BufferedImage frame : frames) {
            if (frame.getWidth() != first.getWidth() || frame.getHeight() != first.getHeight()) {
                throw new IllegalArgumentException("Animation: expected frames of one size but got " + first.getWidth()
                        + "×" + first.getHeight() + " and " + frame.getWidth() + "×" + frame.getHeight()
                        + ". Draw all of them on the same axes.");
            }
        }
        if ((long) first.getWidth() * first.getHeight() * frames.size() > MOST_PIXELS) {
            throw new IllegalArgumentException("Animation: expected at most " + MOST_PIXELS
                    + " pixels in all frames together but got " + frames.size() + " frames of " + first.getWidth()
                    + "×" + first.getHeight() + ". Show fewer or smaller ones.");
        }
    }

    /** The mean of each square of stored pixels. */
    private static BufferedImage atPageSize(BufferedImage image) {
        boolean fine = image instanceof Picture;
        int width = fine ? image.getWidth() / Picture.DENSITY : image.getWidth();
        int height = fine ? image.getHeight() / Picture.DENSITY : image.getHeight();
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = copy.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(image, 0, 0, width, height, null);
        pen.dispose();
        return copy;
    }

    /** What is to be seen, in words, for those who do not see it. */
    public String alt() {
        return alt;
    }

    /** The width on the page, in its pixels. */
    public int width() {
        return frames.get(0).getWidth() * enlarged;
    }

    /** The height on the page, in its pixels. */
    public int height() {
        return frames.get(0).getHeight() * enlarged;
    }

    /** The animation as the bytes of a GIF file. */
    public byte[] gif() {
        int width = frames.get(0).getWidth();
        Shades shades = Shades.shared(colours, frames);
        byte[] before = null;
        try (GifWriter out = new GifWriter(shades.palette())) {
            for (int i = 0; i < frames.size(); i++) {
                byte[] now = shades.indices(frames.get(i));
                Rectangle place = GifWriter.change(before, now, width);
                out.frame(before, now, width, place, i == frames.size() - 1 ? 5 * millis : millis);
                before = now;
            }
            return out.bytes();
        }
    }

    /** The animation as a piece of HTML that carries the GIF inside. */
    public Html html() {
        return new Html(
                "<img alt=\"" + Html.escape(alt) + "\" width=\"" + width() + "\" height=\"" + height()
                        + "\" style=\"max-width:100%;height:auto" + (enlarged > 1 ? ";image-rendering:pixelated" : "")
                        + "\" src=\"data:image/gif;base64,"
                        + Base64.getEncoder().encodeToString(gif()) + "\">",
                alt);
    }

    @Override
    public String toString() {
        return "Animation " + width() + "×" + height() + ", " + frames.size() + " frames: " + alt;
    }
}
