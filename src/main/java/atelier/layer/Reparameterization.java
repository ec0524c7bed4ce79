package atelier.layer;

import atelier.tensor.FastMath;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

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
 * <p>With ε = 0 it gives the mean. It is no {@link Layer}: it has two inputs, and a gradient for one of them.
 *
 * <p>Walk-through: notebooks/09-vae-mathematics. Source: Kingma and Welling 2014, arXiv:1312.6114, section 2.4.
 */
public final class Reparameterization {

    private final Output outputs = new Output();
    private final Output gradients = new Output();
    private final Output deviations = new Output();
    private Tensor epsilon;
    private Tensor sigma; // [N,D], of the latest forward
    private Tensor z;

    /**
     * (V2).
     *
     * @throws ShapeException when a row of the statistics is not twice as long as one of ε
     */
    public Tensor forward(Tensor statistics, Tensor epsilon) {
        if (epsilon.rank() != 2
                || statistics.rank() != 2
                || statistics.size(0) != epsilon.size(0)
                || statistics.size(1) != 2 * epsilon.size(1)) {
            throw new ShapeException("Reparameterization.forward: expected statistics [N,2D] and ε [N,D] but got "
                    + Arrays.toString(statistics.shape()) + " and " + Arrays.toString(epsilon.shape())
                    + ". A row holds D means, then D logarithms of variances.");
        }
        this.epsilon = epsilon;
        int n = epsilon.size(0);
        int latents = epsilon.size(1);
        z = outputs.rows(n, latents);
        sigma = deviations.rows(n, latents);
        float[] s = sigma.data();
        for (int i = 0; i < s.length; i++) {
            s[i] = 0.5f * statistics.data()[logVariance(i, latents)];
        }
        FastMath.exp(s, 0, s, 0, s.length);
        for (int i = 0; i < s.length; i++) {
            z.data()[i] = statistics.data()[mean(i, latents)] + s[i] * epsilon.data()[i];
        }
        return z;
    }

    /** (V3): the gradient of the statistics {@code [N,2D]}. */
    public Tensor backward(Tensor dZ) {
        if (z == null) {
            throw new IllegalStateException("Reparameterization.backward: expected a forward pass before but got none. "
                    + "Call forward first, it remembers σ and ε.");
        }
        z.requireSameShape(dZ, "Reparameterization.backward");
        int latents = z.size(1);
        Tensor dStatistics = gradients.rows(z.size(0), 2 * latents);
        float[] d = dStatistics.data();
        for (int i = 0; i < z.length(); i++) {
            float dz = dZ.data()[i];
            d[mean(i, latents)] = dz;
            d[logVariance(i, latents)] = dz * 0.5f * sigma.data()[i] * epsilon.data()[i];
        }
        return dStatistics;
    }

    /** Where the mean of the i-th number of z stands in the statistics. */
    private static int mean(int i, int latents) {
        return i / latents * 2 * latents + i % latents;
    }

    private static int logVariance(int i, int latents) {
        return mean(i, latents) + latents;
    }
}
