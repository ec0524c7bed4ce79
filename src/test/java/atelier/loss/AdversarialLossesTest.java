package atelier.loss;

import static atelier.loss.PixelLossesTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Difference;
import atelier.definition.LabelSmoothing;
import atelier.layer.LayerLaws;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the two players pay, each of the losses on its own and its mean over a batch. */
class AdversarialLossesTest {

    private static final double LN3 = Math.log(3); // σ(ln 3) = ¾

    static Stream<AdversarialLoss> all() {
        return Stream.of(
                new NonSaturating(),
                new NonSaturating(0.1),
                new Minimax(),
                new LeastSquares(),
                new Wasserstein(),
                new Hinge());
    }

    // ---- worked by hand ----

    @Test
    void j2_matchesTheCaseWorkedByHand() {
        AdversarialLoss loss = new NonSaturating();
        assertArrayEquals(
                new double[] {-Math.log(0.75), -0.25, -Math.log(0.25), 0.75, -Math.log(0.75), -0.25},
                at(loss, LN3),
                1e-15);
    }

    @Test
    void j3_matchesTheCaseWorkedByHand() {
        assertArrayEquals(
                new double[] {-Math.log(0.75), -0.25, -Math.log(0.25), 0.75, Math.log(0.25), -0.75},
                at(new Minimax(), LN3),
                1e-15);
    }

    @Test
    void j4_matchesTheCaseWorkedByHand() {
        assertArrayEquals(new double[] {2, 2, 4.5, 3, 2, 2}, at(new LeastSquares(), 3));
        assertArrayEquals(new double[] {0.5, -1, 0, 0, 0.5, -1}, at(new LeastSquares(), 0));
    }

    @Test
    void j5_matchesTheCaseWorkedByHand() {
        assertArrayEquals(new double[] {-3, -1, 3, 1, -3, -1}, at(new Wasserstein(), 3));
    }

    @Test
    void j6_matchesTheCaseWorkedByHandOnBothSidesOfTheMarginAndAtItsKinks() {
        assertArrayEquals(new double[] {0, 0, 4, 1, -3, -1}, at(new Hinge(), 3));
        assertArrayEquals(new double[] {4, -1, 0, 0, 3, -1}, at(new Hinge(), -3));
        assertArrayEquals(new double[] {0.5, -1, 1.5, 1, -0.5, -1}, at(new Hinge(), 0.5));
        assertArrayEquals(new double[] {0, 0, 2, 1, -1, -1}, at(new Hinge(), 1));
        assertArrayEquals(new double[] {2, -1, 0, 0, 1, -1}, at(new Hinge(), -1));
    }

    @Test
    void j7_matchesTheCaseWorkedByHandAndChangesTheRealImagesOnly() {
        assertArrayEquals(
                new double[] {
                    -0.9 * Math.log(0.75) - 0.1 * Math.log(0.25),
                    0.75 - 0.9,
                    -Math.log(0.25),
                    0.75,
                    -Math.log(0.75),
                    -0.25
                },
                at(new NonSaturating(0.1), LN3),
                1e-15);
    }

    private static double[] at(AdversarialLoss loss, double d) {
        return new double[] {
            loss.real(d), loss.realSlope(d), loss.fake(d), loss.fakeSlope(d), loss.generator(d), loss.generatorSlope(d)
        };
    }

    // ---- equality with the definition ----

