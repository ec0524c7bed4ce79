package atelier.optim;

import atelier.layer.Parameter;
import java.util.List;

/**
 * A heavy ball rolling downhill: it gathers speed where gradients agree and averages them where they do not.
 *
 * <pre>{@code
 * s ← α·s + g
 * θ ← θ − η·s                                                          (U2)
 * }</pre>
 *
 * <p>Where the gradient stays the same the speed grows to g/(1−α): with α = 0.9, ten times the step of {@link Sgd}.
 *
 * <p>Source: Polyak 1964, "Some methods of speeding up the convergence of iteration methods",
 * doi:10.1016/0041-5553(64)90137-5.
 */
public final class Momentum implements Optimizer {

    private final List<Parameter> parameters;
    private final List<Parameter> s;
    private final Pieces pieces;
    private final float alpha; // α
    private double rate; // η
    private long steps;

    /** With α = 0.9. */
    public Momentum(List<Parameter> parameters, double learningRate) {
        this(parameters, learningRate, 0.9);
    }

    public Momentum(List<Parameter> parameters, double learningRate, double alpha) {
        this.parameters = List.copyOf(parameters);
        this.rate = Rates.learningRate("Momentum", learningRate);
        this.alpha = (float) Rates.fraction("Momentum", "α", alpha);
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
        float[] speed = s.get(parameter).value().data();
        u2(p.value().data(), p.gradient().data(), speed, from, to, alpha, (float) rate);
    }

    private static void u2(float[] theta, float[] g, float[] s, int from, int to, float alpha, float rate) {
        for (int i = from; i < to; i++) {
            s[i] = alpha * s[i] + g[i];
            theta[i] -= rate * s[i];
        }
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The speed s of every parameter. */
    @Override
    public List<Parameter> state() {
        return s;
    }

    @Override
    public String rule() {
        return "Momentum, α " + alpha;
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
        this.rate = Rates.learningRate("Momentum", rate);
    }
}
