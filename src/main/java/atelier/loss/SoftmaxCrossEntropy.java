package atelier.loss;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * How surprised the network is by the true class, from its raw scores (logits).
 *
 * <pre>{@code
 * p[n,k] = exp(z[n,k]) / Σ_j exp(z[n,j])                               (S1)
 * L      = −(1/N) Σ_n ln p[n, label_n]                                 (S2)
 * dZ     = (p − onehot(label)) / N                                     (S3)
 * }</pre>
 *
 * <p>Shapes: z {@code [N,K]} with K classes, one label in 0 … K−1 for each row; p and dZ as z.
 *
 * <p>Units: nats, mean over the batch. A network that knows nothing scores ln K: 2.303 for ten digits.
 *
 * <p>Softmax and logarithm are worked out together, after subtracting the row's largest score m:
 * {@code −ln p = m + ln Σ_j exp(z_j − m) − z_label}. No score is too large for that, and the gradient is the plain
 * difference (S3). Exponentials and sums are in double.
 *
 * <p>Source: Bridle 1990, "Probabilistic Interpretation of Feedforward Classification Network Outputs",
 * doi:10.1007/978-3-642-76153-9_28.
 */
public final class SoftmaxCrossEntropy {

    /** What is written for a batch; two are kept, because the last batch of an epoch is smaller. */
    private record Result(Tensor p, Tensor dZ) {

        boolean fits(Tensor z) {
            return p.size(0) == z.size(0) && p.size(1) == z.size(1);
        }
    }

    private double[] exponentials = {}; // of one row
    private Result latest;
    private Result before;
    private int[] labels;

    /**
     * (S2), the mean loss of the batch.
     *
     * @param labels the true classes; there may be more labels than rows, those at the end are not read
     * @throws ShapeException when the logits are no {@code [N,K]}
     * @throws IllegalArgumentException when there are fewer labels than rows, or a label is no class
     */
    public double forward(Tensor logits, int[] labels) {
        check(logits, labels);
        this.labels = labels;
        latest = resultFor(logits);
        double loss = 0;
        for (int n = 0; n < logits.size(0); n++) {
            loss += row(logits.data(), n * logits.size(1), labels[n]);
        }
        return loss / logits.size(0);
    }

    /** (S3), the gradient of the mean loss with respect to the logits of the latest forward. */
    public Tensor backward() {
        Tensor p = probabilities();
        float[] dZ = latest.dZ.data();
        int classes = p.size(1);
        float each = 1f / p.size(0);
        for (int n = 0; n < p.size(0); n++) {
            for (int k = 0; k < classes; k++) {
                int i = n * classes + k;
                dZ[i] = each * (p.data()[i] - (k == labels[n] ? 1 : 0));
            }
        }
        return latest.dZ;
    }

    /** (S1) of the latest forward, {@code [N,K]}; the next forward overwrites it. */
    public Tensor probabilities() {
        if (latest == null) {
            throw new IllegalStateException("SoftmaxCrossEntropy: expected a forward pass before but got none. Call "
                    + "forward with logits and labels first.");
        }
        return latest.p;
    }

    private Result resultFor(Tensor z) {
        if (latest != null && latest.fits(z)) {
            return latest;
        }
        Result other = before;
        before = latest;
        exponentials = exponentials.length == z.size(1) ? exponentials : new double[z.size(1)];
        return other != null && other.fits(z) ? other : new Result(Tensor.zeros(z.shape()), Tensor.zeros(z.shape()));
    }

    /** Writes one row of (S1) and returns its −ln p[label]. */
    private double row(float[] z, int from, int label) {
        int classes = exponentials.length;
        float largest = z[from];
        for (int k = 1; k < classes; k++) {
            largest = Math.max(largest, z[from + k]);
        }
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            exponentials[k] = StrictMath.exp((double) z[from + k] - largest);
            sum += exponentials[k];
        }
        float[] p = latest.p.data();
        for (int k = 0; k < classes; k++) {
            p[from + k] = (float) (exponentials[k] / sum);
        }
        return StrictMath.log(sum) - ((double) z[from + label] - largest);
    }

    private static void check(Tensor logits, int[] labels) {
        if (logits.rank() != 2 || logits.size(0) == 0 || logits.size(1) == 0) {
            throw new ShapeException("SoftmaxCrossEntropy: expected logits [N,classes] but got "
                    + Arrays.toString(logits.shape()) + ". Give it the output of the last dense layer.");
        }
        if (labels.length < logits.size(0)) {
            throw new IllegalArgumentException("SoftmaxCrossEntropy: expected a label for each of " + logits.size(0)
                    + " rows but got " + labels.length + " labels. Check that images and labels are of one batch.");
        }
        for (int n = 0; n < logits.size(0); n++) {
            if (labels[n] < 0 || labels[n] >= logits.size(1)) {
                throw new IllegalArgumentException("SoftmaxCrossEntropy: expected labels in 0 … " + (logits.size(1) - 1)
                        + " but got " + labels[n] + " for row " + n + ". Classes are counted from 0.");
            }
        }
    }
}
