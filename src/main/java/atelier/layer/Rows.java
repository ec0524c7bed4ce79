package atelier.layer;

import atelier.tensor.Layout;
import atelier.tensor.Tensor;

/**
 * A tensor seen as a matrix [M,C]: one column for each channel, one row for each pixel of each image.
 *
 * <p>{@code [N,C]} and images stored channels last stand like that in memory already; row-major images are transposed into
 * an array that is kept from call to call.
 */
final class Rows {

    private float[] kept = {};

    /** The matrix with the tensor's numbers, to read. */
    float[] read(Tensor x) {
        float[] matrix = write(x);
        if (matrix != x.data()) {
            Transpose.matrices(x.data(), matrix, x.size(0), x.size(1), x.size(2) * x.size(3));
        }
        return matrix;
    }

    /** A matrix to write into; {@link #finish} brings what was written into the tensor. */
    float[] write(Tensor x) {
        if (x.rank() == 2 || x.layout() == Layout.CHANNELS_LAST) {
            return x.data();
        }
        if (kept.length < x.length()) {
            kept = new float[x.length()];
        }
        return kept;
    }

    void finish(Tensor x) {
        float[] matrix = write(x);
        if (matrix != x.data()) {
            Transpose.matrices(matrix, x.data(), x.size(0), x.size(2) * x.size(3), x.size(1));
        }
    }
}
