package atelier.definition;

/**
 * Batch normalisation: each channel gets mean 0 and variance 1 over the batch, then a scale and a shift that are learnt.
 *
 * <p>Shapes: x and y {@code [N,C,H,W]}; γ, β and all statistics {@code [C]}. M = N·H·W numbers share one channel. A batch of
 * vectors {@code [N,F]} is a batch of images {@code [N,F,1,1]}.
 *
 * <p>While training, an image's output depends on the other images of its batch; in use it must not, so {@link #infer}
 * takes statistics that were gathered on the way.
 *
 * <p>Source: Ioffe and Szegedy 2015, arXiv:1502.03167, algorithm 1 (B1 to B3), the chain rule in section 3 (B4), algorithm
 * 2 (M/(M−1) in B5).
 */
public final class BatchNorm {

    private BatchNorm() {}

    /**
     * The mean of each channel, over images and pixels.
     *
     * <pre>{@code
     * μ[c] = 1/M Σ_n Σ_h Σ_w x[n,c,h,w]                                                          (B1)
     * }</pre>
     */
    public static double[] mean(double[][][][] x) {
        double[] mean = new double[x[0].length];
        for (int c = 0; c < mean.length; c++) {
            double sum = 0;
            for (double[][][] image : x) {
                for (double[] row : image[c]) {
                    for (double pixel : row) {
                        sum += pixel;
                    }
                }
            }
            mean[c] = sum / count(x);
        }
        return mean;
    }

    /**
     * The variance of each channel.
     *
     * <pre>{@code
     * σ²[c] = 1/M Σ_n Σ_h Σ_w (x[n,c,h,w] − μ[c])²                                               (B2)
     * }</pre>
     *
     * <p>The divisor is M, not M − 1: the batch is normalised by what it is, not by a guess at where it came from.
     */
    public static double[] variance(double[][][][] x) {
        double[] mean = mean(x);
        double[] variance = new double[mean.length];
        for (int c = 0; c < mean.length; c++) {
            double sum = 0;
            for (double[][][] image : x) {
                for (double[] row : image[c]) {
                    for (double pixel : row) {
                        sum += (pixel - mean[c]) * (pixel - mean[c]);
                    }
                }
            }
            variance[c] = sum / count(x);
        }
        return variance;
    }

    /**
     * While training: normalise by this batch, then scale and shift.
     *
     * <pre>{@code
     * x̂[n,c,h,w] = (x[n,c,h,w] − μ[c]) / √(σ²[c] + ε)
     * y[n,c,h,w] = γ[c] · x̂[n,c,h,w] + β[c]                                                      (B3)
     * }</pre>
     *
     * @param gamma γ, the scale
     * @param beta β, the shift
     * @param epsilon ε, a small number that keeps a channel without variance from dividing by 0
     */
    public static double[][][][] forward(double[][][][] x, double[] gamma, double[] beta, double epsilon) {
        return infer(x, gamma, beta, mean(x), variance(x), epsilon);
    }

    /** In use: (B3) with running statistics in the place of the batch's, so that each image stands for itself. */
    public static double[][][][] infer(
            double[][][][] x, double[] gamma, double[] beta, double[] mean, double[] variance, double epsilon) {
        int C = x[0].length;
        Nested.requireSizes("BatchNorm", "gamma", gamma, C);
        Nested.requireSizes("BatchNorm", "beta", beta, C);
        double[][][][] y = Nested.copy(x);
        for (double[][][] image : y) {
            for (int c = 0; c < C; c++) {
                for (double[] row : image[c]) {
                    for (int w = 0; w < row.length; w++) {
                        double normalised = (row[w] - mean[c]) / Math.sqrt(variance[c] + epsilon);
                        row[w] = gamma[c] * normalised + beta[c];
                    }
                }
            }
        }
        return y;
    }

    /**
     * The scale answers for what it multiplied.
     *
     * <pre>{@code
     * dγ[c] = Σ_n Σ_h Σ_w dY[n,c,h,w] · x̂[n,c,h,w]                                               (B4)
     * }</pre>
     */
    public static double[] dGamma(double[][][][] dY, double[][][][] x, double epsilon) {
        Nested.requireSizes("BatchNorm.dGamma", "dY", dY, Nested.sizes(x));
        double[] mean = mean(x);
        double[] variance = variance(x);
        double[] dGamma = new double[mean.length];
        for (int n = 0; n < x.length; n++) {
            for (int c = 0; c < mean.length; c++) {
                for (int h = 0; h < x[n][c].length; h++) {
                    for (int w = 0; w < x[n][c][h].length; w++) {
                        double normalised = (x[n][c][h][w] - mean[c]) / Math.sqrt(variance[c] + epsilon);
                        dGamma[c] += dY[n][c][h][w] * normalised;
                    }
                }
            }
        }
        return dGamma;
    }