    /** A loss of this room beside the functions that define it. */
    private record Pair(
            AdversarialLoss loss,
            ToDoubleBiFunction<double[], double[]> discriminator,
            Function<double[], double[]> dReal,
            Function<double[], double[]> dFake,
            ToDoubleFunction<double[]> generator,
            Function<double[], double[]> dGenerator) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair(
                    new NonSaturating(),
                    atelier.definition.NonSaturating::discriminator,
                    atelier.definition.NonSaturating::dReal,
                    atelier.definition.NonSaturating::dFake,
                    atelier.definition.NonSaturating::generator,
                    atelier.definition.NonSaturating::dGenerator),
            new Pair(
                    new NonSaturating(0.2),
                    (real, fake) -> LabelSmoothing.discriminator(real, fake, 0.2),
                    real -> LabelSmoothing.dReal(real, 0.2),
                    atelier.definition.NonSaturating::dFake,
                    atelier.definition.NonSaturating::generator,
                    atelier.definition.NonSaturating::dGenerator),
            new Pair(
                    new Minimax(),
                    atelier.definition.Minimax::discriminator,
                    atelier.definition.Minimax::dReal,
                    atelier.definition.Minimax::dFake,
                    atelier.definition.Minimax::generator,
                    atelier.definition.Minimax::dGenerator),
            new Pair(
                    new LeastSquares(),
                    atelier.definition.LeastSquares::discriminator,
                    atelier.definition.LeastSquares::dReal,
                    atelier.definition.LeastSquares::dFake,
                    atelier.definition.LeastSquares::generator,
                    atelier.definition.LeastSquares::dGenerator),
            new Pair(
                    new Wasserstein(),
                    atelier.definition.Wasserstein::discriminator,
                    atelier.definition.Wasserstein::dReal,
                    atelier.definition.Wasserstein::dFake,
                    atelier.definition.Wasserstein::generator,
                    atelier.definition.Wasserstein::dGenerator),
            new Pair(
                    new Hinge(),
                    atelier.definition.Hinge::discriminator,
                    atelier.definition.Hinge::dReal,
                    atelier.definition.Hinge::dFake,
                    atelier.definition.Hinge::generator,
                    atelier.definition.Hinge::dGenerator));

    @Test
    void j2_j3_j4_j5_j6_j7_equalTheirDefinitionForOneBatchAfterTheOther() {
        for (Pair pair : PAIRS) {
            Verdict ofReal = Verdict.real(pair.loss);
            Verdict ofFake = Verdict.fake(pair.loss);
            Verdict ofGenerator = Verdict.generator(pair.loss);
            for (int n : new int[] {64, 7, 64, 1}) {
                Tensor real = LayerLaws.normal(n, n, 1);
                Tensor fake = LayerLaws.normal(n + 1, n + 2, 1); // the means are each over their own batch
                double[] d = doubles(real);
                double[] e = doubles(fake);
                double expected = pair.discriminator.applyAsDouble(d, e);
                assertEquals(expected, ofReal.forward(real) + ofFake.forward(fake), 1e-12, pair.loss.name());
                same(pair.dReal.apply(d), ofReal.backward());
                same(pair.dFake.apply(e), ofFake.backward());
                expected = pair.generator.applyAsDouble(e);
                assertEquals(expected, ofGenerator.forward(fake), 1e-12, pair.loss.name());
                same(pair.dGenerator.apply(e), ofGenerator.backward());
            }
        }
    }

    private static double[] doubles(Tensor d) {
        return atelier.definition.Nested.toDoubles(d.data());
    }

    private static void same(double[] expected, Tensor got) {
        assertTrue(got.hasShape(expected.length, 1));
        Difference worst = Difference.largest(expected, got.data());
        assertTrue(worst.relative() < 1e-6, worst::toString);
    }

    // ---- laws ----

    @ParameterizedTest
    @MethodSource("all")
    void everySlopeIsThatOfItsLoss(AdversarialLoss loss) {
        List<DoubleUnaryOperator> functions = List.of(loss::real, loss::fake, loss::generator);
        List<DoubleUnaryOperator> slopes = List.of(loss::realSlope, loss::fakeSlope, loss::generatorSlope);
        double h = 1e-5;
        for (int i = 0; i < functions.size(); i++) {
            for (double d = -4.9; d < 5; d += 0.4) { // never at ±1, the kinks of the hinge
                DoubleUnaryOperator f = functions.get(i);
                double numeric = (f.applyAsDouble(d + h) - f.applyAsDouble(d - h)) / (2 * h);
                assertEquals(numeric, slopes.get(i).applyAsDouble(d), 1e-8, loss + " " + i + " at " + d);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aLogitOf0TellsTheDiscriminatorToPraiseTheRealAndDoubtTheFakeAndNobodySaysTheContrary(AdversarialLoss loss) {
        assertTrue(loss.realSlope(0) < 0);
        assertTrue(loss.fakeSlope(0.25) > 0);
        assertTrue(loss.generatorSlope(0) < 0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aJudgeThatIsAbsolutelySureMakesNoNumberInfinite(AdversarialLoss loss) {
        for (double d : new double[] {-1e4, 1e4, -Float.MIN_VALUE, 0}) {
            for (double number : at(loss, d)) {
                assertTrue(Double.isFinite(number), loss + " at " + d);
            }
        }
        Verdict verdict = Verdict.generator(loss);
        assertTrue(Double.isFinite(verdict.forward(Tensor.of(new float[] {-1e4f, 1e4f}, 2, 1))));
        assertTrue(Float.isFinite(verdict.backward().at(0, 0))
                && Float.isFinite(verdict.backward().at(1, 0)));
    }

    @Test
    void j2_j3_whereTheJudgeIsSureOnlyOneGeneratorIsToldAnything() {
        assertEquals(-1, new NonSaturating().generatorSlope(-1e4));
        assertEquals(0, new Minimax().generatorSlope(-1e4), 1e-300);
        for (double d = -30; d <= 30; d++) {
            assertEquals(-1, new NonSaturating().generatorSlope(d) + new Minimax().generatorSlope(d), 1e-15);
        }
    }

    @Test
    void j2_j3_areTheSameForTheDiscriminator() {
        for (double d = -5; d <= 5; d += 0.5) {
            assertEquals(new NonSaturating().real(d), new Minimax().real(d), 1e-15);
            assertEquals(new NonSaturating().fake(d), new Minimax().fake(d), 1e-15);
            assertEquals(-new Minimax().fake(d), new Minimax().generator(d), 1e-15); // what one wins the other loses
        }
    }

    @Test
    void j7_isSmallestWhereTheJudgeSaysOneMinusS() {
        assertEquals(0, new NonSaturating(0.1).realSlope(Math.log(9)), 1e-15);
        assertTrue(new NonSaturating(0.1).realSlope(5) > 0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aLogitThatIsNoNumberMakesNoNumberSoThatTrainingStops(AdversarialLoss loss) {
        for (Verdict verdict : List.of(Verdict.real(loss), Verdict.fake(loss), Verdict.generator(loss))) {
            assertTrue(Double.isNaN(verdict.forward(Tensor.of(new float[] {0, Float.NaN}, 2, 1))));
        }
    }

    @Test
    void noTwoHaveTheSameName() {
        List<String> names = new ArrayList<>(all().map(AdversarialLoss::name).toList());
        assertEquals(names.size(), names.stream().distinct().count(), names::toString);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 0.5, 1, Double.NaN})
    void smoothingIsSmall(double smoothing) {
        assertSays(
                "NonSaturating: expected a smoothing of 0 or more and below 0.5 but got " + smoothing
                        + ". 0.1 is usual, 0 is none.",
                IllegalArgumentException.class,
                () -> new NonSaturating(smoothing));
    }
}
