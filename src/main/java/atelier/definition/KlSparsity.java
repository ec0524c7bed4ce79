package atelier.definition;

/**
 * Every unit of a code should speak for the same small part ρ of the images: the divergence of a coin with the unit's mean
 * activation ρ̂ from a coin with ρ.
 *
 * <p>Shapes: h {@code [N,D]}, activations in (0,1), so those of a sigmoid. The penalty is in nats, the sum over the units; the mean over
 * the batch is inside ρ̂.
 *
 * <p>Walk-through: notebooks/07-autoencoder. Source: Ng 2011, "Sparse autoencoder", CS294A lecture notes, Stanford.
 */
public final class KlSparsity {

    private KlSparsity() {}

    /**
     * <pre>{@code
     * ρ̂[d] = 1/N Σ_n h[n,d]
     * L = λ Σ_d ( ρ ln(ρ/ρ̂[d]) + (1−ρ) ln((1−ρ)/(1−ρ̂[d])) )                                     (K3)
     * }</pre>
     */
    public static double penalty(double[][] h, double rho, double weight) {
        double sum = 0;
        for (double mean : means(h)) {
            sum += rho * Math.log(rho / mean) + (1 - rho) * Math.log((1 - rho) / (1 - mean));
        }
        return weight * sum;
    }

    /**
     * By the chain rule, as ∂ρ̂[d]/∂h[n,d] = 1/N: all images get the same push. It is 0 where ρ̂ = ρ, and grows without bound as a unit
     * falls silent.
     *
     * <pre>{@code
     * dH[n,d] = λ/N ( (1−ρ)/(1−ρ̂[d]) − ρ/ρ̂[d] )                                                  (K4)
     * }</pre>
     */
    public static double[][] dH(double[][] h, double rho, double weight) {
        int N = h.length;
        double[] mean = means(h);
        double[][] dH = new double[N][mean.length];
        for (int n = 0; n < N; n++) {
            for (int d = 0; d < mean.length; d++) {
                dH[n][d] = weight / N * ((1 - rho) / (1 - mean[d]) - rho / mean[d]);
            }
        }
        return dH;
    }

    private static double[] means(double[][] h) {
        double[] mean = new double[h[0].length];
        for (double[] code : h) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += code[d] / h.length;
            }
        }
        for (double m : mean) {
            if (!(m > 0 && m < 1)) {
                throw new IllegalArgumentException(
                        "KlSparsity: expected activations in (0,1) but got a unit with the mean " + m
                                + ". Use the outputs of a sigmoid.");
            }
        }
        return mean;
    }
}
