package atelier.loss;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/** The gradient of a penalty on a code {@code [N,D]}; two tensors are kept, because the last batch of an epoch is smaller. */
final class CodeGradient {

    private final String where;
    private Tensor latest;
    private Tensor before;

    /** @throws IllegalArgumentException when the penalty's weight is below 0 */
    CodeGradient(String where, double weight) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(where + ": expected a weight of 0 or more but got " + weight
                    + ". It is the price beside the reconstruction loss; 0 switches the penalty off.");
        }
        this.where = where;
    }

    /** Where to write the gradient for this code. */
    float[] like(Tensor code) {
        if (code.rank() != 2 || code.length() == 0) {
            throw new ShapeException(where + ": expected a code [N,D] but got " + Arrays.toString(code.shape())
                    + ". Give it the output of the encoder's last dense layer.");
        }
        if (!fits(latest, code)) {
            Tensor other = before;
            before = latest;
            latest = fits(other, code) ? other : Tensor.zeros(code.size(0), code.size(1));
        }
        return latest.data();
    }

    Tensor get() {
        if (latest == null) {
            throw new IllegalStateException(where + ".backward: expected a forward pass before but got none. Call "
                    + "forward with the code first.");
        }
        return latest;
    }

    private static boolean fits(Tensor kept, Tensor code) {
        return kept != null && kept.size(0) == code.size(0) && kept.size(1) == code.size(1);
    }
}
