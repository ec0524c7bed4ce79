package atelier.definition;

/**
 * Adam: momentum and RMSProp together, both corrected for having started at 0.
 *
 * <p>Source: Kingma and Ba 2015, arXiv:1412.6980, algorithm 1.
 */
public final class Adam {

    private Adam() {}

    /**
     * <pre>{@code
     * m ← β₁ · m + (1 − β₁) · g                       m̂ = m / (1 − β₁ᵗ)
     * v ← β₂ · v + (1 − β₂) · g²                      v̂ = v / (1 − β₂ᵗ)
     * θ ← θ − η · m̂ / (√v̂ + ε)                                                                   (U4)
     * }</pre>
     *
     * <p>In the first step m̂ = g and v̂ = g², so every parameter moves by almost exactly η, whatever its gradient.
     *
     * @param theta θ, the parameters; changed
     * @param mean m, a running mean of g, zeros before the first step; changed
     * @param meanSquare v, a running mean of g², zeros before the first step; changed
     * @param gradient g = ∂L/∂θ
     * @param t which step this is; the first is 1
     * @param learningRate η, for instance 0.001
     * @param beta1 β₁, for instance 0.9
     * @param beta2 β₂, for instance 0.999
     * @param epsilon ε, for instance 1e-8
     */
    public static void step(
            double[] theta,
            double[] mean,
            double[] meanSquare,
            double[] gradient,
            int t,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon) {
        if (t < 1) {
            throw new IllegalArgumentException(
                    "Adam.step: expected t of at least 1 but got " + t + ". Count the first step as 1.");
        }
        for (int i = 0; i < theta.length; i++) {
            double g = gradient[i];
            mean[i] = beta1 * mean[i] + (1 - beta1) * g;
            meanSquare[i] = beta2 * meanSquare[i] + (1 - beta2) * g * g;
            double meanCorrected = mean[i] / (1 - Math.pow(beta1, t));
            double meanSquareCorrected = meanSquare[i] / (1 - Math.pow(beta2, t));
            theta[i] -= learningRate * meanCorrected / (Math.sqrt(meanSquareCorrected) + epsilon);
        }
    }
}
