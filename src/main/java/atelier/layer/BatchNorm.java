package atelier.layer;

import atelier.tensor.Loops;
import atelier.tensor.Parallel;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Brings every channel to mean 0 and variance 1 over the batch, then lets the network choose its own mean and spread.
 *
 * <pre>{@code
 * μ  = (1/M) Σ x                                                       (B1)
 * σ² = (1/M) Σ (x − μ)²                                                (B2)
 * y  = γ·x̂ + β,   x̂ = (x − μ) / √(σ² + ε)                              (B3)
 * dX = γ / √(σ² + ε) · (dY − (1/M) Σ dY − x̂ · (1/M) Σ dY·x̂)
 * dγ = Σ dY·x̂,    dβ = Σ dY                                            (B4)
 * running ← (1−m)·running + m·batch, with σ²·M/(M−1) for the variance  (B5)
 * }</pre>
 *
 * <p>Shapes: x {@code [N,C,H,W]}, M = N·H·W, or x {@code [N,C]}, M = N; one μ, σ², γ and β for each channel; every sum is over
 * the M numbers of a channel. Y as X, in the same layout.
 *
 * <p>{@link Mode#INFER} takes the running mean and variance for μ and σ², so that an answer does not depend on what
 * else is in the batch. The variance that normalises is divided by M, the one that is kept by M−1; m = 0.1, ε = 1e-5.
 * Sums are in double, the rest in float.
 *
 * <p>Source: Ioffe and Szegedy 2015, "Batch Normalization", arXiv:1502.03167, algorithms 1 and 2.
 */
public final class BatchNorm implements Layer {

    private static final double EPSILON = 1e-5; // ε
    private static final int PIECE = 1 << 14; // numbers

    private final Parameter gamma; // γ [C]
    private final Parameter beta; // β [C]
    private final Parameter runningMean; // [C]
    private final Parameter runningVariance; // [C]
    private final double momentum; // m
    private final int channels; // C

    private final double[] mean; // μ [C]
    private final double[] variance; // σ² [C]
    private final double[] dBeta; // Σ dY [C]
    private final double[] dGamma; // Σ dY·x̂ [C]
    private final float[] mu; // μ again, for the fast loops [C]
    private final float[] inverse; // 1/√(σ² + ε) [C]
    private final float[] meanDY; // (1/M) Σ dY [C]
    private final float[] meanDYx; // (1/M) Σ dY·x̂ [C]

    private final ColumnSums sums = new ColumnSums();
    private final IntConsumer b3 = this::b3;
    private final IntConsumer b4 = this::b4;
    private final Output outputs = new Output();
    private final Output gradients = new Output();
    private final Rows xRows = new Rows();
    private final Rows yRows = new Rows();
    private final Rows dYRows = new Rows();
    private final Rows dXRows = new Rows();
    private Mode mode;
    private Tensor output; // of the latest forward
    private float[] x; // [M,C], as y, dY and dX
    private float[] y;
    private float[] dY;
    private float[] dX;

    /** With m = 0.1. */
    public BatchNorm(String name, int channels) {
        this(name, channels, 0.1);
    }

    /** @param momentum m: how much of each batch goes into the running mean and variance */
    public BatchNorm(String name, int channels, double momentum) {
        if (channels < 1 || !(momentum > 0 && momentum <= 1)) {
            throw new IllegalArgumentException(
                    "BatchNorm " + name + ": expected 1 or more channels and a momentum in (0,1] but got " + channels
                            + " and " + momentum + ". The momentum is the weight of the newest batch, usually 0.1.");
        }
        this.channels = channels;
        this.momentum = momentum;
        gamma = new Parameter(name + ".gamma", Tensor.filled(1, channels));
        beta = new Parameter(name + ".beta", Tensor.zeros(channels));
        runningMean = new Parameter(name + ".running-mean", Tensor.zeros(channels));
        runningVariance = new Parameter(name + ".running-variance", Tensor.filled(1, channels));
        mean = new double[channels];
        variance = new double[channels];
        dBeta = new double[channels];
        dGamma = new double[channels];
        mu = new float[channels];
        inverse = new float[channels];
        meanDY = new float[channels];
        meanDYx = new float[channels];
    }

    /** @throws ShapeException when x has other channels, or in training fewer than two numbers for each */
    @Override
    public Tensor forward(Tensor input, Mode mode) {
        check(input, mode);
        this.mode = mode;
        output = outputs.like(input);
        x = xRows.read(input);
        y = yRows.write(output);
        if (mode != Mode.INFER) {
            measure();
        } else {
            for (int c = 0; c < channels; c++) {
                mean[c] = runningMean.value().data()[c];
                variance[c] = runningVariance.value().data()[c];
            }
        }
        for (int c = 0; c < channels; c++) {
            mu[c] = (float) mean[c];
            inverse[c] = (float) (1 / Math.sqrt(variance[c] + EPSILON));
        }
        Parallel.run(pieces(), b3);
        yRows.finish(output);
        return output;
    }

    private void measure() {
        int m = rows();
        sums.sum(x, m, mean); // (B1)
        divide(mean, m);
        sums.squares(x, mean, m, variance); // (B2)
        divide(variance, m);
        if (mode == Mode.TRAIN) {
            follow(runningMean, mean, 1); // (B5)
            follow(runningVariance, variance, m / (m - 1.0));
        }
    }

    private void follow(Parameter running, double[] batch, double factor) {
        float[] kept = running.value().data();
        for (int c = 0; c < channels; c++) {
            kept[c] = (float) ((1 - momentum) * kept[c] + momentum * factor * batch[c]);
        }
    }

    private void b3(int piece) {
        int row = piece * rowsEach();
        int count = Math.min(rows() - row, rowsEach());
        float[] scale = gamma.value().data();
        float[] shift = beta.value().data();
        Loops.normalise(x, row * channels, count, channels, mu, inverse, scale, shift, y);
    }

    /** (B4); after a forward in {@link Mode#INFER} μ and σ² are constants: {@code dX = γ / √(σ² + ε) · dY}. */
    @Override
    public Tensor backward(Tensor upstream) {
        if (output == null) {
            throw new IllegalStateException("BatchNorm.backward: expected a forward pass before but got none. Call "
                    + "forward first, it remembers what backward needs.");
        }
        output.requireSameShape(upstream, "BatchNorm.backward");
        Tensor gradient = gradients.like(output);
        dY = dYRows.read(upstream);
        dX = dXRows.write(gradient);
        sums.sum(dY, rows(), dBeta);
        sums.products(x, mean, dY, rows(), dGamma);
        for (int c = 0; c < channels; c++) {
            dGamma[c] *= inverse[c];
            if (mode != Mode.HELD) {
                beta.gradient().data()[c] += (float) dBeta[c];
                gamma.gradient().data()[c] += (float) dGamma[c];
            }
            meanDY[c] = mode != Mode.INFER ? (float) (dBeta[c] / rows()) : 0;
            meanDYx[c] = mode != Mode.INFER ? (float) (dGamma[c] / rows()) : 0;
        }
        Parallel.run(pieces(), b4);
        dXRows.finish(gradient);
        return gradient;
    }

    private void b4(int piece) {
        int row = piece * rowsEach();
        int count = Math.min(rows() - row, rowsEach());
        float[] scale = gamma.value().data();
        Loops.normaliseBackward(x, dY, row * channels, count, channels, mu, inverse, scale, meanDY, meanDYx, dX);
    }

    /** γ and β. */
    @Override
    public List<Parameter> parameters() {
        return List.of(gamma, beta);
    }

    /** The running mean and variance. */
    @Override
    public List<Parameter> buffers() {
        return List.of(runningMean, runningVariance);
    }

    /** M */
    private int rows() {
        return output.length() / channels;
    }

    private int rowsEach() {
        return Math.max(1, PIECE / channels);
    }

    private int pieces() {
        return (rows() + rowsEach() - 1) / rowsEach();
    }

    private static void divide(double[] sums, int m) {
        for (int c = 0; c < sums.length; c++) {
            sums[c] /= m;
        }
    }

    private void check(Tensor x, Mode mode) {
        if (x.rank() != 2 && x.rank() != 4 || x.size(1) != channels) {
            throw new ShapeException("BatchNorm.forward: expected [N," + channels + "] or [N," + channels
                    + ",H,W] but got " + Arrays.toString(x.shape()) + ". The second axis holds the channels.");
        }
        if (mode != Mode.INFER && x.length() < 2 * channels) {
            throw new ShapeException("BatchNorm.forward: expected two or more numbers for each channel but got "
                    + Arrays.toString(x.shape()) + ". One number has no variance: train on larger batches.");
        }
    }
}
