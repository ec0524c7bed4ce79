package atelier.loss;

import atelier.tensor.Tensor;

/**
 * How surprised a decoder is by pixels of any grey: −ln p(x) of independent Gaussian pixels, whose means are its output and
 * whose deviation σ is the same for all and given.
 *
 * <pre>{@code
 * L  = (1/N) Σ_n Σ_i ( (x[n,i] − y[n,i])² / (2σ²) + ½ ln(2πσ²) )       (Q3)
 * dY = (y − x) / (σ² N)                                                (Q4)
 * }</pre>
 *
 * <p>Units: nats, the sum over the pixels i, the mean over the batch. A density may be above 1, so the loss may be below 0:
 * it cannot be compared with that of pixels that are black or white.
 *
 * <p>With σ² = ½ it is the squared error (Q1) plus a constant. Beside a KL term, σ says how exact a reconstruction must be:
 * a small σ is a small β.
 *
 * <p>Source: Kingma and Welling 2014, arXiv:1312.6114, appendix C.2.
 */
public final class GaussianNll implements PixelLoss {

    private final double sigma;
    private final ImageSums sums = new ImageSums("GaussianNll", this::image);

    /** @throws IllegalArgumentException when σ is not above 0 */
    public GaussianNll(double sigma) {
        if (!(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("GaussianNll: expected a deviation σ above 0 but got " + sigma
                    + ". For pixels in [0,1], 0.1 to 1 is usual.");
        }
        this.sigma = sigma;
    }

    @Override
    public String name() {
        return "Gaussian of deviation " + sigma;
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

    private double image(float[] y, float[] x, float[] squares, float[] dY, int from, int to, float share) {
        double variance = sigma * sigma;
        float scale = (float) (share / variance);
        for (int i = from; i < to; i++) {
            float d = y[i] - x[i];
            squares[i] = d * d;
            dY[i] = scale * d;
        }
        double constant = 0.5 * StrictMath.log(2 * Math.PI * variance);
        return ImageSums.sum(squares, from, to) / (2 * variance) + (to - from) * constant;
    }
}
