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
 *
 * <p>Walk-through: notebooks/07-autoencoder.
 */
public final class SquaredError implements PixelLoss {

    private final ImageSums sums = new ImageSums("SquaredError", SquaredError::image);

    @Override
    public String name() {
        return "squared error";
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

    @Override
    public Tensor pixels(Tensor output) {
        return output;
    }

    private static double image(float[] y, float[] x, float[] squares, float[] dY, int from, int to, float share) {
        for (int i = from; i < to; i++) {
            float d = y[i] - x[i];
            squares[i] = d * d;
            dY[i] = 2 * share * d;
        }
        return ImageSums.sum(squares, from, to);
    }
}
