package atelier.optim;

import atelier.layer.Parameter;
import java.util.List;

/**
 * Gradient descent: one step downhill, as long as the slope is steep.
 *
 * <pre>{@code
 * θ ← θ − η·g                                                          (U1)
 * }</pre>
 *
 * <p>"Stochastic" because g comes from one batch and not from all the data.
 *
 * <p>Source: Robbins and Monro 1951, "A Stochastic Approximation Method", doi:10.1214/aoms/1177729586.
 */
public final class Sgd implements Optimizer {

    private final List<Parameter> parameters;
    private final Pieces pieces;
    private double rate; // η
    private long steps;

    public Sgd(List<Parameter> parameters, double learningRate) {
        this.parameters = List.copyOf(parameters);
        this.rate = Rates.learningRate("Sgd", learningRate);
        pieces = new Pieces(parameters, this::update);
    }

    @Override
    public void step() {
        steps++;
        pieces.run();
    }

    private void update(int parameter, int from, int to) {
        Parameter p = parameters.get(parameter);
        u1(p.value().data(), p.gradient().data(), from, to, (float) rate);
    }

    private static void u1(float[] theta, float[] g, int from, int to, float rate) {
        for (int i = from; i < to; i++) {
            theta[i] -= rate * g[i];
        }
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Nothing: a step depends on the gradient alone. */
    @Override
    public List<Parameter> state() {
        return List.of();
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
        this.rate = Rates.learningRate("Sgd", rate);
    }
}
