package atelier.measure;

import atelier.layer.Dense;
import atelier.layer.Mode;
import atelier.loss.SoftmaxCrossEntropy;
import atelier.optim.Adam;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * How much of the classes lies open in features: the plainest classifier, a softmax over weighted sums, learned from few labels.
 *
 * <pre>{@code
 * scores = (x − m)/s · W + b,   the least of −(1/N) Σ_n ln p(label_n) + ½ λ ‖W‖²       λ = 0.01
 * }</pre>
 *
 * <p>Shapes: features x {@code [N,F]}; m {@code [F]}, the mean of each feature over the labelled examples, and one number s, the
 * root of the features' mean variance.
 *
 * <p>Whatever the features are, codes or raw pixels, the probe is the same: what differs is what they make easy. There is one
 * least loss, and the weights start at 0, so no chance is involved.
 *
 * <p>Were each feature divided by its own deviation, a pixel that is lit in one of a hundred images would count as much as any.
 *
 * <p>Walk-through: notebooks/08-autoencoder-at-work. Source: Alain and Bengio 2017, arXiv:1610.01644.
 */
public final class LinearProbe {

    private static final int STEPS = 500;
    private static final double RATE = 0.1;
    private static final float LAMBDA = 0.01f;

    private final float[] mean;
    private final float scale; // 1/s
    private final Dense dense;

    private LinearProbe(float[] mean, float scale, Dense dense) {
        this.mean = mean;
        this.scale = scale;
        this.dense = dense;
    }

    /** A probe that learned these examples, a label in 0 … classes−1 for each row. */
    public static LinearProbe train(Tensor features, int[] labels, int classes) {
        if (features.rank() != 2 || features.size(0) == 0 || features.size(0) != labels.length) {
            throw new ShapeException("LinearProbe.train: expected features [" + labels.length
                    + ",F], a row a label, but got " + Arrays.toString(features.shape())
                    + ". Use features and labels of the same images, at least one.");
        }
        int n = features.size(0);
        int f = features.size(1);
        float[] mean = new float[f];
        double squares = 0;
        for (int j = 0; j < f; j++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += features.at(i, j);
            }
            mean[j] = (float) (sum / n);
            for (int i = 0; i < n; i++) {
                double d = features.at(i, j) - sum / n;
                squares += d * d;
            }
        }
        float scale = squares == 0 ? 0 : (float) Math.sqrt((double) n * f / squares);
        Dense dense = new Dense("probe", Tensor.zeros(f, classes), Tensor.zeros(classes)).withoutInputGradient();
        LinearProbe probe = new LinearProbe(mean, scale, dense);
        probe.learn(probe.centred(features), labels);
        return probe;
    }

    private void learn(Tensor x, int[] labels) {
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        Adam adam = new Adam(dense.parameters(), RATE);
        float[] w = dense.parameters().get(0).value().data();
        float[] dW = dense.parameters().get(0).gradient().data();
        for (int step = 0; step < STEPS; step++) {
            adam.learningRate(RATE * (STEPS - step) / STEPS);
            loss.forward(dense.forward(x, Mode.TRAIN), labels);
            adam.zeroGradients();
            dense.backward(loss.backward());
            for (int i = 0; i < w.length; i++) {
                dW[i] += LAMBDA * w[i];
            }
            adam.step();
        }
    }

    /** How it judges other examples of the same features. */
    public Evaluation evaluate(Tensor features, int[] labels) {
        return Evaluation.of(dense.forward(centred(features), Mode.INFER), labels);
    }

    private Tensor centred(Tensor features) {
        if (features.rank() != 2 || features.size(1) != mean.length) {
            throw new ShapeException("LinearProbe: expected features [N," + mean.length + "] but got "
                    + Arrays.toString(features.shape()) + ". Use the features that it learned from.");
        }
        Tensor x = features.copy();
        for (int i = 0; i < x.length(); i++) {
            x.data()[i] = (x.data()[i] - mean[i % mean.length]) * scale;
        }
        return x;
    }
}
