package atelier.optim;

import atelier.layer.Parameter;
import java.util.List;
import java.util.stream.Stream;

/**
 * Steps of about η for every weight, whatever the size of its gradient: the mean gradient divided by its typical size.
 *
 * <pre>{@code
 * m ← β₁·m + (1−β₁)·g
 * v ← β₂·v + (1−β₂)·g²
 * θ ← θ − η · m̂ / (√v̂ + ε)    with m̂ = m / (1−β₁ᵗ), v̂ = v / (1−β₂ᵗ)      (U4)
 * }</pre>
 *
 * <p>t counts the steps from 1. Without the two corrections the first steps would be wrong, because m and v start at 0;
 * they are worked out in double from t alone, so that training goes on from a checkpoint with the same bits.
 *
 * <p>Source: Kingma and Ba 2015, "Adam: A Method for Stochastic Optimization", arXiv:1412.6980, algorithm 1.
 */
public final class Adam implements Optimizer {

    private final List<Parameter> parameters;
    private final List<Parameter> m;
    private final List<Parameter> v;
    private final Pieces pieces;
    private final double beta1;
    private final double beta2;
    private final float epsilon;
    private double rate; // η
    private long steps; // t
    private float stepSize; // η / (1−β₁ᵗ)
    private float scale; // 1 / (1−β₂ᵗ)

    /** With the paper's β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
    public Adam(List<Parameter> parameters, double learningRate) {
        this(parameters, learningRate, 0.9, 0.999, 1e-8);
    }

    public Adam(List<Parameter> parameters, double learningRate, double beta1, double beta2, double epsilon) {
        this.parameters = List.copyOf(parameters);
        this.rate = Rates.learningRate("Adam", learningRate);
        this.beta1 = Rates.fraction("Adam", "β₁", beta1);
        this.beta2 = Rates.fraction("Adam", "β₂", beta2);
        this.epsilon = (float) Rates.epsilon("Adam", epsilon);
        m = Pieces.zeros(parameters, "m");
        v = Pieces.zeros(parameters, "v");
        pieces = new Pieces(parameters, this::update);
    }

    @Override
    public void step() {
        steps++;
        stepSize = (float) (rate / (1 - power(beta1, steps)));
        scale = (float) (1 / (1 - power(beta2, steps)));
        pieces.run();
    }

    private void update(int parameter, int from, int to) {
        Parameter p = parameters.get(parameter);
        u4(
                p.value().data(),
                p.gradient().data(),
                m.get(parameter).value().data(),
                v.get(parameter).value().data(),
                from,
                to);
    }

    private void u4(float[] theta, float[] g, float[] m, float[] v, int from, int to) {
        float b1 = (float) beta1;
        float b2 = (float) beta2;
        float rest1 = (float) (1 - beta1);
        float rest2 = (float) (1 - beta2);
        float a = stepSize;
        float c = scale;
        float e = epsilon;
        for (int i = from; i < to; i++) {
            m[i] = b1 * m[i] + rest1 * g[i];
            v[i] = b2 * v[i] + rest2 * g[i] * g[i];
            theta[i] -= a * m[i] / ((float) Math.sqrt(c * v[i]) + e);
        }
    }

    /** βᵗ by squaring; unlike {@link StrictMath#pow} it allocates nothing. */
    private static double power(double beta, long t) {
        double power = 1;
        double square = beta;
        for (long rest = t; rest > 0; rest >>= 1) {
            power *= (rest & 1) == 1 ? square : 1;
            square *= square;
        }
        return power;
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    /** First all m, then all v. */
    @Override
    public List<Parameter> state() {
        return Stream.concat(m.stream(), v.stream()).toList();
    }

    @Override
    public String rule() {
        return "Adam, β₁ " + beta1 + ", β₂ " + beta2 + ", ε " + epsilon;
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public void steps(long made) {
        steps = made;
    }

    @Override
    public double learningRate() {
        return rate;
    }

    @Override
    public void learningRate(double rate) {
        this.rate = Rates.learningRate("Adam", rate);
    }
}
