package atelier.definition;

import java.util.function.DoubleUnaryOperator;

/** What all adversarial losses share: a mean over the logits d of a batch, and its gradient. */
final class Judgements {

    private Judgements() {}

    /** (1/N) Σ_n f(d[n]). */
    static double mean(double[] d, DoubleUnaryOperator f) {
        Nested.sizes(d); // at least one
        double sum = 0;
        for (double logit : d) {
            sum += f.applyAsDouble(logit);
        }
        return sum / d.length;
    }

    /** f′(d[n]) / N. */
    static double[] slopes(double[] d, DoubleUnaryOperator slope) {
        return Nested.map(d, logit -> slope.applyAsDouble(logit) / d.length);
    }
}
