package atelier.definition;

/**
 * A bound on ln p(x) from k samples of q: unlikely samples may be bad, if only the average is good.
 *
 * <p>Everything is in logarithms. The density of an image is a product of hundreds of factors: it is 0 in every computer,
 * its logarithm is an ordinary number such as −800.
 *
 * <p>Walk-through: notebooks/09-vae-mathematics. Source: Burda, Grosse and Salakhutdinov 2016, arXiv:1509.00519,
 * equation 8 and theorem 1.
 */
public final class ImportanceBound {

    private ImportanceBound() {}

    /**
     * The logarithm of a mean, of numbers whose logarithms are known.
     *
     * <pre>{@code
     * L_k = E[ ln (1/k) Σ_i w_i ]              w_i = p(x,z_i) / q(z_i|x),  z_i ~ q                (V8)
     *     ln (1/k) Σ_i w_i = m + ln (1/k) Σ_i exp(ln w_i − m)                m = max_i ln w_i
     * }</pre>
     *
     * <p>L_1 is the ELBO; with k it grows up to ln p(x). m cancels, but with it the largest summand is exp 0 = 1, so that
     * the sum neither overflows nor vanishes.
     *
     * @param logWeights ln w_i, the k of one image; all −∞ means that no sample can be true, and gives −∞
     * @return one sample of what is in E[…]; the mean of many of them estimates L_k
     */
    public static double logMean(double[] logWeights) {
        if (logWeights.length == 0) {
            throw new IllegalArgumentException(
                    "ImportanceBound.logMean: expected at least 1 weight but got 0. Draw a sample first.");
        }
        double m = Double.NEGATIVE_INFINITY;
        for (double w : logWeights) {
            m = Math.max(m, w);
        }
        if (Double.isInfinite(m)) {
            return m; // −∞ − (−∞) would not be a number
        }
        double sum = 0;
        for (double w : logWeights) {
            sum += Math.exp(w - m);
        }
        return m + Math.log(sum / logWeights.length);
    }
}
