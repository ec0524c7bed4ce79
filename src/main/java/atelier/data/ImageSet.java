package atelier.data;

import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Grey images and the digit that each one shows, kept as bytes: 60,000 images of 28×28 take 47 MB, a quarter of the floats.
 *
 * <pre>{@code
 * x[n,0,h,w] = pixel / 255                black 0, white 1
 * }</pre>
 *
 * <p>Walk-through: notebooks/01-images-and-tensors.
 */
public final class ImageSet {

    private static final int BINARISED_AT_ONCE = 100;
    private static final float[] UNIT = new float[256];

    static {
        for (int pixel = 0; pixel < 256; pixel++) {
            UNIT[pixel] = pixel / 255f;
        }
    }

    private final byte[] pixels;
    private final byte[] labels;
    private final int height;
    private final int width;

    /** Images one after the other, row by row; the arrays are not copied. */
    public ImageSet(byte[] pixels, byte[] labels, int height, int width) {
        this(pixels, labels, height, width, "ImageSet");
    }

    /** The same; {@code where} begins the message when they are refused. */
    ImageSet(byte[] pixels, byte[] labels, int height, int width, String where) {
        if (height < 1 || width < 1 || pixels.length != (long) labels.length * height * width) {
            throw new DataException(
                    where,
                    "one image of " + height + "×" + width + " for each of " + labels.length + " labels",
                    pixels.length + " pixels",
                    "Use images and labels that belong together.");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] > 9) {
                throw new DataException(
                        where,
                        "labels from 0 to 9",
                        (labels[i] & 0xFF) + " at image " + i,
                        "Use a file of digit labels.");
            }
        }
        this.pixels = pixels;
        this.labels = labels;
        this.height = height;
        this.width = width;
    }

    public int count() {
        return labels.length;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    public int label(int i) {
        return labels[i];
    }

    /** Pixel (h, w) of image i, 0 … 255. */
    public int pixel(int i, int h, int w) {
        return pixels[(i * height + h) * width + w] & 0xFF;
    }

    /** The bytes themselves, image after image, row by row; not a copy. A byte above 127 reads as negative: mask it with 0xFF. */
    public byte[] pixels() {
        return pixels;
    }

    /** The labels themselves, one byte an image; not a copy. */
    public byte[] labels() {
        return labels;
    }

    /** The images {@code from} (included) to {@code to} (excluded), a new tensor {@code [to−from,1,H,W]} of numbers in [0,1]. */
    public Tensor images(int from, int to) {
        requireRange(from, to);
        Tensor x = Tensor.zeros(to - from, 1, height, width);
        unit(from * height * width, x.data(), 0, x.length());
        return x;
    }

    /** The digits of the same images, a new array. */
    public int[] labels(int from, int to) {
        requireRange(from, to);
        int[] digits = new int[to - from];
        for (int n = 0; n < digits.length; n++) {
            digits[n] = labels[from + n];
        }
        return digits;
    }

    /** A set of the images {@code from} (included) to {@code to} (excluded), a copy. */
    public ImageSet slice(int from, int to) {
        requireRange(from, to);
        int size = height * width;
        return new ImageSet(
                Arrays.copyOfRange(pixels, from * size, to * size),
                Arrays.copyOfRange(labels, from, to),
                height,
                width);
    }

    /** A set of the images whose digit is wanted, in their order, a copy. */
    public ImageSet where(IntPredicate digit) {
        return some(
                IntStream.range(0, count()).filter(i -> digit.test(labels[i])).toArray());
    }

    /** A set of the images with these numbers, in this order, a copy. */
    public ImageSet some(int... numbers) {
        int size = height * width;
        byte[] images = new byte[numbers.length * size];
        byte[] digits = new byte[numbers.length];
        for (int n = 0; n < numbers.length; n++) {
            requireRange(numbers[n], numbers[n] + 1);
            System.arraycopy(pixels, numbers[n] * size, images, n * size, size);
            digits[n] = labels[numbers[n]];
        }
        return new ImageSet(images, digits, height, width);
    }

    /** A copy in which each pixel is white (255) with the probability that its grey says, else black (0). */
    public ImageSet binarised(RandomStream chance) {
        byte[] binary = new byte[pixels.length];
        int size = height * width;
        for (int from = 0; from < count(); from += BINARISED_AT_ONCE) {
            Tensor grey = images(from, Math.min(count(), from + BINARISED_AT_ONCE));
            Tensor white = Tensor.zeros(grey.shape());
            Noise.bernoulli(chance, grey, white);
            for (int i = 0; i < white.length(); i++) {
                binary[from * size + i] = (byte) (white.data()[i] == 1 ? 255 : 0);
            }
        }
        return new ImageSet(binary, labels.clone(), height, width);
    }

    /** The images with these numbers, in this order, {@code [N,1,H,W]} in [0,1]. */
    public Tensor pick(int... numbers) {
        Tensor picked = Tensor.zeros(numbers.length, 1, height, width);
        int size = height * width;
        for (int n = 0; n < numbers.length; n++) {
            requireRange(numbers[n], numbers[n] + 1);
            unit(numbers[n] * size, picked.data(), n * size, size);
        }
        return picked;
    }

    /** Fills places first … end of a batch whose images are {@code order[from]}, {@code order[from+1]}, …; it allocates nothing. */
    void fill(Batch batch, int[] order, int from, int first, int end) {
        int size = height * width;
        for (int n = first; n < end; n++) {
            int i = order[from + n];
            unit(i * size, batch.x().data(), n * size, size);
            batch.labels()[n] = labels[i];
        }
    }

    private void unit(int read, float[] to, int write, int length) {
        for (int i = 0; i < length; i++) {
            to[write + i] = UNIT[pixels[read + i] & 0xFF];
        }
    }

    private void requireRange(int from, int to) {
        if (from < 0 || from > to || to > count()) {
            throw new DataException(
                    "ImageSet",
                    "0 ≤ from ≤ to ≤ " + count(),
                    from + " and " + to,
                    "Images are numbered from 0 and the end is not included.");
        }
    }

    /** Equal when size, pixels and labels are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ImageSet set
                && height == set.height
                && width == set.width
                && Arrays.equals(pixels, set.pixels)
                && Arrays.equals(labels, set.labels);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(labels) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d images of %d×%d", count(), height, width);
    }
}
