package atelier.optim;

import atelier.layer.Parameter;
import java.util.List;

/**
 * Every weight gets its own step length: the gradient divided by its typical size in the latest steps.
 *
 * <pre>{@code
 * s ← ρ·s + (1−ρ)·g²
 * θ ← θ − η · g / (√s + ε)                                             (U3)
 * }</pre>
 *
 * <p>s starts at 0, so that the very first step is η/√(1−ρ) long, about 3·η for ρ = 0.9.
 *
 * <p>Source: Tieleman and Hinton 2012, "Lecture 6.5: rmsprop", Coursera: Neural Networks for Machine Learning.
 */
public final class RmsProp implements Optimizer {

    private final List<Parameter> parameters;
    private final List<Parameter> s;
    private final Pieces pieces;
    private final double rho; // ρ
    private final float epsilon; // ε
    private double rate; // η
    private long steps;

    /** With ρ = 0.9, ε = 1e-8. */
    public RmsProp(List<Parameter> parameters, double learningRate) {
        this(parameters, learningRate, 0.9, 1e-8);
    }

    public RmsProp(List<Parameter> parameters, double learningRate, double rho, double epsilon) {
        this.parameters = List.copyOf(parameters);
        this.rate = Rates.learningRate("RmsProp", learningRate);
        this.rho = Rates.fraction("RmsProp", "ρ", rho);
        this.epsilon = (float) Rates.epsilon("RmsProp", epsilon);
        s = Pieces.zeros(parameters, "s");
        pieces = new Pieces(parameters, this::update);
    }

    @Override
    public void step() {
        steps++;
        pieces.run();
    }

    private void update(int parameter, int from, int to) {
        Parameter p = parameters.get(parameter);
        u3(p.value().data(), p.gradient().data(), s.get(parameter).value().data(), from, to);
    }

    private void u3(float[] theta, float[] g, float[] s, int from, int to) {
        float keep = (float) rho;
        float rest = (float) (1 - rho);
        float a = (float) rate;
        float e = epsilon;
        for (int i = from; i < to; i++) {
            s[i] = keep * s[i] + rest * g[i] * g[i];
            theta[i] -= a * g[i] / ((float) Math.sqrt(s[i]) + e);
        }
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The typical squared gradient s of every parameter. */
    @Override
    public List<Parameter> state() {
        return s;
    }

    @Override
    public String rule() {
        return "RMSProp, ρ " + rho + ", ε " + epsilon;
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
        this.rate = Rates.learningRate("RmsProp", rate);
    }
}
