package atelier.show;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * Frames of one palette into an animated GIF that begins again for ever. Of each frame only the rectangle that has changed
 * is stored, and in it only the pixels that have: the others are see-through.
 *
 * <p>Source: CompuServe 1990, "Graphics Interchange Format, version 89a"; that it begins again is an extension that Netscape
 * added.
 */
final class GifWriter implements AutoCloseable {

    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private final ImageWriter writer =
            ImageIO.getImageWritersByFormatName("gif").next();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ImageOutputStream out;
    private final IndexColorModel colours;
    private final int seeThrough;

    GifWriter(int... palette) {
        seeThrough = palette.length;
        int[] argb = Arrays.copyOf(palette, palette.length + 1); // the last is 0: no colour at all
        colours = new IndexColorModel(8, argb.length, argb, 0, true, seeThrough, DataBuffer.TYPE_BYTE);
        ImageIO.setUseCache(false);
        try {
            out = ImageIO.createImageOutputStream(bytes);
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The smallest rectangle around all pixels that differ; one pixel if none does, all if there is no frame before. */
    static Rectangle change(byte[] before, byte[] now, int width) {
        if (before == null) {
            return new Rectangle(0, 0, width, now.length / width);
        }
        Rectangle change = null;
        for (int i = 0; i < now.length; i++) {
            if (now[i] != before[i]) {
                Rectangle pixel = new Rectangle(i % width, i / width, 1, 1);
                change = change == null ? pixel : change.union(pixel);
            }
        }
        return change == null ? new Rectangle(0, 0, 1, 1) : change;
    }

    /** Stores what has changed since the frame before. */
    void frame(byte[] before, byte[] now, int width, Rectangle place, int millis) {
        byte[] pixels = new byte[place.width * place.height];
        for (int i = 0; i < pixels.length; i++) {
            int at = (place.y + i / place.width) * width + place.x + i % place.width;
            pixels[i] = before != null && before[at] == now[at] ? (byte) seeThrough : now[at];
        }
        BufferedImage image = new BufferedImage(place.width, place.height, BufferedImage.TYPE_BYTE_INDEXED, colours);
        image.getRaster().setDataElements(0, 0, place.width, place.height, pixels);
        IIOMetadata about = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        try {
            describe(about, place, millis, before == null);
            writer.writeToSequence(new IIOImage(image, null, about), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the frame lies, how long it stands, that it stays below the next one, and, once, that all begins again. */
    private static void describe(IIOMetadata about, Rectangle place, int millis, boolean first)
            throws IIOInvalidTreeException {
        IIOMetadataNode root = (IIOMetadataNode) about.getAsTree(FORMAT);
        IIOMetadataNode descriptor = child(root, "ImageDescriptor");
        descriptor.setAttribute("imageLeftPosition", String.valueOf(place.x));
        descriptor.setAttribute("imageTopPosition", String.valueOf(place.y));
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("delayTime", String.valueOf(Math.round(millis / 10.0)));
        control.setAttribute("disposalMethod", "doNotDispose");
        if (first) {
            IIOMetadataNode forever = new IIOMetadataNode("ApplicationExtension");
            forever.setAttribute("applicationID", "NETSCAPE");
            forever.setAttribute("authenticationCode", "2.0");
            forever.setUserObject(new byte[] {1, 0, 0});
            child(root, "ApplicationExtensions").appendChild(forever);
        }
        about.setFromTree(FORMAT, root);
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        if (root.getElementsByTagName(name).getLength() == 0) {
            root.appendChild(new IIOMetadataNode(name));
        }
        return (IIOMetadataNode) root.getElementsByTagName(name).item(0);
    }

    /** The whole file. */
    byte[] bytes() {
        try {
            writer.endWriteSequence();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writer.dispose();
    }
}
