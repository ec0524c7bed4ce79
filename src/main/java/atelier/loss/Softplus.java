package atelier.loss;

/** {@code ln(1 + eᵈ)}, written so that no exponential ever overflows, and its slope, the logistic σ(d). */
final class Softplus {

    private Softplus() {}

    static double of(double d) {
        return Math.max(d, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(d)));
    }

    static double slope(double d) {
        double e = StrictMath.exp(-Math.abs(d));
        return (d >= 0 ? 1 : e) / (1 + e);
    }
}
