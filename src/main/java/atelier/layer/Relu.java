package atelier.layer;

import atelier.tensor.Tensor;

/**
 * Keeps what is positive and blocks the rest: the simplest bend that lets stacked layers be more than one matrix.
 *
 * <pre>{@code
 * y  = max(0, x)                                                       (A1)
 * dX = dY  where y > 0, else 0                                         (A1′)
 * }</pre>
 *
 * <p>Shapes: any; Y as X, in the same layout.
 *
 * <p>At x = 0 there is no derivative; 0 is taken. A NaN stays a NaN, so that training notices it.
 *
 * <p>Source: Nair and Hinton 2010, "Rectified Linear Units Improve Restricted Boltzmann Machines", ICML.
 */
public final class Relu implements Tangent {

    /** Math.min(1, y·HUGE·HUGE) is 1 for every y > 0 and 0 for y = 0. A branch would be guessed wrong half the time. */
    private static final float HUGE = 0x1p100f;

    private final Pointwise pointwise = new Pointwise("Relu", Relu::a1, Relu::a1Prime);

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        return pointwise.forward(x);
    }

    @Override
    public Tensor backward(Tensor dY) {
        return pointwise.backward(dY);
    }

    @Override
    public Tensor tangent(Tensor xDot) {
        return pointwise.tangent(xDot);
    }

    private static void a1(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Math.max(0, x[i]);
        }
    }

    private static void a1Prime(float[] y, float[] dY, float[] dX, int from, int to) {
        for (int i = from; i < to; i++) {
            dX[i] = dY[i] * Math.min(1, y[i] * HUGE * HUGE);
        }
    }
}
