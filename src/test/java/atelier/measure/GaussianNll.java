package atelier.measure;

import atelier.loss.PixelLoss;
import atelier.tensor.Tensor;

/** −ln p(x|z) of grey pixels around the decoder's means, in double: enough to judge a model, not to train one. */
record GaussianNll(double sigma, double[] perImage) implements PixelLoss {

    GaussianNll(double sigma) {
        this(sigma, new double[4000]);
    }

    @Override
    public String name() {
        return "Gaussian, σ " + sigma;
    }

    @Override
    public double forward(Tensor output, Tensor pixels) {
        int n = output.size(0);
        int each = output.length() / n;
        double sum = 0;
        for (int image = 0; image < n; image++) {
            perImage[image] = each * Math.log(sigma * Math.sqrt(2 * Math.PI));
            for (int i = image * each; i < (image + 1) * each; i++) {
                double d = (output.data()[i] - pixels.data()[i]) / sigma;
                perImage[image] += d * d / 2;
            }
            sum += perImage[image];
        }
        return sum / n;
    }

    @Override
    public Tensor backward() {
        throw new UnsupportedOperationException("GaussianNll: expected to judge but got asked for a gradient.");
    }

    @Override
    public Tensor pixels(Tensor output) {
        return output;
    }
}
