package atelier.definition;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Is a gradient right? Move each number a little, look at what the function does, compare with what the backward pass says.
 *
 * <pre>{@code
 * ∂L/∂x[a] ≈ Σ_o dY[o] · (y[o](x[a] + h) − y[o](x[a] − h)) / 2h              h = 10⁻⁵             (N1)
 * }</pre>
 *
 * <pre>{@code
 * GradientCheck.of(x, v -> Convolution.forward(v, w, b, 1, 0, 1), dY -> Convolution.dX(dY, w, 5, 6, 1, 0, 1))
 * GradientCheck.of(w, v -> Convolution.forward(x, v, b, 1, 0, 1), dY -> Convolution.dW(dY, x, 3, 1, 0, 1))
 * GradientCheck.ofLoss(x, v -> SoftmaxCrossEntropy.loss(v, t), SoftmaxCrossEntropy.dX(x, t))
 * }</pre>
 *
 * <p>dY is random, and that matters: with dY = 1 everywhere a backward pass that confuses rows with columns goes unnoticed.
 * Keep away from kinks (ReLU at 0, ties in a maximum), where there is no derivative to find.
 *
 * <p>Walk-through: notebooks/03-convolution-backward. Source: Burden and Faires, "Numerical Analysis", three-point
 * midpoint formula.
 *
 * @param count how many numbers were moved
 * @param index where analytic and numeric differ most
 * @param analytic what the backward pass says there
 * @param numeric what moving the number says there
 * @param error |analytic − numeric| divided by the largest |numeric| of all, or by 0.01 where all are smaller, as rounding
 *     leaves no digits of a gradient that vanishes; below 1e-8 where the gradient is right
 */
public record GradientCheck(int count, List<Integer> index, double analytic, double numeric, double error) {

    private static final double H = 1e-5;
    private static final double SMALLEST = 0.01;
    private static final long SEED = 20260101;

    /**
     * Checks a backward pass with a random upstream gradient.
     *
     * @param x where to check; it is not changed
     * @param forward the function y(x)
     * @param backward takes dY, of the shape of y, to dX, of the shape of x
     */
    public static <X, Y> GradientCheck of(X x, Function<X, Y> forward, Function<Y, X> backward) {
        Y dY = RandomArrays.like(SEED, forward.apply(x));
        X numeric = Nested.copy(x);
        X moved = Nested.copy(x);
        List<double[]> slopes = Nested.rows(numeric);
        List<double[]> numbers = Nested.rows(moved);
        for (int r = 0; r < numbers.size(); r++) {
            double[] row = numbers.get(r);
            for (int i = 0; i < row.length; i++) {
                double here = row[i];
                row[i] = here + H;
                double[] right = Nested.flat(forward.apply(moved));
                row[i] = here - H;
                double[] left = Nested.flat(forward.apply(moved));
                row[i] = here;
                slopes.get(r)[i] = slope(left, right, Nested.flat(dY), (here + H) - (here - H));
            }
        }
        Difference worst = Difference.largest(numeric, backward.apply(dY));
        double largest =
                Arrays.stream(Nested.flat(numeric)).map(Math::abs).max().orElseThrow();
        double error = Math.abs(worst.actual() - worst.expected()) / Math.max(largest, SMALLEST);
        return new GradientCheck(Nested.flat(x).length, worst.index(), worst.actual(), worst.expected(), error);
    }

    /**
     * Checks the gradient of a function that gives one number.
     *
     * @param x where to check; it is not changed
     * @param loss the function L(x)
     * @param gradient dX, of the shape of x
     */
    public static <X> GradientCheck ofLoss(X x, ToDoubleFunction<X> loss, X gradient) {
        return of(x, v -> new double[] {loss.applyAsDouble(v)}, dL -> Nested.map(gradient, g -> dL[0] * g));
    }

    /** Whether the error is below 1e-8. */
    public boolean passes() {
        return error < 1e-8;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %d numbers, worst at %s: analytic %.10g, numeric %.10g, relative error %.1e",
                passes() ? "gradient is right" : "GRADIENT IS WRONG",
                count,
                index,
                analytic,
                numeric,
                error);
    }

    /** (N1), summed output by output: only what changed can lose digits. */
    private static double slope(double[] left, double[] right, double[] dY, double width) {
        double sum = 0;
        for (int o = 0; o < dY.length; o++) {
            sum += dY[o] * (right[o] - left[o]);
        }
        return sum / width;
    }
}
