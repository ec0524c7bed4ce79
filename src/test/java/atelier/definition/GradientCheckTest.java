package atelier.definition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradientCheckTest {

    private static final double[][] X = RandomArrays.matrix(1, 3, 4);

    @Test
    void n1_findsARightGradientRight() {
        GradientCheck check = GradientCheck.of(
                X, v -> Nested.map(v, e -> e * e * e), dY -> Nested.map(dY, X, (d, e) -> 3 * e * e * d));
        assertTrue(check.passes(), check::toString);
        assertEquals(12, check.count());
        assertTrue(check.toString().startsWith("gradient is right: 12 numbers, worst at ["), check::toString);
    }

    @Test
    void n1_findsTheNumberWhoseGradientIsWrong() {
        GradientCheck check = GradientCheck.of(X, v -> Nested.map(v, e -> 2 * e), dY -> {
            double[][] dX = Nested.map(dY, d -> 2 * d);
            dX[1][3] = 0;
            return dX;
        });
        assertFalse(check.passes());
        assertEquals(List.of(1, 3), check.index());
        assertEquals(0, check.analytic());
        assertTrue(Math.abs(check.numeric()) > 0.01, check::toString);
        assertTrue(check.toString().startsWith("GRADIENT IS WRONG: 12 numbers, worst at [1, 3]"), check::toString);
    }

    @Test
    void n1_findsASwapThatAllOnesWouldHide() {
        double[][][][] x = RandomArrays.images(2, 1, 1, 5, 5);
        double[][][][] w = RandomArrays.images(3, 1, 1, 3, 3);
        GradientCheck check = GradientCheck.of(w, v -> Convolution.forward(x, v, new double[1], 1, 0, 1), dY -> {
            double[][] d = dY[0][0];
            double[][] swapped = {{d[0][0], d[1][0], d[2][0]}, {d[0][1], d[1][1], d[2][1]}, {d[0][2], d[1][2], d[2][2]}
            };
            return Convolution.dW(new double[][][][] {{swapped}}, x, 3, 1, 0, 1);
        });
        assertFalse(check.passes());
    }

    @Test
    void n1_doesNotTakeNotANumberForRight() {
        GradientCheck check =
                GradientCheck.of(X, v -> Nested.map(v, e -> 2 * e), dY -> Nested.map(dY, d -> Double.NaN));
        assertFalse(check.passes());
    }

    @Test
    void n1_checksALossWithoutUpstream() {
        GradientCheck check = GradientCheck.ofLoss(X, v -> 0.5 * ConvolutionTest.dot(v, v), X);
        assertTrue(check.passes(), check::toString);
        GradientCheck wrong = GradientCheck.ofLoss(X, v -> ConvolutionTest.dot(v, v), X);
        assertEquals(0.5, wrong.error(), 1e-8);
    }

    @Test
    void n1_movesOneNumberAtATime() {
        double[] x = {1, 2, 3};
        double[] gradient = {6, 3, 2};
        GradientCheck check = GradientCheck.ofLoss(x, v -> v[0] * v[1] * v[2], gradient);
        assertTrue(check.passes(), check::toString);
    }

    @Test
    void n1_takesAGradientThatVanishesForRight() {
        double[] shift = {0.5};
        GradientCheck check = GradientCheck.of(
                shift, b -> SoftmaxCrossEntropy.softmax(Nested.map(X, v -> v + b[0])), dY -> new double[1]);
        assertTrue(check.passes(), check::toString);
    }

    @Test
    void n1_seesThatASmallGradientIsMissing() {
        GradientCheck check = GradientCheck.of(X, v -> Nested.map(v, e -> 1e-6 * e), dY -> new double[3][4]);
        assertFalse(check.passes());
    }

    @Test
    void leavesXAsItWas() {
        double[][] before = Nested.copy(X);
        GradientCheck.of(X, v -> Nested.map(v, Math::exp), dY -> Nested.map(dY, X, (d, e) -> d * Math.exp(e)));
        assertArrayEquals(before, X);
    }

    @Test
    void refusesAGradientOfAnotherShape() {
        assertThrows(
                IllegalArgumentException.class,
                () -> GradientCheck.of(X, v -> Nested.map(v, e -> 2 * e), dY -> new double[4][3]));
    }
}
