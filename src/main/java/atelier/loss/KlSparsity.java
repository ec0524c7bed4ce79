package atelier.loss;

import atelier.tensor.Loops;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * Every unit of a code should speak for the same small part ρ of the images: the divergence of a coin that shows heads as often as
 * the unit is on from a coin that does so with probability ρ.
 *
 * <pre>{@code
 * L  = λ Σ_d ( ρ ln(ρ/ρ̂[d]) + (1−ρ) ln((1−ρ)/(1−ρ̂[d])) )     ρ̂[d] = (1/N) Σ_n h[n,d]       (K3)
 * dH[n,d] = (λ/N) ( (1−ρ)/(1−ρ̂[d]) − ρ/ρ̂[d] )                                            (K4)
 * }</pre>
 *
 * <p>Shapes: code {@code [N,D]}, of activations in (0,1): end the encoder with a sigmoid. Units: nats, the sum over the code's
 * units. There is no second mean over the batch, as ρ̂ is one: all images together decide, so that small batches make it noisy.
 *
 * <p>As ρ̂ → 0 (a unit that never speaks) or ρ̂ → 1 the divergence and its gradient become infinite; ρ̂ is held within
 * 10⁻⁶ and 1 − 10⁻⁶, so that one silent unit stops no training. The gradient there is that of the bound, not 0: it goes on
 * pushing the unit back.
 *
 * <p>Source: Ng 2011, "Sparse autoencoder", CS294A lecture notes, Stanford.
 */
public final class KlSparsity implements Sparsity {

    private static final double NEAREST = 1e-6;

    private final double rho;
    private final double weight; // λ
    private final CodeGradient gradient;
    private float[] activity = {}; // Σ_n h[n,d]
    private float[] step = {};

    /** @throws IllegalArgumentException when ρ is not in (0,1) or the weight is below 0 */
    public KlSparsity(double rho, double weight) {
        if (!(rho > 0 && rho < 1)) {
            throw new IllegalArgumentException("KlSparsity: expected ρ in (0,1) but got " + rho
                    + ". It is the part of the images for which a unit speaks; 0.05 is usual.");
        }
        this.gradient = new CodeGradient("KlSparsity", weight);
        this.rho = rho;
        this.weight = weight;
    }

    @Override
    public String name() {
        return "KL to " + rho + " of weight " + weight;
    }

    /** @throws IllegalArgumentException when a unit's mean is not in [0,1] */
    @Override
    public double forward(Tensor code) {
        float[] dH = gradient.like(code);
        int n = code.size(0);
        int units = code.size(1); // D
        activity = activity.length == units ? activity : new float[units];
        step = step.length == units ? step : new float[units];
        Arrays.fill(activity, 0);
        Loops.columnSums(code.data(), 0, n, units, activity, 0);
        double sum = 0;
        for (int d = 0; d < units; d++) {
            double mean = mean(d, n);
            sum += rho * StrictMath.log(rho / mean) + (1 - rho) * StrictMath.log((1 - rho) / (1 - mean));
            step[d] = (float) (weight / n * ((1 - rho) / (1 - mean) - rho / mean));
        }
        for (int image = 0; image < n; image++) {
            System.arraycopy(step, 0, dH, image * units, units);
        }
        return weight * sum;
    }

    @Override
    public Tensor backward() {
        return gradient.get();
    }

    /** ρ̂ of a unit, held away from 0 and 1. */
    private double mean(int unit, int n) {
        double mean = (double) activity[unit] / n;
        if (mean < 0 || mean > 1 + 1e-5) { // a sum of ones in float may be a little above
            throw new IllegalArgumentException("KlSparsity: expected activations in (0,1) but got unit " + unit
                    + " with a mean of " + mean + ". End the encoder with a sigmoid.");
        }
        return Math.max(NEAREST, Math.min(1 - NEAREST, mean));
    }
}
