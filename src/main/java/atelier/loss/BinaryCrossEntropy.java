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
 * <p>Units: nats, the sum over the pixels i, the mean over the batch.
 */
public final class BinaryCrossEntropy implements PixelLoss {

    private Tensor y;
    private Tensor x;
    private Tensor dY;
    private double[] perImage = {};

    @Override
    public String name() {
        return "binary cross-entropy";
    }

    @Override
    public double forward(Tensor output, Tensor pixels) {
        output.requireSameShape(pixels, "BinaryCrossEntropy");
        y = output.rowMajor();
        x = pixels.rowMajor();
        int n = y.size(0);
        int each = y.length() / n;
        perImage = perImage.length >= n ? perImage : new double[n];
        double sum = 0;
        for (int image = 0; image < n; image++) {
            double surprise = 0;
            for (int i = image * each; i < (image + 1) * each; i++) {
                float v = y.data()[i];
                surprise += Math.max(v, 0) - x.data()[i] * v + FastMath.log(1 + FastMath.exp(-Math.abs(v)));
            }
            perImage[image] = surprise;
            sum += surprise;
        }
        return sum / n;
    }

    @Override
    public Tensor backward() {
        dY = dY != null && dY.hasShape(y.shape()) ? dY : Tensor.zeros(y.shape());
        float scale = 1f / y.size(0);
        FastMath.sigmoid(y.data(), 0, dY.data(), 0, y.length());
        for (int i = 0; i < y.length(); i++) {
            dY.data()[i] = scale * (dY.data()[i] - x.data()[i]);
        }
        return dY;
    }

    @Override
    public double[] perImage() {
        return perImage;
    }

    @Override
    public Tensor pixels(Tensor output) {
        Tensor p = Tensor.zeros(output.shape());
        FastMath.sigmoid(output.rowMajor().data(), 0, p.data(), 0, p.length());
        return p;
    }
}
