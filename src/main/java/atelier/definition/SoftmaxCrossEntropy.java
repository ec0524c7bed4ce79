package atelier.definition;

/**
 * The loss of a classifier: scores become probabilities, and the loss is the surprise at the true class.
 *
 * <p>Shapes: x {@code [N,K]} (the logits: any numbers), labels {@code [N]} in 0 … K−1, p {@code [N,K]}. The loss is in nats
 * (natural logarithm), averaged over the batch: the divisor is N.
 *
 * <p>A network that knows nothing has the loss ln K: 2.303 for ten classes. Check that first when you train.
 *
 * <p>Walk-through: notebooks/05-convnet. Source: Bridle 1990, doi:10.1007/978-3-642-76153-9_28.
 */
public final class SoftmaxCrossEntropy {

    private SoftmaxCrossEntropy() {}

    /**
     * Scores into probabilities: positive, and each row sums to 1.
     *
     * <pre>{@code
     * p[n,k] = exp(x[n,k] − m[n]) / Σ_l exp(x[n,l] − m[n])           m[n] = max_l x[n,l]         (S1)
     * }</pre>
     *
     * <p>m cancels, so the formula is right without it; but then exp(1000) overflows and the result is not a number.
     */
    public static double[][] softmax(double[][] x) {
        int N = x.length;
        int K = x[0].length;
        double[][] p = new double[N][K];
        for (int n = 0; n < N; n++) {
            double m = max(x[n]);
            double sum = 0;
            for (int k = 0; k < K; k++) {
                p[n][k] = Math.exp(x[n][k] - m);
                sum += p[n][k];
            }
            for (int k = 0; k < K; k++) {
                p[n][k] /= sum;
            }
        }
        return p;
    }

    /**
     * How surprised the probabilities are by the truth t, on average.
     *
     * <pre>{@code
     * L = −1/N Σ_n ln p[n,t[n]] = 1/N Σ_n ( m[n] + ln Σ_k exp(x[n,k] − m[n]) − x[n,t[n]] )       (S2)
     * }</pre>
     *
     * <p>The right-hand side is computed: where p is so small that it became 0, −ln p would be infinite.
     */
    public static double loss(double[][] x, int[] labels) {
        requireLabels(x, labels);
        int N = x.length;
        double sum = 0;
        for (int n = 0; n < N; n++) {
            double m = max(x[n]);
            double sumOfExp = 0;
            for (double score : x[n]) {
                sumOfExp += Math.exp(score - m);
            }
            sum += m + Math.log(sumOfExp) - x[n][labels[n]];
        }
        return sum / N;
    }

    /**
     * The gradient of the mean loss: what was said minus what is true.
     *
     * <pre>{@code
     * dX[n,k] = (p[n,k] − [k = t[n]]) / N                                                        (S3)
     * }</pre>
     *
     * <p>The backward pass begins here: nothing arrives, because ∂L/∂L = 1. Each row sums to 0.
     */
    public static double[][] dX(double[][] x, int[] labels) {
        requireLabels(x, labels);
        int N = x.length;
        double[][] dX = softmax(x);
        for (int n = 0; n < N; n++) {
            dX[n][labels[n]] -= 1;
            for (int k = 0; k < dX[n].length; k++) {
                dX[n][k] /= N;
            }
        }
        return dX;
    }

    private static double max(double[] row) {
        double max = row[0];
        for (double v : row) {
            max = Math.max(max, v);
        }
        return max;
    }

    private static void requireLabels(double[][] x, int[] labels) {
        if (labels.length != x.length) {
            throw new IllegalArgumentException(
                    "SoftmaxCrossEntropy: expected " + x.length + " labels, one for each row of x, " + "but got "
                            + labels.length + ". Take the labels of the same batch.");
        }
        for (int label : labels) {
            if (label < 0 || label >= x[0].length) {
                throw new IllegalArgumentException("SoftmaxCrossEntropy: expected labels from 0 to " + (x[0].length - 1)
                        + " but got " + label + ". Give x one column for each class.");
            }
        }
    }
}
