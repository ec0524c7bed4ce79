package atelier.definition;

/**
 * What the two players of a GAN fight over: the discriminator D wants it large, the generator G small.
 *
 * <pre>{@code
 * min_G max_D V(D,G)        V = E[ln D(x)] + E[ln(1 − D(G(z)))]
 *                             = 1/N Σ_n ln σ(d[n]) + 1/M Σ_m ln(1 − σ(d̃[m]))                     (J1)
 * }</pre>
 *
 * <p>Shapes: d {@code [N]} are the discriminator's logits for real images x, d̃ {@code [M]} those for generated ones, G(z); the
 * probability that an image is real is D = σ(d). V is in nats and at most 0; the divisors are N and M.
 *
 * <p>V is not a loss: no one minimises it in all of its variables. Each player has its own loss, see {@link Minimax} and
 * {@link NonSaturating}. A judge that knows nothing has V = −2 ln 2 = −1.386, and where G has won that is the best D can do.
 *
 * <p>Walk-through: notebooks/12-gan-mathematics. Source: Goodfellow et al. 2014, "Generative adversarial nets", arXiv:1406.2661,
 * equation 1 and theorem 1.
 */
public final class ValueFunction {

    private ValueFunction() {}

    /** (J1), from logits: the logarithm of a probability that was rounded to 0 would be infinite. */
    public static double value(double[] real, double[] fake) {
        return Judgements.mean(real, d -> -Softplus.forward(-d)) + Judgements.mean(fake, d -> -Softplus.forward(d));
    }
}
