package atelier.definition;

import java.util.function.DoubleUnaryOperator;

/**
 * An activation with both of its derivatives: a gradient of a gradient needs the second.
 *
 * @param value φ
 * @param slope φ′
 * @param curvature φ″; 0 everywhere for what is made of straight lines
 */
public record Bend(DoubleUnaryOperator value, DoubleUnaryOperator slope, DoubleUnaryOperator curvature) {

    /** The leaky ReLU (A2); its kink at 0 has no curvature that anyone meets. */
    public static Bend leakyRelu(double alpha) {
        return new Bend(y -> LeakyRelu.forward(y, alpha), y -> LeakyRelu.dX(1, y, alpha), y -> 0);
    }

    /** The hyperbolic tangent (A4): with t = tanh y, φ′ = 1 − t² and φ″ = −2t·(1 − t²). */
    public static Bend tanh() {
        return new Bend(
                Tanh::forward,
                y -> Tanh.dX(1, Tanh.forward(y)),
                y -> -2 * Tanh.forward(y) * Tanh.dX(1, Tanh.forward(y)));
    }
}
