package atelier.loss;

import atelier.tensor.Tensor;

/**
 * The sum of a code's absolute values: every unit pays for what it says, and small talk is not worth its price.
 *
 * <pre>{@code
 * L  = λ (1/N) Σ_n Σ_d |h[n,d]|                                        (K1)
 * dH = λ sgn(h) / N                                                    (K2)
 * }</pre>
 *
 * <p>Shapes: code {@code [N,D]}. Units: the sum over the code's units, the mean over the batch, as in the loss beside it.
 *
 * <p>The gradient is the same however small h is, so units become exactly 0 behind a ReLU; a squared penalty would only make
 * them small. At h = 0, where there is no derivative, it is 0.
 *
 * <p>Source: Tibshirani 1996, doi:10.1111/j.2517-6161.1996.tb02080.x.
 */
public final class L1Sparsity implements Sparsity {

    private final double weight; // λ
    private final CodeGradient gradient;

    /** @throws IllegalArgumentException when the weight is below 0 */
    public L1Sparsity(double weight) {
        this.gradient = new CodeGradient("L1Sparsity", weight);
        this.weight = weight;
    }

    @Override
    public String name() {
        return "L1 of weight " + weight;
    }

    @Override
    public double forward(Tensor code) {
        float[] dH = gradient.like(code);
        float[] h = code.data();
        int n = code.size(0);
        float step = (float) (weight / n);
        double sum = 0;
        for (int i = 0; i < h.length; i++) {
            sum += Math.abs(h[i]);
            dH[i] = step * Math.signum(h[i]);
        }
        return weight * sum / n;
    }

    @Override
    public Tensor backward() {
        return gradient.get();
    }
}
