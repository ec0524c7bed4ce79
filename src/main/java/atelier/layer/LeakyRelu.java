package atelier.layer;

import atelier.tensor.Tensor;

/**
 * A ReLU that lets a little of the negative side through, so that no unit can go silent for good.
 *
 * <pre>{@code
 * y  = x   where x > 0,  else α·x                                      (A2)
 * dX = dY  where y > 0,  else α·dY                                     (A2′)
 * }</pre>
 *
 * <p>Shapes: any; Y as X, in the same layout. The slope α lies in (0,1): for 0 there is {@link Relu}.
 *
 * <p>Source: Maas, Hannun and Ng 2013, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", ICML.
 */
public final class LeakyRelu implements Tangent {

    /** Math.min(1, y·HUGE·HUGE) is 1 for every y > 0, and at most 0 for the others: a comparison without a branch. */
    private static final float HUGE = 0x1p100f;

    private final float slope; // α
    private final Pointwise pointwise = new Pointwise("LeakyRelu", this::a2, this::a2Prime);

    /** @throws IllegalArgumentException when the slope is not between 0 and 1 */
    public LeakyRelu(double slope) {
        if (!(slope > 0 && slope < 1)) {
            throw new IllegalArgumentException("LeakyRelu: expected a slope between 0 and 1 but got " + slope
                    + ". Common choices are 0.01 and 0.2.");
        }
        this.slope = (float) slope;
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

    private void a2(float[] x, float[] y, int from, int to) {
        float alpha = slope;
        for (int i = from; i < to; i++) {
            y[i] = Math.max(x[i], alpha * x[i]);
        }
    }

    private void a2Prime(float[] y, float[] dY, float[] dX, int from, int to) {
        float alpha = slope;
        for (int i = from; i < to; i++) {
            dX[i] = dY[i] * Math.max(alpha, Math.min(1, y[i] * HUGE * HUGE));
        }
    }
}
