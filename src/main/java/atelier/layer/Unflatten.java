package atelier.layer;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * Makes images of rows of numbers: {@link Flatten} the other way round.
 *
 * <pre>{@code
 * y[n,c,h,w] = x[n, (c·H + h)·W + w]
 * }</pre>
 *
 * <p>Shapes: x {@code [N,C·H·W]}, y {@code [N,C,H,W]}, a view of x.
 */
public final class Unflatten implements Layer {

    private final int channels;
    private final int height;
    private final int width;

    public Unflatten(int channels, int height, int width) {
        this.channels = channels;
        this.height = height;
        this.width = width;
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() != 2 || x.size(1) != channels * height * width) {
            throw new ShapeException("Unflatten: expected rows of " + channels * height * width + " numbers but got "
                    + Arrays.toString(x.shape()) + ". They become images of " + channels + "×" + height + "×" + width
                    + ".");
        }
        return x.reshape(x.size(0), channels, height, width);
    }

    @Override
    public Tensor backward(Tensor dY) {
        return dY.rowMajor().reshape(dY.size(0), channels * height * width);
    }
}
