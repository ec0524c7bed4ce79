package atelier.layer;

import atelier.tensor.FastMath;
import atelier.tensor.Tensor;

/**
 * Squeezes any number into (0,1), to be read as a probability or a pixel.
 *
 * <pre>{@code
 * y  = 1 / (1 + exp(−x))                                               (A3)
 * dX = dY · y·(1−y)                                                    (A3′)
 * }</pre>
 *
 * <p>Shapes: any; Y as X, in the same layout.
 *
 * <p>Far from 0 the slope y·(1−y) is almost 0: a loss that needs the logarithm of y is worked out from x instead.
 */
public final class Sigmoid implements Layer {

    private final Pointwise pointwise = new Pointwise("Sigmoid", Sigmoid::a3, Sigmoid::a3Prime);

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        return pointwise.forward(x);
    }

    @Override
    public Tensor backward(Tensor dY) {
        return pointwise.backward(dY);
    }

    private static void a3(float[] x, float[] y, int from, int to) {
        FastMath.sigmoid(x, from, y, from, to - from);
    }

    private static void a3Prime(float[] y, float[] dY, float[] dX, int from, int to) {
        for (int i = from; i < to; i++) {
            dX[i] = dY[i] * (y[i] * (1 - y[i]));
        }
    }
}
