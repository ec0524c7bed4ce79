package atelier.definition;

/**
 * A price λ on every unit of a code, for as much as it says: the sum of the absolute values.
 *
 * <p>Shapes: h {@code [N,D]}, the code of one image in each row. The penalty is the sum over the units, averaged over the batch: the
 * divisor is N.
 *
 * <p>Walk-through: notebooks/07-autoencoder. Source: Tibshirani 1996, doi:10.1111/j.2517-6161.1996.tb02080.x.
 */
public final class L1Sparsity {

    private L1Sparsity() {}

    /**
     * <pre>{@code
     * L = λ/N Σ_n Σ_d |h[n,d]|                                                                   (K1)
     * }</pre>
     */
    public static double penalty(double[][] h, double weight) {
        double sum = 0;
        for (double[] code : h) {
            for (double v : code) {
                sum += Math.abs(v);
            }
        }
        return weight * sum / h.length;
    }

    /**
     * The same push for a small h as for a large one. At h = 0 there is no derivative; 0 is taken.
     *
     * <pre>{@code
     * dH[n,d] = λ sgn(h[n,d]) / N                                                                (K2)
     * }</pre>
     */
    public static double[][] dH(double[][] h, double weight) {
        int N = h.length;
        return Nested.map(h, v -> weight * Math.signum(v) / N);
    }
}
