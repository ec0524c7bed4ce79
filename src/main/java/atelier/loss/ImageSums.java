package atelier.loss;

import atelier.tensor.Layout;
import atelier.tensor.Parallel;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * What all pixel losses share: the sum over an image's pixels, the mean over the images, on all cores.
 *
 * <p>The gradient is worked out in the same pass as the loss, as both need the same differences or exponentials. An image
 * is summed by one thread, in double and in a fixed order; its numbers have the order of the output's layout.
 */
final class ImageSums {

    /** The loss of one image, the numbers from ≤ i &lt; to; writes its gradient, which is {@code share} = 1/N times as large. */
    interface Image {
        double loss(float[] y, float[] x, float[] terms, float[] dY, int from, int to, float share);
    }

    /** What is written for a batch; two are kept, because the last batch of an epoch is smaller. */
    private record Result(Tensor dY, float[] terms, double[] perImage) {

        Result(Tensor y) {
            this(
                    y.layout() == Layout.CHANNELS_LAST ? y.copy() : Tensor.zeros(y.shape()),
                    new float[y.length()],
                    new double[y.size(0)]);
        }

        boolean fits(Tensor y) {
            boolean fits = dY.rank() == y.rank() && dY.layout() == y.layout();
            for (int axis = 0; fits && axis < y.rank(); axis++) {
                fits = dY.size(axis) == y.size(axis);
            }
            return fits;
        }
    }

    private static final int PIECE = 1 << 13; // pixels

    private final String where;
    private final Image image;
    private final IntConsumer piece = this::piece;
    private Result latest;
    private Result before;
    private float[] y;
    private float[] x;

    ImageSums(String where, Image image) {
        this.where = where;
        this.image = image;
    }

    double forward(Tensor output, Tensor pixels) {
        output.requireSameShape(pixels, where);
        if (output.length() == 0) {
            throw new ShapeException(where + ": expected at least one image but got shape "
                    + Arrays.toString(output.shape()) + ". The mean over no image is no number.");
        }
        swap(output);
        y = output.data();
        x = inOrderOf(output, pixels);
        int n = output.size(0);
        Parallel.run((n + imagesOfAPiece() - 1) / imagesOfAPiece(), piece);
        y = null;
        x = null;
        double sum = 0;
        for (double loss : latest.perImage) {
            sum += loss;
        }
        return sum / n;
    }

    Tensor backward() {
        requireForward("backward");
        return latest.dY;
    }

    double[] perImage() {
        requireForward("perImage");
        return latest.perImage;
    }

    /** Numbers added up in double, in an order that is the same on every machine: four sums side by side. */
    static double sum(float[] terms, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i <= to - 4; i += 4) {
            a += terms[i];
            b += terms[i + 1];
            c += terms[i + 2];
            d += terms[i + 3];
        }
        for (; i < to; i++) {
            a += terms[i];
        }
        return a + b + (c + d);
    }

    private void piece(int piece) {
        int n = latest.perImage.length;
        int pixels = y.length / n;
        float share = 1f / n;
        for (int i = piece * imagesOfAPiece(); i < Math.min(n, (piece + 1) * imagesOfAPiece()); i++) {
            latest.perImage[i] = image.loss(y, x, latest.terms, latest.dY.data(), i * pixels, (i + 1) * pixels, share);
        }
    }

    private int imagesOfAPiece() {
        return Math.max(1, PIECE / (y.length / latest.perImage.length));
    }

    private void swap(Tensor output) {
        if (latest == null || !latest.fits(output)) {
            Result other = before;
            before = latest;
            latest = other != null && other.fits(output) ? other : new Result(output);
        }
    }

    private static float[] inOrderOf(Tensor output, Tensor pixels) {
        boolean same =
                output.layout() == pixels.layout() || output.size(1) == 1; // with one channel both orders are the same
        return same
                ? pixels.data()
                : output.layout() == Layout.CHANNELS_LAST
                        ? pixels.channelsLast().data()
                        : pixels.rowMajor().data();
    }

    private void requireForward(String method) {
        if (latest == null) {
            throw new IllegalStateException(where + "." + method + ": expected a forward pass before but got none. "
                    + "Call forward with output and pixels first.");
        }
    }
}
