package atelier.definition;

/**
 * RMSProp: each parameter has its own step, smaller where gradients are large.
 *
 * <p>Source: Tieleman and Hinton 2012, "Neural networks for machine learning", lecture 6.5; ε came later, to keep from
 * dividing by 0.
 */
public final class RmsProp {

    private RmsProp() {}

    /**
     * <pre>{@code
     * s ← ρ · s + (1 − ρ) · g²
     * θ ← θ − η · g / (√s + ε)                                                                   (U3)
     * }</pre>
     *
     * <p>The size of the gradient cancels: a loss multiplied by 1000 is trained with the same steps.
     *
     * @param theta θ, the parameters; changed
     * @param meanSquare s, a running mean of g², zeros before the first step; changed
     * @param gradient g = ∂L/∂θ
     * @param learningRate η
     * @param decay ρ, for instance 0.9
     * @param epsilon ε, for instance 1e-8
     */
    public static void step(
            double[] theta, double[] meanSquare, double[] gradient, double learningRate, double decay, double epsilon) {
        for (int i = 0; i < theta.length; i++) {
            double g = gradient[i];
            meanSquare[i] = decay * meanSquare[i] + (1 - decay) * g * g;
            theta[i] -= learningRate * g / (Math.sqrt(meanSquare[i]) + epsilon);
        }
    }
}
