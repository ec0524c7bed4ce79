package atelier.layer;

import atelier.tensor.Layout;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/** Where the windows of a pooling layer lie in an image that stands channels last. */
final class Window {

    private final String layer;
    private final String backward;
    private final int size; // R
    private final int stride; // s
    private final int[] offsets; // of the R·R places from the window's first one
    private int height = -1;
    private int width = -1;
    private int channels = -1;

    Window(String layer, int size, int stride) {
        if (size < 1 || stride < 1) {
            throw new IllegalArgumentException(
                    layer + ": expected size ≥ 1 and stride ≥ 1 but got " + size + " and " + stride + ".");
        }
        this.layer = layer;
        this.backward = layer + ".backward";
        this.size = size;
        this.stride = stride;
        offsets = new int[size * size];
    }

    /** Learns the size of the images. */
    void fit(Tensor x) {
        if (x.rank() != 4 || x.size(2) < size || x.size(3) < size) {
            throw new ShapeException(layer + ".forward: expected images [N,C,H,W] of at least " + size + "×" + size
                    + " pixels but got " + Arrays.toString(x.shape()) + ". The window must fit into the image.");
        }
        if (x.size(1) != channels || x.size(2) != height || x.size(3) != width) {
            channels = x.size(1);
            height = x.size(2);
            width = x.size(3);
            for (int q = 0; q < offsets.length; q++) {
                offsets[q] = (q / size * width + q % size) * channels;
            }
        }
    }

    int rows() {
        return (height - size) / stride + 1;
    }

    int columns() {
        return (width - size) / stride + 1;
    }

    int[] offsets() {
        return offsets;
    }

    /** Where the first window of output row i of image n begins. */
    int first(int n, int i) {
        return (n * height + i * stride) * width * channels;
    }

    /** Where output row i of image n begins. */
    int output(int n, int i) {
        return (n * rows() + i) * columns() * channels;
    }

    /** How far apart two neighbouring windows are. */
    int step() {
        return stride * channels;
    }

    /** The same values channels last; without a copy if they stand so already. */
    static Tensor channelsLast(Tensor x, Output copies) {
        if (x.layout() == Layout.CHANNELS_LAST || x.size(1) == 1) {
            return x;
        }
        Tensor copy = copies.rows(x.size(0), x.size(1), x.size(2), x.size(3), Layout.CHANNELS_LAST);
        copy.copyFrom(x);
        return copy;
    }

    void requireForward(Tensor y, Tensor dY) {
        if (y == null) {
            throw new IllegalStateException(
                    layer
                            + ".backward: expected a forward pass before but got none. Call forward first, it remembers the input.");
        }
        y.requireSameShape(dY, backward);
    }
}
