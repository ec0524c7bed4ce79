package atelier.layer;

import atelier.tensor.Tensor;

/**
 * Moves numbers from one range to another, by constants that nobody learns.
 *
 * <pre>{@code
 * y  = a·x + b                                                         (A5)
 * dX = a·dY
 * }</pre>
 *
 * <p>Shapes: any; Y as X, in the same layout. Pixels in [0,1] become {@code 2x − 1} in [−1,1], where a tanh lives, and back.
 */
public final class Affine implements Tangent {

    private final float a;
    private final float b;
    private final Pointwise pointwise = new Pointwise("Affine", this::a5, this::a5Prime);

    public Affine(double scale, double shift) {
        a = (float) scale;
        b = (float) shift;
    }

    /** From [0,1] to [−1,1]. */
    public static Affine centred() {
        return new Affine(2, -1);
    }

    /** From [−1,1] to [0,1]. */
    public static Affine pixels() {
        return new Affine(0.5, 0.5);
    }

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

    private void a5(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = a * x[i] + b;
        }
    }

    private void a5Prime(float[] y, float[] dY, float[] dX, int from, int to) {
        for (int i = from; i < to; i++) {
            dX[i] = a * dY[i];
        }
    }
}
