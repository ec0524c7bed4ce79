package atelier.loss;

import atelier.tensor.FastMath;
import atelier.tensor.Tensor;

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
 * <p>Source: Kingma and Welling 2014, arXiv:1312.6114, appendix B.
 */
public final class GaussianKl {

    private Tensor statistics;
    private Tensor gradient;
    private double[] perImage = {};
    private double[] perLatent = {};

    public double forward(Tensor statistics) {
        this.statistics = statistics;
        int n = statistics.size(0);
        int latents = statistics.size(1) / 2;
        perImage = perImage.length >= n ? perImage : new double[n];
        perLatent = perLatent.length == latents ? perLatent : new double[latents];
        java.util.Arrays.fill(perLatent, 0);
        double sum = 0;
        for (int image = 0; image < n; image++) {
            double kl = 0;
            for (int d = 0; d < latents; d++) {
                float mu = statistics.at(image, d);
                float l = statistics.at(image, latents + d);
                double one = 0.5 * (mu * mu + FastMath.exp(l) - 1 - l);
                kl += one;
                perLatent[d] += one / n;
            }
            perImage[image] = kl;
            sum += kl;
        }
        return sum / n;
    }

    /** The gradient times a factor, β. */
    public Tensor backward(double beta) {
        gradient =
                gradient != null && gradient.hasShape(statistics.shape()) ? gradient : Tensor.zeros(statistics.shape());
        int n = statistics.size(0);
        int latents = statistics.size(1) / 2;
        float scale = (float) (beta / n);
        for (int image = 0; image < n; image++) {
            for (int d = 0; d < latents; d++) {
                int i = image * 2 * latents + d;
                gradient.data()[i] = scale * statistics.data()[i];
                gradient.data()[i + latents] =
                        scale * 0.5f * (FastMath.exp(statistics.data()[i + latents]) - 1);
            }
        }
        return gradient;
    }

    /** The divergence of each image of the latest forward; there may be more places than images. */
    public double[] perImage() {
        return perImage;
    }

    /** The mean divergence of each latent over the batch of the latest forward, {@code [D]}. */
    public double[] perLatent() {
        return perLatent;
    }
}
