package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class AdversarialLossesTest {

    private static final double LN3 = Math.log(3);
    private static final double[] REAL = {LN3, 0}; // σ = ¾ and ½
    private static final double[] FAKE = {-LN3, 0, LN3}; // σ = ¼, ½ and ¾

    // ---- worked by hand ----

    @Test
    void j1_matchesTheCaseWorkedByHand() {
        double real = (Math.log(3 / 4.0) + Math.log(1 / 2.0)) / 2;
        double fake = (Math.log(3 / 4.0) + Math.log(1 / 2.0) + Math.log(1 / 4.0)) / 3;
        assertEquals(real + fake, ValueFunction.value(REAL, FAKE), 1e-15);
    }

    @Test
    void j2_matchesTheCaseWorkedByHand() {
        assertEquals(-Math.log(3 / 8.0) / 2 - Math.log(3 / 32.0) / 3, NonSaturating.discriminator(REAL, FAKE), 1e-15);
        assertEquals(-Math.log(3 / 32.0) / 3, NonSaturating.generator(FAKE), 1e-15);
        assertArrayEquals(new double[] {-1 / 8.0, -1 / 4.0}, NonSaturating.dReal(REAL), 1e-15);
        assertArrayEquals(new double[] {1 / 12.0, 2 / 12.0, 3 / 12.0}, NonSaturating.dFake(FAKE), 1e-15);
        assertArrayEquals(new double[] {-3 / 12.0, -2 / 12.0, -1 / 12.0}, NonSaturating.dGenerator(FAKE), 1e-15);
    }

    @Test
    void j3_matchesTheCaseWorkedByHand() {
        assertEquals(NonSaturating.discriminator(REAL, FAKE), Minimax.discriminator(REAL, FAKE), 1e-15);
        assertEquals(Math.log(3 / 32.0) / 3, Minimax.generator(FAKE), 1e-15);
        assertArrayEquals(new double[] {-1 / 12.0, -2 / 12.0, -3 / 12.0}, Minimax.dGenerator(FAKE), 1e-15);
    }

    @Test
    void j4_matchesTheCaseWorkedByHand() {
        double[] real = {1, 3};
        double[] fake = {0, 2};
        assertEquals(0.5 * 4 / 2 + 0.5 * 4 / 2, LeastSquares.discriminator(real, fake));
        assertEquals(0.5 * (1 + 1) / 2, LeastSquares.generator(fake));
        assertArrayEquals(new double[] {0, 1}, LeastSquares.dReal(real));
        assertArrayEquals(new double[] {0, 1}, LeastSquares.dFake(fake));
        assertArrayEquals(new double[] {-0.5, 0.5}, LeastSquares.dGenerator(fake));
    }

    @Test
    void j5_matchesTheCaseWorkedByHand() {
        double[] real = {5, 3};
        double[] fake = {1, 0, -4, 1};
        assertEquals(-0.5 - 4, Wasserstein.discriminator(real, fake));
        assertEquals(0.5, Wasserstein.generator(fake));
        assertArrayEquals(new double[] {-0.5, -0.5}, Wasserstein.dReal(real));
        assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.25}, Wasserstein.dFake(fake));
        assertArrayEquals(new double[] {-0.25, -0.25, -0.25, -0.25}, Wasserstein.dGenerator(fake));
    }

    @Test
    void j6_matchesTheCaseWorkedByHand() {
        double[] real = {-1, 0.5, 1, 4};
        double[] fake = {-3, -1, 0, 2};
        assertEquals((2 + 0.5) / 4 + (1 + 3) / 4.0, Hinge.discriminator(real, fake));
        assertEquals(0.5, Hinge.generator(fake));
        assertArrayEquals(new double[] {-0.25, -0.25, 0, 0}, Hinge.dReal(real));
        assertArrayEquals(new double[] {0, 0, 0.25, 0.25}, Hinge.dFake(fake));
        assertArrayEquals(new double[] {-0.25, -0.25, -0.25, -0.25}, Hinge.dGenerator(fake));
    }

    @Test
    void j7_matchesTheCaseWorkedByHand() {
        double real = -(0.9 * Math.log(3 / 4.0) + 0.1 * Math.log(1 / 4.0) + Math.log(1 / 2.0)) / 2;
        assertEquals(real - Math.log(3 / 32.0) / 3, LabelSmoothing.discriminator(REAL, FAKE, 0.1), 1e-15);
        assertArrayEquals(new double[] {-0.15 / 2, -0.4 / 2}, LabelSmoothing.dReal(REAL, 0.1), 1e-15);
    }

    // ---- gradients ----

    @Test
    void j2_j3_j4_j5_j6_matchFiniteDifferences() {
        check(NonSaturating::discriminator, NonSaturating::dReal, NonSaturating::dFake);
        check(NonSaturating::generator, NonSaturating::dGenerator);
        check(Minimax::discriminator, Minimax::dReal, Minimax::dFake);
        check(Minimax::generator, Minimax::dGenerator);
        check(LeastSquares::discriminator, LeastSquares::dReal, LeastSquares::dFake);
        check(LeastSquares::generator, LeastSquares::dGenerator);
        check(Wasserstein::discriminator, Wasserstein::dReal, Wasserstein::dFake);
        check(Wasserstein::generator, Wasserstein::dGenerator);
        check(Hinge::discriminator, Hinge::dReal, Hinge::dFake);
        check(Hinge::generator, Hinge::dGenerator);
    }

    @Test
    void j7_matchesFiniteDifferences() {
        check(
                (d, e) -> LabelSmoothing.discriminator(d, e, 0.2),
                d -> LabelSmoothing.dReal(d, 0.2),
                NonSaturating::dFake);
    }

    /** A discriminator's two gradients; nine logits from −3 to 3, none near a kink. */
    private static void check(
            ToDoubleBiFunction<double[], double[]> loss,
            Function<double[], double[]> dReal,
            Function<double[], double[]> dFake) {
        double[] real = logits(9);
        double[] fake = logits(7);
        assertRight(GradientCheck.ofLoss(real, d -> loss.applyAsDouble(d, fake), dReal.apply(real)));
        assertRight(GradientCheck.ofLoss(fake, d -> loss.applyAsDouble(real, d), dFake.apply(fake)));
    }

    private static void check(ToDoubleFunction<double[]> loss, Function<double[], double[]> slope) {
        double[] fake = logits(8);
        assertRight(GradientCheck.ofLoss(fake, loss, slope.apply(fake)));
    }

    private static double[] logits(int count) {
        return Nested.map(RandomArrays.vector(count, count), d -> 3 * d);
    }

    // ---- laws ----

    @Test
    void j1_isTheNegativeOfTheDiscriminatorsLossAndNeverAbove0() {
        double[] real = logits(9);
        double[] fake = logits(7);
        assertEquals(-NonSaturating.discriminator(real, fake), ValueFunction.value(real, fake), 1e-15);
        assertTrue(ValueFunction.value(new double[] {100}, new double[] {-100}) <= 0);
        assertEquals(-2 * Math.log(2), ValueFunction.value(new double[3], new double[2]), 1e-15);
    }

    @Test
    void j2_j3_pullInTheSameDirectionButOnlyOneOfThemWhereTheJudgeIsSure() {
        for (double d = -30; d <= 30; d++) {
            double saturating = Minimax.dGenerator(new double[] {d})[0];
            double other = NonSaturating.dGenerator(new double[] {d})[0];
            assertTrue(saturating < 0 && other < 0);
            assertEquals(-1, saturating + other, 1e-15); // σ(d) + σ(−d) = 1
        }
        assertEquals(0, Minimax.dGenerator(new double[] {-30})[0], 1e-12);
        assertEquals(-1, NonSaturating.dGenerator(new double[] {-30})[0], 1e-12);
    }

    @Test
    void j4_j5_j6_knowNothingAtTheirOwnValues() {
        assertEquals(0.25, LeastSquares.discriminator(new double[] {0.5}, new double[] {0.5}));
        assertEquals(0, Wasserstein.discriminator(new double[] {7, 7}, new double[] {7}));
        assertEquals(2, Hinge.discriminator(new double[2], new double[3]));
    }

    @Test
    void j5_doesNotChangeWhenTheCriticAddsTheSameNumberToAll() {
        double[] real = logits(9);
        double[] fake = logits(7);
        double shifted = Wasserstein.discriminator(Nested.map(real, d -> d + 5), Nested.map(fake, d -> d + 5));
        assertEquals(Wasserstein.discriminator(real, fake), shifted, 1e-14);
    }

    @Test
    void j7_isJ2WithoutSmoothingAndIsSmallestWhereTheJudgeSaysOneMinusS() {
        double[] real = logits(9);
        double[] fake = logits(7);
        assertEquals(NonSaturating.discriminator(real, fake), LabelSmoothing.discriminator(real, fake, 0), 1e-15);
        assertArrayEquals(NonSaturating.dReal(real), LabelSmoothing.dReal(real, 0), 1e-15);
        assertEquals(0, LabelSmoothing.dReal(new double[] {Math.log(9)}, 0.1)[0], 1e-15);
    }

    @Test
    void everyLossStaysFiniteForAJudgeThatIsAbsolutelySure() {
        double[] far = {-1e4, 1e4};
        assertEquals(-1e4, ValueFunction.value(far, far), 1e-11);
        assertEquals(1e4 / 2, NonSaturating.generator(far), 1e-11);
        assertEquals(-1e4 / 2, Minimax.generator(far), 1e-11);
        assertArrayEquals(new double[] {-0.5, 0}, NonSaturating.dReal(far), 1e-300);
        assertArrayEquals(new double[] {0, 0.5}, NonSaturating.dFake(far), 1e-300);
        assertArrayEquals(new double[] {0, -0.5}, Minimax.dGenerator(far), 1e-300);
        assertEquals(0.9 * 1e4 / 2 + 0.1 * 1e4 / 2 + 1e4 / 2, LabelSmoothing.discriminator(far, far, 0.1), 1e-11);
    }

    @Test
    void softplusIsTheLogarithmOfTheSigmoidAndItsSlopeTheSigmoid() {
        for (double x = -20; x <= 20; x += 0.5) {
            assertEquals(-Math.log(Sigmoid.forward(-x)), Softplus.forward(x), 1e-8);
        }
        double[] x = logits(9);
        assertRight(GradientCheck.of(x, v -> Nested.map(v, Softplus::forward), dY -> Nested.map(dY, x, Softplus::dX)));
        assertEquals(1e4, Softplus.forward(1e4));
        assertEquals(0, Softplus.forward(-1e4));
    }

    @Test
    void aMeanOverNoImageIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> NonSaturating.generator(new double[0]));
        assertThrows(IllegalArgumentException.class, () -> Hinge.discriminator(new double[1], new double[0]));
    }
}