    /**
     * The shift is a bias, one for each channel.
     *
     * <pre>{@code
     * dβ[c] = Σ_n Σ_h Σ_w dY[n,c,h,w]                                                            (B4)
     * }</pre>
     */
    public static double[] dBeta(double[][][][] dY) {
        return Convolution.db(dY);
    }

    /**
     * A number touches the output in three ways: itself, through the mean, and through the variance of its channel.
     *
     * <pre>{@code
     * dx̂  = γ[c] · dY[n,c,h,w]
     * dσ² = Σ_n Σ_h Σ_w dx̂ · (x − μ) · (−½)·(σ² + ε)^(−3/2)
     * dμ  = Σ_n Σ_h Σ_w dx̂ · (−1/√(σ² + ε))
     * dX  = dx̂ / √(σ² + ε)  +  dσ² · 2·(x − μ)/M  +  dμ / M                                      (B4)
     * }</pre>
     *
     * <p>The paper has one more term in dμ, by way of σ²; it is a multiple of Σ(x − μ) and so 0. In each channel dX sums to 0:
     * adding a constant to a channel changes nothing, as the mean takes it away. For the same reason a bias right before a
     * batch normalisation is useless.
     */
    public static double[][][][] dX(double[][][][] dY, double[][][][] x, double[] gamma, double epsilon) {
        Nested.requireSizes("BatchNorm.dX", "dY", dY, Nested.sizes(x));
        double[] mean = mean(x);
        double[] variance = variance(x);
        double[][][][] dX = Nested.copy(x);
        int M = count(x);
        for (int c = 0; c < mean.length; c++) {
            double deviation = Math.sqrt(variance[c] + epsilon);
            double dVariance = 0;
            double dMean = 0;
            for (int n = 0; n < x.length; n++) {
                for (int h = 0; h < x[n][c].length; h++) {
                    for (int w = 0; w < x[n][c][h].length; w++) {
                        double dNormalised = gamma[c] * dY[n][c][h][w];
                        dVariance += dNormalised * (x[n][c][h][w] - mean[c]) * -0.5 / Math.pow(deviation, 3);
                        dMean -= dNormalised / deviation;
                    }
                }
            }
            for (int n = 0; n < x.length; n++) {
                for (int h = 0; h < x[n][c].length; h++) {
                    for (int w = 0; w < x[n][c][h].length; w++) {
                        double dNormalised = gamma[c] * dY[n][c][h][w];
                        dX[n][c][h][w] =
                                dNormalised / deviation + dVariance * 2 * (x[n][c][h][w] - mean[c]) / M + dMean / M;
                    }
                }
            }
        }
        return dX;
    }

    /**
     * After each training step the running mean moves a little towards that of the batch.
     *
     * <pre>{@code
     * μ̄[c] ← (1 − m) · μ̄[c] + m · μ[c]                                                           (B5)
     * }</pre>
     *
     * @param momentum m, how far it moves, for instance 0.1; some libraries call 1 − m the momentum, or decay
     */
    public static double[] runningMean(double[] running, double[][][][] x, double momentum) {
        double[] mean = mean(x);
        double[] moved = new double[mean.length];
        for (int c = 0; c < moved.length; c++) {
            moved[c] = (1 - momentum) * running[c] + momentum * mean[c];
        }
        return moved;
    }

    /**
     * The same for the variance, with the divisor M − 1.
     *
     * <pre>{@code
     * σ̄²[c] ← (1 − m) · σ̄²[c] + m · M/(M−1) · σ²[c]                                              (B5)
     * }</pre>
     *
     * <p>Here it is a guess at where the batch came from, so here M/(M−1) belongs: a sample spreads less around its own mean
     * than around the true one.
     */
    public static double[] runningVariance(double[] running, double[][][][] x, double momentum) {
        double[] variance = variance(x);
        double[] moved = new double[variance.length];
        double M = count(x);
        if (M < 2) {
            throw new IllegalArgumentException(
                    "BatchNorm.runningVariance: expected at least 2 numbers a channel but got 1. "
                            + "A single number has no variance: use a larger batch.");
        }
        for (int c = 0; c < moved.length; c++) {
            moved[c] = (1 - momentum) * running[c] + momentum * M / (M - 1) * variance[c];
        }
        return moved;
    }

    /** M = N·H·W. */
    private static int count(double[][][][] x) {
        return x.length * x[0][0].length * x[0][0][0].length;
    }
}
