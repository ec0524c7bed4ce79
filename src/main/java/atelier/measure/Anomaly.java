package atelier.measure;

import atelier.data.ImageSet;
import atelier.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * Whether a model that has never seen one digit finds it strange.
 *
 * <p>Train on {@code train.where(label -> label != digit)}, then ask here. What a model has not learned to draw it draws badly,
 * so the error of its reconstruction is a score of strangeness. Simple images are drawn well even when they are strange: a
 * held-out 1 comes out with the smallest error of all.
 *
 * <p>Walk-through: notebooks/08-autoencoder-at-work.
 */
public final class Anomaly {

    private static final int BATCH = 256;

    private Anomaly() {}

    /** How well the error of {@code restore} ({@code x → x̂}) tells the digit, the positives, from all others. */
    public static Roc roc(ImageSet test, int digit, UnaryOperator<Tensor> restore) {
        double[] errors = new double[test.count()];
        for (int from = 0; from < errors.length; from += BATCH) {
            Tensor x = test.images(from, Math.min(errors.length, from + BATCH));
            System.arraycopy(Quality.mse(restore.apply(x), x), 0, errors, from, x.size(0));
        }
        return roc(test, digit, errors);
    }

    /** The same by any score of strangeness, one for each image: of a VAE the negative {@link Elbo#perImage}. */
    public static Roc roc(ImageSet test, int digit, double[] strangeness) {
        boolean[] positive = new boolean[test.count()];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = test.label(i) == digit;
        }
        return Roc.of(strangeness, positive);
    }
}
