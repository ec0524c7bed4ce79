package atelier.definition;

/**
 * How much a code says: the divergence of its Gaussian N(μ, σ²) from the standard normal N(0, 1), in closed form.
 *
 * <p>Shapes: μ, ℓ {@code [N,D]} with ℓ = ln σ², so that any number is a variance. The divergence is in nats, the sum over the latents,
 * averaged over the batch: the divisor is N.
 *
 * <p>It is 0 only where μ = 0 and ℓ = 0: there the code says nothing about the image.
 *
 * <p>Walk-through: notebooks/09-vae-mathematics. Source: Kingma and Welling 2014, arXiv:1312.6114, appendix B.
 */
public final class GaussianKl {

    private GaussianKl() {}

    /**
     * <pre>{@code
     * KL = E_q[ln q(z) − ln p(z)] = 1/N Σ_n Σ_d ½ ( μ² + exp ℓ − 1 − ℓ )                         (V4)
     * }</pre>
     */
    public static double divergence(double[][] mu, double[][] l) {
        Nested.requireSizes("GaussianKl", "l", l, Nested.sizes(mu));
        double sum = 0;
        for (int n = 0; n < mu.length; n++) {
            for (int d = 0; d < mu[n].length; d++) {
                sum += 0.5 * (mu[n][d] * mu[n][d] + Math.expm1(l[n][d]) - l[n][d]);
            }
        }
        return sum / mu.length;
    }

    /**
     * The mean is pulled to 0, as by a weight decay …
     *
     * <pre>{@code
     * dμ[n,d] = μ[n,d] / N,     dℓ[n,d] = ½ (exp ℓ[n,d] − 1) / N                                 (V5)
     * }</pre>
     */
    public static double[][] dMu(double[][] mu) {
        int N = mu.length;
        return Nested.map(mu, v -> v / N);
    }

    /** … and the variance to 1, (V5). */
    public static double[][] dL(double[][] l) {
        int N = l.length;
        return Nested.map(l, v -> 0.5 * Math.expm1(v) / N);
    }
}
