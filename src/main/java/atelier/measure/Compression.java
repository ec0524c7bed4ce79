package atelier.measure;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.tensor.Tensor;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What a code is worth as compression: an autoencoder beside a PCA of the same code size, JPEG at the same bytes, and Deflate,
 * which loses nothing.
 *
 * <p>A code of D numbers takes 4·D bytes as floats and D bytes when each number is rounded to one of 256 steps between its least
 * and greatest value over the training codes. The size of the decoder is not counted, for it is sent once.
 *
 * <p>Units: bytes an image; ratio to one byte a pixel; the quality as in {@link Quality}, the mean over the test images.
 *
 * <p>Walk-through: notebooks/08-autoencoder-at-work.
 */
public final class Compression {

    private static final int BATCH = 1000;
    private static final int CODES = 10_000; // of training images: enough to know a code's range

    private final ImageSet test;
    private final Tensor x;
    private final StringColumn method = StringColumn.create("method");
    private final DoubleColumn bytes = DoubleColumn.create("bytes");
    private final DoubleColumn ratio = DoubleColumn.create("ratio");
    private final DoubleColumn mse = DoubleColumn.create("mse");
    private final DoubleColumn psnr = DoubleColumn.create("psnr");
    private final DoubleColumn ssim = DoubleColumn.create("ssim");

    private Compression(ImageSet test) {
        this.test = test;
        this.x = test.images(0, test.count());
    }

    /** A row a method: method, bytes, ratio, mse, psnr, ssim. Encode and decode are {@code [N,1,H,W] → [N,D]} and back. */
    public static Table table(Dataset data, int codeSize, UnaryOperator<Tensor> encode, UnaryOperator<Tensor> decode) {
        Compression rows = new Compression(data.test());
        ImageSet known = data.train().slice(0, Math.min(CODES, data.train().count()));
        Pca pca = Pca.of(data.train(), codeSize);
        rows.codes("autoencoder", known, codeSize, encode, decode);
        rows.codes("PCA", known, codeSize, pca::encode, pca::decode);
        rows.jpeg(4 * codeSize);
        rows.jpeg(codeSize);
        rows.row("Deflate, lossless", rows.deflated(), rows.x);
        return Table.create("compression", rows.method, rows.bytes, rows.ratio, rows.mse, rows.psnr, rows.ssim);
    }

    private void codes(
            String name, ImageSet known, int codeSize, UnaryOperator<Tensor> encode, UnaryOperator<Tensor> decode) {
        Tensor codes = inBatches(x, encode);
        row(name + ", " + codeSize + " floats", 4 * codeSize, inBatches(codes, decode));
        Tensor range = inBatches(known.images(0, known.count()), encode);
        row(name + ", " + codeSize + " bytes", codeSize, inBatches(rounded(codes, range), decode));
    }

    private void jpeg(double bytesPerImage) {
        Jpeg jpeg = Jpeg.mosaic(x, bytesPerImage);
        row("JPEG, quality " + jpeg.quality(), jpeg.bytesPerImage(), jpeg.images());
    }

    private void row(String name, double bytesPerImage, Tensor y) {
        Quality quality = Quality.of(y.reshape(x.shape()), x);
        method.append(name);
        bytes.append(bytesPerImage);
        ratio.append(test.height() * test.width() / bytesPerImage);
        mse.append(quality.meanMse());
        psnr.append(quality.meanPsnr());
        ssim.append(quality.meanSsim());
    }

    /** Each number of a code as the nearest of 256 steps over the range that its place has in known codes. */
    static Tensor rounded(Tensor codes, Tensor known) {
        Tensor rounded = Tensor.zeros(codes.shape());
        for (int d = 0; d < codes.size(1); d++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < known.size(0); i++) {
                low = Math.min(low, known.at(i, d));
                high = Math.max(high, known.at(i, d));
            }
            float step = (high - low) / 255;
            for (int i = 0; i < codes.size(0); i++) {
                int nearest = step == 0 ? 0 : Math.round((codes.at(i, d) - low) / step);
                rounded.set(low + step * Math.min(255, Math.max(0, nearest)), i, d);
            }
        }
        return rounded;
    }

    private double deflated() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(test.pixels());
        deflater.finish();
        byte[] buffer = new byte[1 << 16];
        long length = 0;
        while (!deflater.finished()) {
            length += deflater.deflate(buffer);
        }
        deflater.end();
        return (double) length / test.count();
    }

    private static Tensor inBatches(Tensor from, UnaryOperator<Tensor> f) {
        Tensor to = null;
        for (int n = 0; n < from.size(0); n += BATCH) {
            Tensor part =
                    f.apply(from.slice(n, Math.min(from.size(0), n + BATCH))).rowMajor();
            if (to == null) {
                int[] shape = part.shape();
                shape[0] = from.size(0);
                to = Tensor.zeros(shape);
            }
            int each = part.length() / part.size(0);
            System.arraycopy(part.data(), 0, to.data(), n * each, part.length());
        }
        return to == null ? Tensor.zeros(0, 0) : to;
    }
}
