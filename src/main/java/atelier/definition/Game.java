package atelier.definition;

import java.util.function.DoubleBinaryOperator;

/**
 * A game of two players with one number each: x moves to make the value small, y moves to make it large.
 *
 * <p>There is no valley to roll into. Each player's step is a good one for a rival who stands still, and the rival does
 * not stand still; so it matters in which order they move.
 *
 * <pre>{@code
 * Game game = Game.bilinear();
 * double[][] way = game.path(game::alternating, 1, 0, 0.2, 100);     // the x in way[0], the y in way[1]
 * }</pre>
 *
 * <p>Walk-through: notebooks/12-gan-mathematics.
 *
 * @param value f(x, y)
 * @param dX ∂f/∂x
 * @param dY ∂f/∂y
 */
public record Game(DoubleBinaryOperator value, DoubleBinaryOperator dX, DoubleBinaryOperator dY) {

    /** A way to move: from x and y, with the learning rate η, to {x′, y′}. */
    @FunctionalInterface
    public interface Rule {

        double[] step(double x, double y, double learningRate);
    }

    /** f(x, y) = x·y, the smallest game: whoever is at 0 makes the other's number worthless. */
    public static Game bilinear() {
        return new Game((x, y) -> x * y, (x, y) -> y, (x, y) -> x);
    }

    /**
     * The smallest GAN: all data lie at 0, the generator makes only x, and the discriminator's logit is d(·) = y·(·).
     *
     * <pre>{@code
     * f(x,y) = ln σ(y·0) + ln(1 − σ(y·x)) = −ln 2 − ln(1 + exp(y·x))
     * ∂f/∂x  = −y · σ(y·x),     ∂f/∂y = −x · σ(y·x)                                               (H9)
     * }</pre>
     *
     * <p>Near its equilibrium (0, 0) it is the bilinear game −½ x·y: the same orbits, the other way round.
     *
     * <p>Source: Mescheder, Geiger and Nowozin 2018, arXiv:1801.04406, section 2 (the Dirac-GAN).
     */
    public static Game dirac() {
        return new Game(
                (x, y) -> -Math.log(2) - Softplus.forward(y * x),
                (x, y) -> -y * Sigmoid.forward(y * x),
                (x, y) -> -x * Sigmoid.forward(y * x));
    }

    /**
     * Both look at the same position and move at once.
     *
     * <pre>{@code
     * x′ = x − η · ∂f/∂x(x, y)
     * y′ = y + η · ∂f/∂y(x, y)                                                                    (H1)
     * }</pre>
     *
     * <p>For f = x·y each step is a little outwards: x′² + y′² = (1 + η²)·(x² + y²). No learning rate is small enough.
     */
    public double[] simultaneous(double x, double y, double learningRate) {
        return new double[] {x - learningRate * dX.applyAsDouble(x, y), y + learningRate * dY.applyAsDouble(x, y)};
    }

    /**
     * First x moves, then y looks at where x is now. This is how GANs are trained.
     *
     * <pre>{@code
     * x′ = x − η · ∂f/∂x(x, y)
     * y′ = y + η · ∂f/∂y(x′, y)                                                                   (H2)
     * }</pre>
     *
     * <p>For f = x·y the number x² + y² − η·x·y never changes. With η < 2 that is an ellipse: the players neither flee nor
     * arrive, they go round for ever.
     */
    public double[] alternating(double x, double y, double learningRate) {
        double moved = x - learningRate * dX.applyAsDouble(x, y);
        return new double[] {moved, y + learningRate * dY.applyAsDouble(moved, y)};
    }

    /**
     * Both take a step on trial, look at the slopes there, go back, and move by those.
     *
     * <pre>{@code
     * x̃  = x − η · ∂f/∂x(x, y),     ỹ  = y + η · ∂f/∂y(x, y)
     * x′ = x − η · ∂f/∂x(x̃, ỹ),     y′ = y + η · ∂f/∂y(x̃, ỹ)                                      (H3)
     * }</pre>
     *
     * <p>For f = x·y: x′² + y′² = (1 − η² + η⁴)·(x² + y²). With η < 1 the orbit shrinks, fastest at η = √½.
     *
     * <p>Source: Korpelevich 1976, "The extragradient method for finding saddle points and other problems", Matecon 12;
     * for GANs: Gidel, Berard, Vignoud, Vincent and Lacoste-Julien 2019, arXiv:1802.10551.
     */
    public double[] extragradient(double x, double y, double learningRate) {
        double[] trial = simultaneous(x, y, learningRate);
        return new double[] {
            x - learningRate * dX.applyAsDouble(trial[0], trial[1]),
            y + learningRate * dY.applyAsDouble(trial[0], trial[1])
        };
    }

    /**
     * Where the players come by, the start included.
     *
     * @return the x of all positions, and their y: two rows of steps + 1 numbers
     */
    public double[][] path(Rule rule, double x, double y, double learningRate, int steps) {
        if (steps < 0) {
            throw new IllegalArgumentException(
                    "Game.path: expected at least 0 steps but got " + steps + ". Give 0 for the start alone.");
        }
        double[][] path = new double[2][steps + 1];
        double[] at = {x, y};
        for (int t = 0; t <= steps; t++) {
            path[0][t] = at[0];
            path[1][t] = at[1];
            at = rule.step(at[0], at[1], learningRate);
        }
        return path;
    }
}
