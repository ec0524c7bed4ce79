package atelier.layer;

import atelier.tensor.Layout;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * Global average pooling: one number for each channel, its mean over the image.
 *
 * <pre>{@code
 * y[n,c]       = 1/(H·W) Σ_h Σ_w x[n,c,h,w]                            (P5)
 * dX[n,c,h,w]  = dY[n,c] / (H·W)                                       (P6)
 * }</pre>
 *
 * <p>Shapes: x {@code [N,C,H,W]}, y {@code [N,C]}. The gradient is stored as x was.
 *
 * <p>Source: Lin, Chen and Yan 2014, "Network in network", arXiv:1312.4400.
 */
public final class GlobalAvgPool2d implements Layer {

    private final Output outputs = new Output();
    private final Output gradients = new Output();
    private Tensor x;

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() != 4) {
            throw new ShapeException("GlobalAvgPool2d.forward: expected images [N,C,H,W] but got "
                    + Arrays.toString(x.shape()) + ". Give it four axes.");
        }
        this.x = x;
        Tensor y = outputs.rows(x.size(0), x.size(1));
        for (int n = 0; n < x.size(0); n++) {
            for (int c = 0; c < x.size(1); c++) {
                float sum = 0;
                for (int pixel = 0; pixel < pixels(); pixel++) {
                    sum += x.data()[at(n, c, pixel)];
                }
                y.data()[n * x.size(1) + c] = sum / pixels();
            }
        }
        return y;
    }

    @Override
    public Tensor backward(Tensor dY) {
        if (x == null) {
            throw new IllegalStateException("GlobalAvgPool2d.backward: expected a forward pass before but got none. "
                    + "Call forward first, it remembers the input.");
        }
        if (!dY.hasShape(x.size(0), x.size(1))) {
            throw new ShapeException("GlobalAvgPool2d.backward: expected shape [" + x.size(0) + ", " + x.size(1)
                    + "] but got " + Arrays.toString(dY.shape()) + ". The gradient has the shape of the output.");
        }
        Tensor dX = gradients.like(x);
        for (int n = 0; n < x.size(0); n++) {
            for (int c = 0; c < x.size(1); c++) {
                float share = dY.data()[n * x.size(1) + c] / pixels();
                for (int pixel = 0; pixel < pixels(); pixel++) {
                    dX.data()[at(n, c, pixel)] = share;
                }
            }
        }
        return dX;
    }

    private int pixels() {
        return x.size(2) * x.size(3);
    }

    private int at(int n, int c, int pixel) {
        return x.layout() == Layout.CHANNELS_LAST
                ? (n * pixels() + pixel) * x.size(1) + c
                : (n * x.size(1) + c) * pixels() + pixel;
    }
}
