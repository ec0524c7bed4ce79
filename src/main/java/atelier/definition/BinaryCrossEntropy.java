package atelier.definition;

/**
 * How surprised a decoder is by pixels that are black (0) or white (1), when it says each one's probability p = σ(y) of being
 * white: −ln p(x) of independent coins.
 *
 * <p>Shapes: y, x {@code [N,I]}; y are logits (any numbers), x pixels in [0,1], one image in each row. The loss is in nats, the sum
 * over the pixels, averaged over the batch: the divisor is N.
 *
 * <p>A decoder that knows nothing (y = 0) has the loss I · ln 2: 543.4 for 784 pixels. Check that first when you train.
 *
 * <p>Walk-through: notebooks/10-vae. Source: Kingma and Welling 2014, arXiv:1312.6114, appendix C.1.
 */
public final class BinaryCrossEntropy {

    private BinaryCrossEntropy() {}

    /**
     * <pre>{@code
     * L = −1/N Σ_n Σ_i ( x ln σ(y) + (1−x) ln(1−σ(y)) )
     *   =  1/N Σ_n Σ_i ( max(y,0) − x·y + ln(1 + exp(−|y|)) )                                    (S4)
     * }</pre>
     *
     * <p>The second line is computed: where σ(y) was rounded to 0 or 1, the first would take the logarithm of 0.
     */
    public static double loss(double[][] y, double[][] x) {
        Nested.requireSizes("BinaryCrossEntropy", "x", x, Nested.sizes(y));
        double sum = 0;
        for (int n = 0; n < y.length; n++) {
            for (int i = 0; i < y[n].length; i++) {
                double v = y[n][i];
                sum += Math.max(v, 0) - x[n][i] * v + Math.log1p(Math.exp(-Math.abs(v)));
            }
        }
        return sum / y.length;
    }

    /**
     * What was said minus what is true, as behind a softmax (S3).
     *
     * <pre>{@code
     * dY[n,i] = (σ(y[n,i]) − x[n,i]) / N                                                         (S5)
     * }</pre>
     */
    public static double[][] dY(double[][] y, double[][] x) {
        Nested.requireSizes("BinaryCrossEntropy", "x", x, Nested.sizes(y));
        int N = y.length;
        return Nested.map(y, x, (v, t) -> (Sigmoid.forward(v) - t) / N);
    }
}
