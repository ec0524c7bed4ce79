package atelier.definition;

/**
 * The gradient of a mean over a Gaussian, without differentiating what is averaged: rewards are all that it asks for.
 *
 * <pre>{@code
 * ln q(z)      = −½ (ln 2π + ℓ + (z − μ)²/σ²)                               σ² = exp ℓ
 * ∂ln q/∂μ     = (z − μ)/σ²
 * ∂ln q/∂ℓ     = ½ ((z − μ)²/σ² − 1)
 * ∂/∂φ E[r(z)] = E[(r(z) − b) · ∂ln q(z)/∂φ]           z ~ q, φ = μ or ℓ                         (V7)
 * }</pre>
 *
 * <p>Functions of one latent; for D independent ones each has its own score, times the same reward.
 *
 * <p>The mean of a score is 0, so a baseline b changes no mean; but the variance grows with the square of what is left of
 * the reward. The other way to this gradient is {@link Reparameterization}.
 *
 * <p>Walk-through: notebooks/09-vae-mathematics. Source: Williams 1992, doi:10.1007/BF00992696, sections 4 and 6
 * (REINFORCE); Kingma and Welling 2014, arXiv:1312.6114, section 2.2.
 */
public final class ScoreFunction {

    private static final double LN_2_PI = Math.log(2 * Math.PI);

    private ScoreFunction() {}

    /** ln N(z; μ, σ²), in nats. */
    public static double logDensity(double z, double mu, double l) {
        double distance = z - mu;
        return -0.5 * (LN_2_PI + l + distance * distance * Math.exp(-l));
    }

    /** ∂ln q(z)/∂μ. */
    public static double ofMu(double z, double mu, double l) {
        return (z - mu) * Math.exp(-l);
    }

    /** ∂ln q(z)/∂ℓ. */
    public static double ofL(double z, double mu, double l) {
        double distance = z - mu;
        return 0.5 * (distance * distance * Math.exp(-l) - 1);
    }

    /**
     * What one sample says about the gradient, (V7) without its mean.
     *
     * @param reward r(z), the function whose mean is to grow
     * @param baseline b, any number that does not depend on this z; 0 for none
     * @return dμ and dℓ
     */
    public static double[] gradient(double reward, double baseline, double z, double mu, double l) {
        double left = reward - baseline;
        return new double[] {left * ofMu(z, mu, l), left * ofL(z, mu, l)};
    }
}
