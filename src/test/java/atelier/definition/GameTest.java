package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GameTest {

    private static final Game PRODUCT = Game.bilinear();

    /** The players' slopes differ in kind, so that a confused one is seen. */
    private static final Game UNEVEN =
            new Game((x, y) -> x * x * y - y * y, (x, y) -> 2 * x * y, (x, y) -> x * x - 2 * y);

    // ---- worked by hand ----

    @Test
    void h1_matchesTheStepsWorkedByHand() {
        assertArrayEquals(new double[] {0.5, 2.75}, PRODUCT.simultaneous(1.5, 2, 0.5));
        assertArrayEquals(new double[] {0, 1.25}, UNEVEN.simultaneous(1, 2, 0.25)); // slopes 4 and −3
    }

    @Test
    void h2_matchesTheStepsWorkedByHand() {
        assertArrayEquals(new double[] {0.5, 2.25}, PRODUCT.alternating(1.5, 2, 0.5));
        assertArrayEquals(new double[] {0, 1}, UNEVEN.alternating(1, 2, 0.25)); // at 0 and 2 the slope is −4
    }

    @Test
    void h3_matchesTheStepsWorkedByHand() {
        assertArrayEquals(new double[] {0.125, 2.25}, PRODUCT.extragradient(1.5, 2, 0.5)); // from 0.5 and 2.75
        assertArrayEquals(
                new double[] {1, 1.375}, UNEVEN.extragradient(1, 2, 0.25)); // at 0 and 1.25: slopes 0 and −2.5
    }

    // ---- what becomes of x·y ----

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.5, 1, 3})
    void h1_everyStepLeavesTheCircleOutwards(double eta) {
        double[][] path = PRODUCT.path(PRODUCT::simultaneous, 0.6, -0.8, eta, 50);
        for (int t = 1; t <= 50; t++) {
            double factor = radius(path, t) / radius(path, t - 1);
            assertEquals(Math.sqrt(1 + eta * eta), factor, 1e-13);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.5, 1, 1.9})
    void h2_theOrbitStaysOnItsEllipse(double eta) {
        double[][] path = PRODUCT.path(PRODUCT::alternating, 0.6, -0.8, eta, 2000);
        double first = invariant(path, 0, eta);
        double farthest = Math.sqrt(first / (1 - eta / 2)); // the long half-axis
        for (int t = 1; t <= 2000; t++) {
            assertEquals(first, invariant(path, t, eta), 1e-10 * first);
            assertTrue(radius(path, t) <= farthest * (1 + 1e-10), radius(path, t) + " at step " + t);
        }
    }

    @Test
    void h2_atTheLearningRate2TheEllipseBreaks() {
        double[][] path = PRODUCT.path(PRODUCT::alternating, 0.6, -0.8, 2.1, 200);
        assertTrue(radius(path, 200) > 1e6, "radius " + radius(path, 200));
    }

    @Test
    void h2_keepsEveryArea() {
        double[] right = PRODUCT.alternating(1, 0, 0.7);
        double[] up = PRODUCT.alternating(0, 1, 0.7);
        assertEquals(
                1, right[0] * up[1] - right[1] * up[0], 1e-15); // the parallelogram of what became of a unit square
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.5, 0.7071067811865476, 0.99})
    void h3_everyStepShrinksTheOrbit(double eta) {
        double[][] path = PRODUCT.path(PRODUCT::extragradient, 0.6, -0.8, eta, 50);
        double shrinks = Math.sqrt(1 - eta * eta + Math.pow(eta, 4));
        assertTrue(shrinks < 1);
        for (int t = 1; t <= 50; t++) {
            assertEquals(shrinks, radius(path, t) / radius(path, t - 1), 1e-13);
        }
    }

    @Test
    void h3_isFastestAtTheRootOfAHalf() {
        double best = shrinkage(Math.sqrt(0.5));
        assertEquals(Math.sqrt(0.75), best, 1e-15);
        assertTrue(shrinkage(0.65) > best && shrinkage(0.76) > best);
        assertEquals(1, shrinkage(1), 1e-15);
    }

    private static double shrinkage(double eta) {
        return radius(PRODUCT.path(PRODUCT::extragradient, 1, 0, eta, 1), 1);
    }

    // ---- the smallest GAN ----

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 2", "-3, 0.5", "0.7, -20"})
    void h9_matchesFiniteDifferences(double x, double y) {
        Game game = Game.dirac();
        double[] slopes = {game.dX().applyAsDouble(x, y), game.dY().applyAsDouble(x, y)};
        assertRight(GradientCheck.ofLoss(new double[] {x, y}, v -> game.value().applyAsDouble(v[0], v[1]), slopes));
    }

    @Test
    void h9_isTheValueOfAGanWhoseDataLieAtZero() {
        double logit = 0.3 * -2;
        double expected = Math.log(0.5) + Math.log(1 - 1 / (1 + Math.exp(-logit)));
        assertEquals(expected, Game.dirac().value().applyAsDouble(0.3, -2), 1e-15);
        assertEquals(-Math.log(4), Game.dirac().value().applyAsDouble(0, 0), 1e-15);
    }

    @Test
    void h9_movesAcrossTheRadiusSoThatASimultaneousStepAlwaysLeads() {
        Game game = Game.dirac();
        double[][] path = game.path(game::simultaneous, 0.6, -0.8, 0.5, 100);
        for (int t = 1; t <= 100; t++) {
            double slope = 0.5 * Sigmoid.forward(path[0][t - 1] * path[1][t - 1]);
            assertEquals(Math.sqrt(1 + slope * slope), radius(path, t) / radius(path, t - 1), 1e-13);
        }
    }

    @Test
    void h9_onlyExtragradientArrives() {
        Game game = Game.dirac();
        assertTrue(radius(game.path(game::simultaneous, 1, 0, 0.5, 300), 300) > 2);
        assertEquals(1, radius(game.path(game::alternating, 1, 0, 0.5, 300), 300), 0.2);
        assertTrue(radius(game.path(game::extragradient, 1, 0, 0.5, 300), 300) < 1e-3);
    }

    // ---- paths ----

    @Test
    void aPathBeginsAtItsStart() {
        double[][] path = PRODUCT.path(PRODUCT::simultaneous, 3, 4, 0.1, 2);
        assertEquals(3, path[0].length);
        assertEquals(3, path[0][0]);
        assertEquals(4, path[1][0]);
        assertArrayEquals(new double[][] {{3}, {4}}, PRODUCT.path(PRODUCT::simultaneous, 3, 4, 0.1, 0));
        assertSays(
                "Game.path: expected at least 0 steps but got -1. Give 0 for the start alone.",
                () -> PRODUCT.path(PRODUCT::simultaneous, 3, 4, 0.1, -1));
    }

    private static double invariant(double[][] path, int t, double eta) {
        double x = path[0][t];
        double y = path[1][t];
        return x * x + y * y - eta * x * y;
    }

    private static double radius(double[][] path, int t) {
        return Math.hypot(path[0][t], path[1][t]);
    }
}
