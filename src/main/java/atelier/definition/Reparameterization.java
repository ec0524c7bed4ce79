package atelier.definition;

/**
 * A sample of N(μ, σ²) as a function of μ and σ; the chance comes in from outside, as ε ~ N(0, 1).
 *
 * <p>Drawing z directly has no derivative: nobody knows how a throw of dice changes when μ grows. With ε given, z is a plain
 * function of μ and ℓ = ln σ², and the chain rule applies.
 *
 * <p>Shapes: all {@code [N,D]}.
 *
 * <p>Walk-through: notebooks/09-vae-mathematics. Source: Kingma and Welling 2014, arXiv:1312.6114, section 2.4; Rezende,
 * Mohamed and Wierstra 2014, arXiv:1401.4082.
 */
public final class Reparameterization {

    private Reparameterization() {}

    /**
     * The mean, and ε standard deviations away from it.
     *
     * <pre>{@code
     * z[n,d] = μ[n,d] + σ[n,d] · ε[n,d],     σ = exp(½ ℓ)                                        (V2)
     * }</pre>
     */
    public static double[][] forward(double[][] mean, double[][] logVariance, double[][] epsilon) {
        double[][] noise = Nested.map(logVariance, epsilon, (l, e) -> Math.exp(l / 2) * e);
        return Nested.map(mean, noise, Double::sum);
    }

    /**
     * A step of μ is a step of z.
     *
     * <pre>{@code
     * dμ[n,d] = dz[n,d]                                                                          (V3)
     * }</pre>
     */
    public static double[][] dMean(double[][] dZ) {
        return Nested.copy(dZ);
    }

    /**
     * A step of ℓ stretches σ by half of it, and z moves by that times ε.
     *
     * <pre>{@code
     * dℓ[n,d] = dz[n,d] · ½ σ[n,d] · ε[n,d]                                                      (V3)
     * }</pre>
     */
    public static double[][] dLogVariance(double[][] dZ, double[][] logVariance, double[][] epsilon) {
        double[][] slope = Nested.map(logVariance, epsilon, (l, e) -> Math.exp(l / 2) / 2 * e);
        return Nested.map(dZ, slope, (d, s) -> d * s);
    }
}
