package atelier.model;

import atelier.layer.Layer;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.layer.Tangent;
import atelier.tensor.Layout;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * WGAN-GP: the critic's slope is measured at images between real ones and fakes, and what differs from 1 costs.
 *
 * <pre>{@code
 * x̂[n] = a[n]·x[n] + (1 − a[n])·x̃[n],   a[n] uniform in [0,1)          (W1)
 * P    = λ/N Σ_n (‖g[n]‖₂ − 1)²,        g[n] = ∂D(x̂[n])/∂x̂[n]          (W2)
 * v[n] = ∂P/∂g[n] = 2λ/N · (‖g[n]‖₂ − 1) · g[n]/‖g[n]‖₂                (W3)
 * dθ   = ∂⟨v, g⟩/∂θ, v held constant: the critic's tangent             (W4)
 * }</pre>
 *
 * <p>Shapes: x, x̃, x̂, g, v {@code [N,C,H,W]}; the norm is over all numbers of an image, the divisor is N.
 *
 * <p>Three walks through the critic: x̂ forward, ones backward, which gives g, and v forward again. At g = 0 there is no direction;
 * v is 0 there.
 *
 * <p>Walk-through: notebooks/15-stable-gans. Source: Gulrajani, Ahmed, Arjovsky, Dumoulin and Courville 2017, "Improved Training of
 * Wasserstein GANs", arXiv:1704.00028, algorithm 1.
 */
public final class GradientPenalty implements Constraint {

    private final double weight; // λ
    private final RandomStream random;
    private Tensor mixed = Tensor.zeros(0); // x̂
    private Tensor direction = Tensor.zeros(0); // v
    private Tensor ones = Tensor.zeros(0, 1);
    private double slope;

    /**
     * @param weight λ, usually 10
     * @param random where the a come from
     * @throws IllegalArgumentException when the weight is not above 0
     */
    public GradientPenalty(double weight, RandomStream random) {
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "GradientPenalty: expected a weight above 0 but got " + weight + ". 10 is usual.");
        }
        this.weight = weight;
        this.random = random;
    }

    @Override
    public String name() {
        return "gradient penalty " + weight;
    }

    @Override
    public List<RandomStream> randomness() {
        return List.of(random);
    }

    /** Labels, where the model is conditional, belong to the real image and to the fake of each row alike. */
    @Override
    public double penalise(Gan gan, Tensor real, Tensor fake, int[] labels) {
        Tangent critic = require(gan.discriminator());
        mix(real, fake);
        return pull(critic, gan.backwardJudge(ones(gan.judge(mixed, labels, Mode.TRAIN))));
    }

    /**
     * The same for a critic that stands alone: its parameters' gradients are those of P afterwards, whatever they were before. So call it
     * first in a step.
     *
     * @return P
     * @throws IllegalStateException when the critic bends, or lets images see each other: see {@link Tangent}
     */
    public double add(Layer critic, Tensor real, Tensor fake) {
        Tangent straight = require(critic);
        mix(real, fake);
        return pull(straight, critic.backward(ones(critic.forward(mixed, Mode.TRAIN))));
    }

    /** The mean of ‖g‖ at the latest call: near 1 for a critic that obeys. */
    public double slope() {
        return slope;
    }

    /** (W1) */
    private void mix(Tensor real, Tensor fake) {
        real.requireSameShape(fake, "GradientPenalty");
        mixed = like(mixed, real);
        mixed.copyFrom(fake);
        int pixels = real.length() / real.size(0);
        for (int n = 0; n < real.size(0); n++) {
            mix(real.data(), mixed.data(), n * pixels, (n + 1) * pixels, (float) random.uniform());
        }
    }

    private static void mix(float[] real, float[] mixed, int from, int to, float a) {
        for (int i = from; i < to; i++) {
            mixed[i] = a * real[i] + (1 - a) * mixed[i];
        }
    }

    /** dY = 1 for every image: the critic's backward pass then gives each image's own slope. */
    private Tensor ones(Tensor d) {
        if (d.rank() != 2 || d.size(1) != 1) {
            throw new ShapeException("GradientPenalty: expected one number for each image, [N,1], but got "
                    + Arrays.toString(d.shape()) + ". A critic ends in one number.");
        }
        ones = ones.size(0) == d.size(0) ? ones : Tensor.filled(1, d.size(0), 1);
        return ones;
    }

    /** (W2) and (W3), then (W4). */
    private double pull(Tangent critic, Tensor g) {
        if (g == null) {
            throw new IllegalStateException("GradientPenalty: expected the critic's slope at the images but got null. "
                    + "Do not build its first layer without an input gradient.");
        }
        direction = like(direction, g);
        int images = g.size(0);
        int pixels = g.length() / images;
        double sum = 0;
        slope = 0;
        for (int n = 0; n < images; n++) {
            double length = length(g.data(), n * pixels, (n + 1) * pixels);
            double factor = length > 0 ? 2 * weight / images * (length - 1) / length : 0;
            scale(g.data(), direction.data(), n * pixels, (n + 1) * pixels, (float) factor);
            sum += (length - 1) * (length - 1);
            slope += length / images;
        }
        List<Parameter> parameters = critic.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).zeroGradient(); // what the ones left there is no gradient of the loss
        }
        critic.tangent(direction);
        return weight * sum / images;
    }

    private static double length(float[] g, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (double) g[i] * g[i];
        }
        return Math.sqrt(squares);
    }

    private static void scale(float[] g, float[] v, int from, int to, float factor) {
        for (int i = from; i < to; i++) {
            v[i] = factor * g[i];
        }
    }

    private static Tangent require(Layer critic) {
        if (critic instanceof Tangent straight) {
            return straight;
        }
        throw new IllegalStateException(
                "GradientPenalty: expected a critic that carries a direction forward (Tangent) but got "
                        + critic.getClass().getSimpleName()
                        + ". Build it of dense layers, convolutions and leaky ReLUs.");
    }

    /** The kept tensor if it has the shape and layout of x, else a new one. */
    private static Tensor like(Tensor kept, Tensor x) {
        boolean fits = kept.rank() == x.rank() && kept.layout() == x.layout();
        for (int axis = 0; fits && axis < x.rank(); axis++) {
            fits = kept.size(axis) == x.size(axis);
        }
        if (fits) {
            return kept;
        }
        return x.layout() == Layout.CHANNELS_LAST
                ? Tensor.zerosChannelsLast(x.size(0), x.size(1), x.size(2), x.size(3))
                : Tensor.zeros(x.shape());
    }
}
