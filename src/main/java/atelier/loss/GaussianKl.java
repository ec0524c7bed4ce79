package atelier.loss;

import atelier.tensor.FastMath;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * How much a code says: the divergence of its Gaussian N(μ, σ²) from the standard normal N(0, 1).
 *
 * <pre>{@code
 * L  = (1/N) Σ_n Σ_d ½ (μ² + exp ℓ − 1 − ℓ)        ℓ = ln σ²           (V4)
 * dμ = μ / N,   dℓ = ½ (exp ℓ − 1) / N                                 (V5)
 * }</pre>
 *
 * <p>Shapes: statistics {@code [N,2D]}, in each row first the D means μ, then the D logarithms of variances ℓ.
 *
 * <p>Units: nats, the sum over the latents, the mean over the batch.
 *
 * <p>It is never negative, and 0 only where μ = 0 and ℓ = 0. Near there the four terms of (V4) cancel, so exp ℓ − 1 − ℓ is
 * summed as its series.
 *
 * <p>Walk-through: notebooks/09-vae-mathematics. Source: Kingma and Welling 2014, arXiv:1312.6114, appendix B.
 */
public final class GaussianKl {

    /** (exp ℓ − 1 − ℓ)/ℓ² = 1/2! + ℓ/3! + ℓ²/4! + …; what is left out is below 10⁻¹¹ of the sum where |ℓ| < ¼. */
    private static final double[] SERIES = {
        1 / 2.0, 1 / 6.0, 1 / 24.0, 1 / 120.0, 1 / 720.0, 1 / 5040.0, 1 / 40320.0, 1 / 362880.0
    };

    /** What is written for a batch; two are kept, because the last batch of an epoch is smaller. */
    private record Result(Tensor exponentials, Tensor gradient, double[] perImage, double[] perLatent) {

        Result(int n, int columns) {
            this(Tensor.zeros(n, columns), Tensor.zeros(n, columns), new double[n], new double[columns / 2]);
        }

        boolean fits(Tensor statistics) {
            return gradient.size(0) == statistics.size(0) && gradient.size(1) == statistics.size(1);
        }
    }

    private Tensor statistics;
    private Result latest;
    private Result before;

    /**
     * (V4)
     *
     * @throws ShapeException when the statistics are no {@code [N,2D]}
     */
    public double forward(Tensor statistics) {
        check(statistics);
        this.statistics = statistics;
        swap();
        int n = statistics.size(0);
        int latents = statistics.size(1) / 2; // D
        float[] s = statistics.data();
        float[] e = latest.exponentials.data();
        FastMath.exp(s, 0, e, 0, s.length);
        Arrays.fill(latest.perLatent, 0);
        double sum = 0;
        for (int image = 0; image < n; image++) {
            double divergence = 0;
            for (int d = 0; d < latents; d++) {
                int i = image * 2 * latents + d;
                double mu = s[i];
                double nats = 0.5 * (mu * mu + excess(s[i + latents], e[i + latents]));
                divergence += nats;
                latest.perLatent[d] += nats;
            }
            latest.perImage[image] = divergence;
            sum += divergence;
        }
        for (int d = 0; d < latents; d++) {
            latest.perLatent[d] /= n;
        }
        return sum / n;
    }

    /** (V5) times a factor, β, with respect to the statistics of the latest forward. */
    public Tensor backward(double beta) {
        requireForward("backward");
        int n = statistics.size(0);
        int latents = statistics.size(1) / 2;
        float[] s = statistics.data();
        float[] e = latest.exponentials.data();
        float[] gradient = latest.gradient.data();
        float scale = (float) (beta / n);
        for (int image = 0; image < n; image++) {
            int from = image * 2 * latents;
            for (int i = from; i < from + latents; i++) {
                gradient[i] = scale * s[i];
                gradient[i + latents] = scale * 0.5f * (e[i + latents] - 1);
            }
        }
        return latest.gradient;
    }

    /** The divergence of each image of the latest forward, {@code [N]}; a later forward overwrites it. */
    public double[] perImage() {
        requireForward("perImage");
        return latest.perImage;
    }

    /** The mean divergence of each latent over the batch of the latest forward, {@code [D]}; a later forward overwrites it. */
    public double[] perLatent() {
        requireForward("perLatent");
        return latest.perLatent;
    }

    /** exp ℓ − 1 − ℓ, where {@code e} is exp ℓ in float: for small ℓ the difference would leave no digit. */
    private static double excess(double l, double e) {
        if (Math.abs(l) < 0.25) {
            double sum = 0;
            for (int i = SERIES.length - 1; i >= 0; i--) {
                sum = SERIES[i] + l * sum;
            }
            return l * l * sum;
        }
        return e == Double.POSITIVE_INFINITY ? e : e - 1 - l;
    }

    private void swap() {
        if (latest == null || !latest.fits(statistics)) {
            Result other = before;
            before = latest;
            latest = other != null && other.fits(statistics)
                    ? other
                    : new Result(statistics.size(0), statistics.size(1));
        }
    }

    private static void check(Tensor statistics) {
        if (statistics.rank() != 2 || statistics.length() == 0 || statistics.size(1) % 2 != 0) {
            throw new ShapeException(
                    "GaussianKl: expected statistics [N,2D], the D means and then the D values ℓ of each "
                            + "image, but got " + Arrays.toString(statistics.shape())
                            + ". Give the encoder's last layer two outputs for each latent.");
        }
    }

    private void requireForward(String method) {
        if (latest == null) {
            throw new IllegalStateException("GaussianKl." + method + ": expected a forward pass before but got none. "
                    + "Call forward with the encoder's statistics first.");
        }
    }
}
