package atelier.layer;

import atelier.tensor.FastMath;
import atelier.tensor.Tensor;

/**
 * Squeezes any number into (−1,1), with 0 in the middle.
 *
 * <pre>{@code
 * y  = tanh x = (exp(x) − exp(−x)) / (exp(x) + exp(−x))                (A4)
 * dX = dY · (1−y²)                                                     (A4′)
 * }</pre>
 *
 * <p>Shapes: any; Y as X, in the same layout.
 */
public final class Tanh implements Layer {

    private final Pointwise pointwise = new Pointwise("Tanh", Tanh::a4, Tanh::a4Prime);

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        return pointwise.forward(x);
    }

    @Override
    public Tensor backward(Tensor dY) {
        return pointwise.backward(dY);
    }

    private static void a4(float[] x, float[] y, int from, int to) {
        FastMath.tanh(x, from, y, from, to - from);
    }

    private static void a4Prime(float[] y, float[] dY, float[] dX, int from, int to) {
        for (int i = from; i < to; i++) {
            dX[i] = dY[i] * ((1 - y[i]) * (1 + y[i]));
        }
    }
}
