package atelier.layer;

import atelier.tensor.Layout;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * Lays every image out as one row of numbers, for a dense layer to read: channel by channel, row by row.
 *
 * <pre>{@code
 * y[n, (c·H + h)·W + w]  = x[n,c,h,w]
 * dX[n,c,h,w]            = dY[n, (c·H + h)·W + w]
 * }</pre>
 *
 * <p>Shapes: x {@code [N,C,H,W]}, y {@code [N,C·H·W]}.
 *
 * <p>The order of y does not depend on how x is stored; dX is stored as x was. A direction ẋ is laid out as x is.
 */
public final class Flatten implements Tangent {

    private final Output outputs = new Output();
    private final Output gradients = new Output();
    private final Output tangents = new Output();
    private Tensor x; // of the latest forward [N,C,H,W]; only its shape is used again

    /** @throws ShapeException when x has not four axes */
    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() != 4) {
            throw new ShapeException("Flatten.forward: expected four axes [N,C,H,W] but got "
                    + Arrays.toString(x.shape()) + ". What has two axes is flat already.");
        }
        this.x = x;
        return flatten(x, outputs);
    }

    @Override
    public Tensor tangent(Tensor xDot) {
        if (x == null) {
            throw new IllegalStateException("Flatten.tangent: expected a forward pass before but got none. Call "
                    + "forward and backward first.");
        }
        x.requireSameShape(xDot, "Flatten.tangent");
        return flatten(xDot, tangents);
    }

    private static Tensor flatten(Tensor x, Output into) {
        int n = x.size(0);
        int c = x.size(1);
        int pixels = x.size(2) * x.size(3);
        Tensor y = into.rows(n, c * pixels);
        if (x.layout() == Layout.CHANNELS_LAST) {
            Transpose.matrices(x.data(), y.data(), n, pixels, c);
        } else {
            System.arraycopy(x.data(), 0, y.data(), 0, x.length());
        }
        return y;
    }

    @Override
    public Tensor backward(Tensor dY) {
        if (x == null) {
            throw new IllegalStateException("Flatten.backward: expected a forward pass before but got none. Call "
                    + "forward first, it remembers the shape of an image.");
        }
        int n = x.size(0);
        int c = x.size(1);
        int pixels = x.size(2) * x.size(3);
        if (dY.rank() != 2 || dY.size(0) != n || dY.size(1) != c * pixels) {
            throw new ShapeException("Flatten.backward: expected shape [" + n + ", " + c * pixels + "] but got "
                    + Arrays.toString(dY.shape()) + ". The gradient has the shape of the output.");
        }
        Tensor dX = gradients.like(x);
        if (x.layout() == Layout.CHANNELS_LAST) {
            Transpose.matrices(dY.data(), dX.data(), n, c, pixels);
        } else {
            System.arraycopy(dY.data(), 0, dX.data(), 0, dY.length());
        }
        return dX;
    }
}
