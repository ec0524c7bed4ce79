package atelier.definition;

import java.util.function.DoubleUnaryOperator;

/**
 * A whole GAN with five numbers: the generator stretches and shifts noise, the discriminator's logit is a parabola.
 *
 * <pre>{@code
 * G(z) = μ + s·z,     z ~ N(0,1)
 * d(x) = a + b·x + c·x²,     D(x) = σ(d(x))
 * }</pre>
 *
 * <p>If the data are Gaussian too, nothing is missing: ln p(x) − ln q(x) of two Gaussians is a parabola, so the best
 * discriminator (H4) is one of ours ({@link #optimal}).
 *
 * <p>Parameters: g = {μ, s}, d = {a, b, c}. Samples: any number N of them; losses are means, the divisor is N. Units: nats.
 *
 * <p>"Detach" is nothing that is done here, it is something that is not done: (H6) never asks for the gradient of g, (H8)
 * never for that of d.
 *
 * <p>Walk-through: notebooks/12-gan-mathematics. Source: Goodfellow and colleagues 2014, arXiv:1406.2661, equation 1 and
 * algorithm 1.
 */
public final class GaussianGan {

    private GaussianGan() {}

    /** The generator's samples, one for each number of noise. */
    public static double[] generate(double[] g, double[] z) {
        Nested.requireSizes("GaussianGan", "g, which is μ and s,", g, 2);
        return Nested.map(z, v -> g[0] + g[1] * v);
    }

    /** The discriminator's logit: positive where it takes x for a real one. */
    public static double logit(double[] d, double x) {
        return d[0] + d[1] * x + d[2] * x * x;
    }

    /** −V of the game: the surprise at being told which are real and which are fake. */
    public static double discriminatorLoss(double[] d, double[] real, double[] fake) {
        double sum = 0;
        for (double x : real) {
            sum += Softplus.forward(-logit(d, x)) / real.length;
        }
        for (double x : fake) {
            sum += Softplus.forward(logit(d, x)) / fake.length;
        }
        return sum;
    }

    /**
     * Belief minus truth, as behind every sigmoid (S5), times what the belief was made of.
     *
     * <pre>{@code
     * L_D         = 1/N Σ_n ln(1 + exp(−d(x_n))) + 1/N Σ_n ln(1 + exp(d(x̃_n)))
     * ∂L_D/∂a,b,c = 1/N Σ_n (σ(d(x_n)) − 1)·(1, x_n, x_n²) + 1/N Σ_n σ(d(x̃_n))·(1, x̃_n, x̃_n²)      (H6)
     * }</pre>
     *
     * @param real x, samples of the data
     * @param fake x̃, samples of the generator: numbers like any others, wherever they came from
     */
    public static double[] dDiscriminator(double[] d, double[] real, double[] fake) {
        Nested.requireSizes("GaussianGan", "d, which is a, b and c,", d, 3);
        double[] gradient = new double[3];
        for (double x : real) {
            add(gradient, (Sigmoid.forward(logit(d, x)) - 1) / real.length, x);
        }
        for (double x : fake) {
            add(gradient, Sigmoid.forward(logit(d, x)) / fake.length, x);
        }
        return gradient;
    }

    private static void add(double[] gradient, double dLogit, double x) {
        gradient[0] += dLogit;
        gradient[1] += dLogit * x;
        gradient[2] += dLogit * x * x;
    }

    /** The mean of a loss such as {@code GeneratorLoss::nonSaturating} over the samples of this noise. */
    public static double generatorLoss(double[] g, double[] d, double[] z, DoubleUnaryOperator loss) {
        double sum = 0;
        for (double x : generate(g, z)) {
            sum += loss.applyAsDouble(logit(d, x));
        }
        return sum / z.length;
    }

    /**
     * The chain of the generator's step: loss, logit, sample, parameter. It runs through the discriminator and leaves it
     * as it is.
     *
     * <pre>{@code
     * L_G     = 1/N Σ_n L(d(x̃_n)),     x̃_n = μ + s·z_n
     * dx̃_n    = 1/N L′(d(x̃_n)) · (b + 2c·x̃_n)
     * ∂L_G/∂μ = Σ_n dx̃_n,     ∂L_G/∂s = Σ_n dx̃_n · z_n                                             (H8)
     * }</pre>
     *
     * @param slope L′, for instance {@code GeneratorLoss::nonSaturatingSlope}
     */
    public static double[] dGenerator(double[] g, double[] d, double[] z, DoubleUnaryOperator slope) {
        double[] x = generate(g, z);
        double[] gradient = new double[2];
        for (int n = 0; n < z.length; n++) {
            double dX = slope.applyAsDouble(logit(d, x[n])) * (d[1] + 2 * d[2] * x[n]) / z.length;
            gradient[0] += dX;
            gradient[1] += dX * z[n];
        }
        return gradient;
    }

    /** The best discriminator (H4) when the data are N(mean, deviation²): ln p(x) − ln q(x), as a, b and c. */
    public static double[] optimal(double[] g, double mean, double deviation) {
        double p = 1 / (deviation * deviation);
        double q = 1 / (g[1] * g[1]);
        double a = 0.5 * (q * g[0] * g[0] - p * mean * mean) + Math.log(Math.abs(g[1]) / deviation);
        return new double[] {a, p * mean - q * g[0], 0.5 * (q - p)};
    }
}
