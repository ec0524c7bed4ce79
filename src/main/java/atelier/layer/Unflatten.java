package atelier.layer;

import atelier.tensor.Layout;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * Makes images of rows of numbers: {@link Flatten} the other way round.
 *
 * <pre>{@code
 * y[n,c,h,w]               = x[n, (c·H + h)·W + w]
 * dX[n, (c·H + h)·W + w]   = dY[n,c,h,w]
 * }</pre>
 *
 * <p>Shapes: x {@code [N,C·H·W]}, y {@code [N,C,H,W]} row-major.
 *
 * <p>Nothing moves: y is a view of x. So is dX of dY, unless dY has several channels and stands channels last.
 */
public final class Unflatten implements Tangent {

    private final int channels;
    private final int height;
    private final int width;
    private final View images = new View();
    private final View rows = new View();
    private final View directions = new View();
    private final Output gradients = new Output();
    private Tensor y;

    /** Rows of {@code channels}·{@code height}·{@code width} numbers become images of that size. */
    public Unflatten(int channels, int height, int width) {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("Unflatten: expected at least one channel, row and column but got "
                    + channels + ", " + height + " and " + width + ". Mind the order: channels, height, width.");
        }
        this.channels = channels;
        this.height = height;
        this.width = width;
    }

    /** @throws ShapeException when a row has not as many numbers as an image */
    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() != 2 || x.size(1) != channels * height * width) {
            throw new ShapeException("Unflatten.forward: expected rows of " + channels * height * width
                    + " numbers but got " + Arrays.toString(x.shape()) + ". They become images of " + channels + "×"
                    + height + "×" + width + ".");
        }
        y = unflatten(x, images);
        return y;
    }

    @Override
    public Tensor tangent(Tensor xDot) {
        if (y == null) {
            throw new IllegalStateException("Unflatten.tangent: expected a forward pass before but got none. Call "
                    + "forward and backward first.");
        }
        Tensor yDot = unflatten(xDot, directions);
        y.requireSameShape(yDot, "Unflatten.tangent");
        return yDot;
    }

    private Tensor unflatten(Tensor x, View views) {
        Tensor view = views.of(x);
        return view != null ? view : views.keep(x, x.reshape(x.size(0), channels, height, width));
    }

    @Override
    public Tensor backward(Tensor dY) {
        if (y == null) {
            throw new IllegalStateException("Unflatten.backward: expected a forward pass before but got none. Call "
                    + "forward first, it remembers how many images there are.");
        }
        y.requireSameShape(dY, "Unflatten.backward");
        int n = dY.size(0);
        if (dY.layout() == Layout.ROW_MAJOR || channels == 1) {
            Tensor dX = rows.of(dY);
            return dX != null ? dX : rows.keep(dY, dY.reshape(n, channels * height * width));
        }
        Tensor dX = gradients.rows(n, channels * height * width);
        Transpose.matrices(dY.data(), dX.data(), n, height * width, channels);
        return dX;
    }

    /** Views of the two tensors seen last, so that training allocates nothing. */
    private static final class View {

        private Tensor latest;
        private Tensor latestView;
        private Tensor before;
        private Tensor beforeView;

        /** The view of x that was kept, or null. */
        Tensor of(Tensor x) {
            return x == latest ? latestView : x == before ? beforeView : null;
        }

        Tensor keep(Tensor x, Tensor view) {
            before = latest;
            beforeView = latestView;
            latest = x;
            latestView = view;
            return view;
        }
    }
}
