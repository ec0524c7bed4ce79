package atelier.show;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * An image for a notebook: any Java kernel shows it when it is the last line of a cell.
 *
 * <p>Units: {@link #width} and {@link #height} are pixels of the page; each is stored as {@value #DENSITY} × {@value
 * #DENSITY} pixels, so that letters stay sharp on fine screens.
 */
public final class Picture extends BufferedImage {

    /** Stored pixels along one pixel of the page. */
    public static final int DENSITY = 2;

    private static final long MOST_PIXELS = 64_000_000;

    private final String alt;

    /** A white picture of this size on the page; {@code alt} says in words what is to be seen. */
    public Picture(int width, int height, String alt) {
        super(stored(width, height), stored(height, width), TYPE_INT_RGB);
        this.alt = alt;
        Graphics2D pen = createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, getWidth(), getHeight());
        pen.dispose();
    }

    /** What is to be seen, in words, for those who do not see it. */
    public String alt() {
        return alt;
    }

    /** The width on the page, in its pixels. */
    public int width() {
        return getWidth() / DENSITY;
    }

    /** The height on the page, in its pixels. */
    public int height() {
        return getHeight() / DENSITY;
    }

    /** A pen that draws smooth lines and letters, in pixels of the page. */
    public Graphics2D pen() {
        Graphics2D pen = createGraphics();
        pen.scale(DENSITY, DENSITY);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.setFont(Typeface.plain(12));
        pen.setColor(Palette.INK);
        return pen;
    }

    /** The picture as the bytes of a PNG file. */
    public byte[] png() {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriteParam tight = writer.getDefaultWriteParam();
        tight.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        tight.setCompressionQuality(0);
        ImageIO.setUseCache(false);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(Shades.of(this), null, null), tight);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The picture inside a page, with its words for those who do not see it. */
    public Html html() {
        String data = Base64.getEncoder().encodeToString(png());
        return new Html(
                "<img alt=\"" + Html.escape(alt) + "\" width=\"" + width() + "\" src=\"data:image/png;base64," + data
                        + "\">",
                alt);
    }

    /** Writes a PNG file; it is written beside and renamed, so that nobody ever reads half of it. */
    public Path writeTo(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, ".picture", ".png");
        try {
            Files.copy(new ByteArrayInputStream(png()), beside, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static int stored(int size, int other) {
        if (size < 1 || (long) size * Math.max(1, other) * DENSITY * DENSITY > MOST_PIXELS) {
            throw new IllegalArgumentException("Picture: expected a size of at least 1×1 and at most "
                    + MOST_PIXELS / DENSITY / DENSITY + " pixels but got " + size + " by " + other
                    + ". Show fewer things at once.");
        }
        return size * DENSITY;
    }

    @Override
    public String toString() {
        return "Picture " + width() + "×" + height() + ": " + alt;
    }
}
