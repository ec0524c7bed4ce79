package atelier.layer;

import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A dense layer or a convolution whose weight is divided by the most that it can stretch a vector: it cannot shout.
 *
 * <pre>{@code
 * v ← Wᵀu / ‖Wᵀu‖₂,   u ← Wv / ‖Wv‖₂                                   (L1)
 * σ  = uᵀ·W·v,   W̄ = W / σ                                             (L2)
 * dW += (dW̄ − ⟨dW̄, W̄⟩ · u·vᵀ) / σ                                      (L3)
 * }</pre>
 *
 * <p>Shapes: W {@code [F,K]} as the dense layer's, or {@code [K,C·R·R]} as a kernel {@code [K,C,R,R]} is stored; u has a number for
 * each row, v for each column (vectors here, not places in a kernel).
 *
 * <p>The parameter is W, under the name of the layer's own weight; the layer inside works with W̄. Each forward in {@link
 * Mode#TRAIN} makes one round of (L1), from where the last one ended: u and v are buffers. {@link Mode#HELD} and {@link Mode#INFER}
 * divide by σ as u and v stand. Sums are in double.
 *
 * <p>The length of W has no effect any more, so a learning rate acts more strongly on a short W than on a long one.
 *
 * <p>Walk-through: notebooks/15-stable-gans. Source: Miyato, Kataoka, Koyama and Yoshida 2018, "Spectral Normalization for
 * Generative Adversarial Networks", arXiv:1802.05957.
 */
public final class SpectralNorm implements Tangent {

    private static final int ROUNDS_AT_FIRST = 15;

    private final Tangent layer;
    private final Parameter normalised; // W̄, the layer's own
    private final Parameter weight; // W
    private final Parameter u; // [rows of W]
    private final Parameter v; // [columns of W]
    private final List<Parameter> parameters;
    private final List<Parameter> buffers;
    private final double[] wu; // Wᵀu
    private final double[] wv; // Wv
    private double sigma; // of the latest forward
    private boolean held;

    /**
     * Takes over the layer and its first weight.
     *
     * @param random where u starts; nothing is drawn from it later
     * @throws IllegalArgumentException when the layer has not a weight and a bias, or its weight is 0 everywhere
     */
    public SpectralNorm(Tangent layer, RandomStream random) {
        if (layer.parameters().size() != 2) {
            throw new IllegalArgumentException("SpectralNorm: expected a layer with a weight and a bias but got "
                    + layer.getClass().getSimpleName() + " with "
                    + layer.parameters().size()
                    + " parameters. Wrap a Dense or a Conv2d.");
        }
        this.layer = layer;
        normalised = layer.parameters().get(0);
        Tensor first = normalised.value();
        weight = new Parameter(normalised.name(), first.copy());
        wv = new double[first.size(0)];
        wu = new double[first.length() / first.size(0)];
        u = new Parameter(normalised.name() + ".u", Tensor.normal(random, 1, wv.length));
        v = new Parameter(normalised.name() + ".v", Tensor.zeros(wu.length));
        parameters = List.of(weight, layer.parameters().get(1));
        buffers = Stream.concat(Stream.of(u, v), layer.buffers().stream()).toList();
        for (int round = 0; round < ROUNDS_AT_FIRST; round++) {
            l1();
        }
        sigma = sigma();
        if (!(sigma > 0)) {
            throw new IllegalArgumentException("SpectralNorm: expected a weight that stretches something but got "
                    + normalised.name() + " with σ = " + sigma + ". Start from random weights.");
        }
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        held = mode == Mode.HELD;
        if (mode == Mode.TRAIN) {
            l1();
        } else {
            stretch();
        }
        sigma = sigma();
        float[] w = weight.value().data();
        float[] divided = normalised.value().data();
        float inverse = (float) (1 / sigma);
        for (int i = 0; i < w.length; i++) {
            divided[i] = inverse * w[i]; // (L2)
        }
        return layer.forward(x, mode);
    }

    @Override
    public Tensor backward(Tensor dY) {
        Tensor dX = layer.backward(dY);
        l3();
        return dX;
    }

    /** (W4) of the layer inside gives the gradient of W̄, and (L3) that of W. */
    @Override
    public Tensor tangent(Tensor xDot) {
        Tensor yDot = layer.tangent(xDot);
        l3();
        return yDot;
    }

    /** One round of the power iteration; leaves Wv behind. */
    private void l1() {
        float[] w = weight.value().data();
        Arrays.fill(wu, 0);
        for (int i = 0; i < wv.length; i++) {
            addRow(w, i * wu.length, u.value().data()[i]);
        }
        unit(wu, v.value().data());
        stretch();
        unit(wv, u.value().data());
    }

    private void addRow(float[] w, int from, double factor) {
        for (int j = 0; j < wu.length; j++) {
            wu[j] += factor * w[from + j];
        }
    }

    /** uᵀ·(Wv) */
    private double sigma() {
        double sum = 0;
        for (int i = 0; i < wv.length; i++) {
            sum += u.value().data()[i] * wv[i];
        }
        return sum;
    }

    private void stretch() {
        for (int i = 0; i < wv.length; i++) {
            wv[i] = dot(weight.value().data(), i * wu.length, v.value().data(), wu.length);
        }
    }

    /** What arrived at W̄ goes on to W; W̄'s own gradient is 0 between the calls. */
    private void l3() {
        if (held) {
            return;
        }
        float[] from = normalised.gradient().data();
        float[] to = weight.gradient().data();
        double along = dot(from, 0, normalised.value().data(), from.length);
        float inverse = (float) (1 / sigma);
        for (int i = 0; i < wv.length; i++) {
            float pull = (float) (along * u.value().data()[i]);
            addRow(from, to, i * wu.length, pull, inverse);
        }
        normalised.zeroGradient();
    }

    private void addRow(float[] from, float[] to, int start, float pull, float inverse) {
        float[] columns = v.value().data();
        for (int j = 0; j < columns.length; j++) {
            to[start + j] += inverse * (from[start + j] - pull * columns[j]);
        }
    }

    /** ⟨x, y⟩ in double; four sums side by side, because each addition waits for the one before it. */
    private static double dot(float[] x, int xFrom, float[] y, int length) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 3 < length; j += 4) {
            a += (double) x[xFrom + j] * y[j];
            b += (double) x[xFrom + j + 1] * y[j + 1];
            c += (double) x[xFrom + j + 2] * y[j + 2];
            d += (double) x[xFrom + j + 3] * y[j + 3];
        }
        for (; j < length; j++) {
            a += (double) x[xFrom + j] * y[j];
        }
        return a + b + (c + d);
    }

    private static void unit(double[] x, float[] to) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double inverse = 1 / Math.sqrt(squares);
        for (int i = 0; i < x.length; i++) {
            to[i] = (float) (inverse * x[i]);
        }
    }

    /** W and the bias. */
    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    /** u and v. */
    @Override
    public List<Parameter> buffers() {
        return buffers;
    }

    @Override
    public List<RandomStream> randomness() {
        return layer.randomness();
    }
}
