package atelier.definition;

/**
 * Momentum: the step rolls on, like a ball with some friction.
 *
 * <p>Sources: Polyak 1964, doi:10.1016/0041-5553(64)90137-5; in this form Sutskever, Martens, Dahl and Hinton 2013, "On the
 * importance of initialization and momentum in deep learning", ICML, equations 1 and 2.
 */
public final class Momentum {

    private Momentum() {}

    /**
     * <pre>{@code
     * v ← μ · v − η · g
     * θ ← θ + v                                                                                  (U2)
     * }</pre>
     *
     * <p>Where the gradient stays the same, the step grows to η/(1 − μ) times it: ten times with μ = 0.9.
     *
     * @param theta θ, the parameters; changed
     * @param velocity v, zeros before the first step; changed
     * @param gradient g = ∂L/∂θ
     * @param learningRate η
     * @param momentum μ, at least 0 (then it is (U1)) and below 1
     */
    public static void step(
            double[] theta, double[] velocity, double[] gradient, double learningRate, double momentum) {
        for (int i = 0; i < theta.length; i++) {
            velocity[i] = momentum * velocity[i] - learningRate * gradient[i];
            theta[i] += velocity[i];
        }
    }
}
