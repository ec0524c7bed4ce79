package atelier.loss;

import atelier.tensor.FastMath;
import atelier.tensor.Tensor;

/**
 * How surprised a decoder is by pixels that are black or white, from its raw scores (logits): −ln p(x) of independent
 * Bernoulli pixels.
 *
 * <pre>{@code
 * L  = (1/N) Σ_n Σ_i ( max(y,0) − x·y + ln(1 + exp(−|y|)) )            (S4)
 * dY = (σ(y) − x) / N                                                  (S5)
 * }</pre>
 *
 * <p>Units: nats, the sum over the pixels i, the mean over the batch. A decoder that knows nothing scores ln 2 a pixel: 543.4 for
 * 784 of them.
 *
 * <p>(S4) is −x ln σ(y) − (1−x) ln(1−σ(y)), written so that no logarithm ever meets a 0: a logit of 10,000 that is right costs
 * nothing, one that is wrong costs 10,000. Pixels of grey are allowed; then the loss cannot fall below their entropy.
 *
 * <p>Walk-through: notebooks/10-vae. Source: Kingma and Welling 2014, arXiv:1312.6114, appendix C.1.
 */
public final class BinaryCrossEntropy implements PixelLoss {

    private final ImageSums sums = new ImageSums("BinaryCrossEntropy", BinaryCrossEntropy::image);

    @Override
    public String name() {
        return "binary cross-entropy";
    }

    @Override
    public double forward(Tensor output, Tensor pixels) {
        return sums.forward(output, pixels);
    }

    @Override
    public Tensor backward() {
        return sums.backward();
    }

    @Override
    public double[] perImage() {
        return sums.perImage();
    }

    /** The probabilities σ(y) that a pixel is white. */
    @Override
    public Tensor pixels(Tensor output) {
        Tensor p = output.copy();
        FastMath.sigmoid(p.data(), 0, p.data(), 0, p.length());
        return p;
    }

    private static double image(float[] y, float[] x, float[] terms, float[] dY, int from, int to, float share) {
        FastMath.logistic(y, from, dY, from, terms, from, to - from);
        for (int i = from; i < to; i++) {
            terms[i] +=
                    Math.max(y[i] * (1 - x[i]), -y[i] * x[i]); // max(y,0) − x·y without a difference of large numbers
            dY[i] = share * (dY[i] - x[i]);
        }
        double surprise = ImageSums.sum(terms, from, to);
        return Double.isNaN(surprise) ? ofCertainty(y, x, terms, from, to) : surprise;
    }

    /** The same where a logit is infinite: ∞ · 0 is no number, but a pixel that agrees with a certain decoder costs nothing. */
    private static double ofCertainty(float[] y, float[] x, float[] terms, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Float.isInfinite(y[i])) {
                boolean agrees = x[i] == (y[i] > 0 ? 1 : 0);
                terms[i] = agrees ? 0 : x[i] + Float.POSITIVE_INFINITY; // a pixel that is no number stays none
            }
        }
        return ImageSums.sum(terms, from, to);
    }
}
