package atelier.measure;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.ImageOutputStream;

/**
 * What JPEG makes of small grey images when it may spend so many bytes on each.
 *
 * <p>Its header alone is larger than a digit's code. So all images are laid out edge to edge as one picture that shares one header,
 * with Huffman codes fitted to it. JPEG works on blocks of 8×8 pixels, so 28 pixels end in the middle of one; filling each image up
 * to 32 was tried on MNIST and gave worse pictures for the same bytes, because the borders are black anyway.
 *
 * <p>Units: bytes an image, header included; pixels in [0,1].
 *
 * <p>Walk-through: notebooks/08-autoencoder-at-work. Source: ITU-T recommendation T.81, 1992.
 *
 * @param images what is decoded, in the shape of what was encoded
 * @param bytesPerImage what it took
 * @param quality the setting, from 1 to 100, whose bytes came nearest to what was asked for
 */
public record Jpeg(Tensor images, double bytesPerImage, int quality) {

    /** Of grey images {@code [N,1,H,W]}. */
    public static Jpeg mosaic(Tensor images, double bytesPerImage) {
        if (images.rank() != 4 || images.size(1) != 1 || images.length() == 0) {
            throw new ShapeException("Jpeg.mosaic: expected grey images [N,1,H,W], at least one, but got "
                    + Arrays.toString(images.shape()) + ". Encode colours apart.");
        }
        if (!(bytesPerImage > 0)) {
            throw new IllegalArgumentException("Jpeg.mosaic: expected more than 0 bytes an image but got "
                    + bytesPerImage + ". Give it the bytes of the code beside which it shall stand.");
        }
        BufferedImage picture = lay(images);
        int low = 1;
        int high = 100;
        double target = bytesPerImage * images.size(0);
        while (high - low > 1) { // more quality takes more bytes
            int middle = (low + high) / 2;
            if (encode(picture, middle).length > target) {
                high = middle;
            } else {
                low = middle;
            }
        }
        byte[] less = encode(picture, low);
        byte[] more = encode(picture, high);
        boolean upper = Math.abs(more.length - target) <= Math.abs(less.length - target);
        byte[] chosen = upper ? more : less;
        return new Jpeg(
                cut(decode(chosen), images.shape()), (double) chosen.length / images.size(0), upper ? high : low);
    }

    private static int columns(int count) {
        return (int) Math.ceil(Math.sqrt(count));
    }

    private static BufferedImage lay(Tensor images) {
        int n = images.size(0);
        int height = images.size(2);
        int width = images.size(3);
        int columns = columns(n);
        int rows = (n + columns - 1) / columns;
        BufferedImage picture = new BufferedImage(columns * width, rows * height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < n; i++) {
            for (int h = 0; h < height; h++) {
                for (int w = 0; w < width; w++) {
                    float grey = images.at(i, 0, h, w);
                    picture.getRaster()
                            .setSample(
                                    i % columns * width + w,
                                    i / columns * height + h,
                                    0,
                                    Math.round(255 * Math.min(1, Math.max(0, grey))));
                }
            }
        }
        return picture;
    }

    private static Tensor cut(BufferedImage picture, int... shape) {
        Tensor images = Tensor.zeros(shape);
        int columns = columns(shape[0]);
        for (int i = 0; i < shape[0]; i++) {
            for (int h = 0; h < shape[2]; h++) {
                for (int w = 0; w < shape[3]; w++) {
                    int x = i % columns * shape[3] + w;
                    int y = i / columns * shape[2] + h;
                    images.set(picture.getRaster().getSample(x, y, 0) / 255f, i, 0, h, w);
                }
            }
        }
        return images;
    }

    private static byte[] encode(BufferedImage picture, int quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        JPEGImageWriteParam settings = (JPEGImageWriteParam) writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality / 100f);
        settings.setOptimizeHuffmanTables(true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage decode(byte[] jpeg) {
        try {
            return ImageIO.read(new ByteArrayInputStream(jpeg));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
