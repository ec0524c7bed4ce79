package atelier.definition;

/**
 * Stochastic gradient descent: a small step downhill.
 *
 * <p>Source: Robbins and Monro 1951, doi:10.1214/aoms/1177729586.
 */
public final class Sgd {

    private Sgd() {}

    /**
     * <pre>{@code
     * θ ← θ − η · g                                                                              (U1)
     * }</pre>
     *
     * @param theta θ, the parameters; changed
     * @param gradient g = ∂L/∂θ
     * @param learningRate η
     */
    public static void step(double[] theta, double[] gradient, double learningRate) {
        for (int i = 0; i < theta.length; i++) {
            theta[i] -= learningRate * gradient[i];
        }
    }
}
