package atelier.definition;

/**
 * Momentum: the step rolls on, like a heavy ball.
 *
 * <p>Source: Polyak 1964, doi:10.1016/0041-5553(64)90137-5, the heavy-ball method.
 */
public final class Momentum {

    private Momentum() {}

    /**
     * <pre>{@code
     * s ← α · s + g
     * θ ← θ − η · s                                                                              (U2)
     * }</pre>
     *
     * <p>Where the gradient stays the same, the step grows to 1/(1 − α) times that of (U1): ten times with α = 0.9. Some
     * write η into s, which is the same as long as η does not change.
     *
     * @param theta θ, the parameters; changed
     * @param speed s, zeros before the first step; changed
     * @param gradient g = ∂L/∂θ
     * @param learningRate η
     * @param momentum α, at least 0 (then it is (U1)) and below 1
     */
    public static void step(double[] theta, double[] speed, double[] gradient, double learningRate, double momentum) {
        for (int i = 0; i < theta.length; i++) {
            speed[i] = momentum * speed[i] + gradient[i];
            theta[i] -= learningRate * speed[i];
        }
    }
}
