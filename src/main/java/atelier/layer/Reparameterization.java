package atelier.layer;

import atelier.tensor.FastMath;
import atelier.tensor.Tensor;

/**
 * A sample of N(μ, σ²) as a function of μ and σ, so that a gradient can walk through it; the chance comes in as ε.
 *
 * <pre>{@code
 * z  = μ + σ ⊙ ε,   σ = exp(½ ℓ)                                       (V2)
 * dμ = dz,          dℓ = dz ⊙ ½ σ ⊙ ε                                  (V3)
 * }</pre>
 *
 * <p>Shapes: statistics {@code [N,2D]}, in each row first the D means μ, then the D values ℓ = ln σ²; ε, z {@code [N,D]}.
 *
 * <p>Source: Kingma and Welling 2014, arXiv:1312.6114, section 2.4.
 */
public final class Reparameterization {

    private final Output outputs = new Output();
    private final Output gradients = new Output();
    private Tensor epsilon;
    private Tensor statistics;

    public Tensor forward(Tensor statistics, Tensor epsilon) {
        this.statistics = statistics;
        this.epsilon = epsilon;
        int n = statistics.size(0);
        int latents = statistics.size(1) / 2;
        Tensor z = outputs.rows(n, latents);
        for (int image = 0; image < n; image++) {
            for (int d = 0; d < latents; d++) {
                int i = image * 2 * latents + d;
                float sigma = FastMath.exp(0.5f * statistics.data()[i + latents]);
                z.data()[image * latents + d] = statistics.data()[i] + sigma * epsilon.data()[image * latents + d];
            }
        }
        return z;
    }

    public Tensor backward(Tensor dZ) {
        int n = statistics.size(0);
        int latents = statistics.size(1) / 2;
        Tensor d = gradients.rows(n, 2 * latents);
        for (int image = 0; image < n; image++) {
            for (int j = 0; j < latents; j++) {
                int i = image * 2 * latents + j;
                float sigma = FastMath.exp(0.5f * statistics.data()[i + latents]);
                float dz = dZ.data()[image * latents + j];
                d.data()[i] = dz;
                d.data()[i + latents] = dz * 0.5f * sigma * epsilon.data()[image * latents + j];
            }
        }
        return d;
    }
}
