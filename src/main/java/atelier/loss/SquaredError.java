package atelier.loss;

import atelier.tensor.Tensor;

/**
 * How far an image is from another: the squared distance.
 *
 * <pre>{@code
 * L  = (1/N) Σ_n Σ_i (y[n,i] − x[n,i])²                                (Q1)
 * dY = 2 (y − x) / N                                                   (Q2)
 * }</pre>
 *
 * <p>Units: the sum over the pixels i, the mean over the batch. Divided by the number of pixels it is the mean squared
 * error (MSE) that tables report.
 */
public final class SquaredError implements PixelLoss {

    private Tensor y;
    private Tensor x;
    private Tensor dY;
    private double[] perImage = {};

    @Override
    public String name() {
        return "squared error";
    }

    @Override
    public double forward(Tensor output, Tensor pixels) {
        output.requireSameShape(pixels, "SquaredError");
        y = output.rowMajor();
        x = pixels.rowMajor();
        int n = y.size(0);
        int each = y.length() / n;
        perImage = perImage.length >= n ? perImage : new double[n];
        double sum = 0;
        for (int image = 0; image < n; image++) {
            double distance = 0;
            for (int i = image * each; i < (image + 1) * each; i++) {
                float d = y.data()[i] - x.data()[i];
                distance += d * d;
            }
            perImage[image] = distance;
            sum += distance;
        }
        return sum / n;
    }

    @Override
    public Tensor backward() {
        dY = dY != null && dY.hasShape(y.shape()) ? dY : Tensor.zeros(y.shape());
        float scale = 2f / y.size(0);
        for (int i = 0; i < y.length(); i++) {
            dY.data()[i] = scale * (y.data()[i] - x.data()[i]);
        }
        return dY;
    }

    @Override
    public double[] perImage() {
        return perImage;
    }

    @Override
    public Tensor pixels(Tensor output) {
        return output;
    }
}
