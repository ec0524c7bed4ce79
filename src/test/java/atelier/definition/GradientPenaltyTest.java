package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientPenaltyTest {

    private static final double[][] G = {{3, -4}, {0, 0.6}};

    // ---- worked by hand ----

    @Test
    void w1_matchesTheCaseWorkedByHand() {
        double[][] mixed = GradientPenalty.mix(
                new double[][] {{8, 0}, {8, 0}}, new double[][] {{0, 4}, {0, 4}}, new double[] {0.25, 1});
        assertArrayEquals(new double[][] {{2, 3}, {8, 0}}, mixed);
    }

    @Test
    void w2_matchesTheCaseWorkedByHand() {
        assertEquals(10 * (16 + 0.16) / 2, GradientPenalty.penalty(G, 10), 1e-13);
    }

    @Test
    void w3_matchesTheCaseWorkedByHand() {
        double[][] v = GradientPenalty.dG(G, 10);
        assertArrayEquals(new double[] {10 * 4 * 0.6, 10 * 4 * -0.8}, v[0], 1e-14); // the slope 5 is to shrink
        assertArrayEquals(new double[] {0, 10 * -0.4}, v[1], 1e-14); // the slope 0.6 is to grow
    }

    @Test
    void w4_matchesTheCaseWorkedByHandForOneLayer() {
        DenseCritic critic = new DenseCritic(
                List.<double[][]>of(new double[][] {{3}, {4}}), List.of(new double[] {7}), Bend.leakyRelu(0.2));
        DenseCritic.Gradient gradient = critic.gradient(new double[][] {{1, 2}, {-1, 5}, {0, 1}}, 10);
        // the slope is W itself, 5 long, everywhere: P = 10·(‖W‖ − 1)²
        assertArrayEquals(
                new double[] {2 * 10 * 4 * 0.6, 2 * 10 * 4 * 0.8},
                Nested.flat(gradient.dW().get(0)),
                1e-12);
        assertArrayEquals(new double[] {0}, gradient.db().get(0));
    }

    @Test
    void w4_matchesTheCaseWorkedByHandForTwoLayersOfOneUnit() {
        double a = 0.7;
        double b = -0.2;
        double c = 3;
        double x = 0.9;
        DenseCritic critic = new DenseCritic(
                List.of(new double[][] {{a}}, new double[][] {{c}}),
                List.of(new double[] {b}, new double[] {5}),
                Bend.tanh());
        double t = Math.tanh(a * x + b);
        double slope = c * (1 - t * t) * a; // D = c·tanh(a·x + b) + 5
        double bent = c * a * -2 * t * (1 - t * t); // ∂slope/∂(a·x + b)
        double outer = 2 * 10 * (slope - 1);
        assertEquals(slope, critic.slope(new double[][] {{x}})[0][0], 1e-15);
        DenseCritic.Gradient gradient = critic.gradient(new double[][] {{x}}, 10);
        assertEquals(outer * (c * (1 - t * t) + bent * x), gradient.dW().get(0)[0][0], 1e-12);
        assertEquals(outer * bent, gradient.db().get(0)[0], 1e-12);
        assertEquals(outer * (1 - t * t) * a, gradient.dW().get(1)[0][0], 1e-12);
        assertEquals(0, gradient.db().get(1)[0]);
    }

    @Test
    void w5_matchesTheCaseWorkedByHand() {
        double[] w = {-3, -0.01, 0.005, 0.02};
        WeightClipping.step(w, 0.01);
        assertArrayEquals(new double[] {-0.01, -0.01, 0.005, 0.01}, w);
    }

    // ---- gradients ----

    @Test
    void w3_matchesFiniteDifferences() {
        double[][] g = RandomArrays.matrix(1, 4, 5);
        assertRight(GradientCheck.ofLoss(g, v -> GradientPenalty.penalty(v, 10), GradientPenalty.dG(g, 10)));
    }

    static Stream<DenseCritic> critics() {
        return Stream.of(Bend.leakyRelu(0.2), Bend.tanh())
                .flatMap(bend -> Stream.of(
                        random(1, bend, 4, 1),
                        random(2, bend, 3, 5, 1),
                        random(3, bend, 6, 4, 5, 1),
                        random(4, bend, 5, 3, 4, 2, 1)));
    }

    @ParameterizedTest
    @MethodSource("critics")
    void theSlopeMatchesFiniteDifferences(DenseCritic critic) {
        double[][] x = images(critic);
        double[][] slope = critic.slope(x);
        assertRight(GradientCheck.ofLoss(x, v -> sum(critic.judge(v)), slope));
    }

    @ParameterizedTest
    @MethodSource("critics")
    void w4_matchesFiniteDifferencesOfThePenaltyItself(DenseCritic critic) {
        double[][] x = images(critic);
        DenseCritic.Gradient gradient = critic.gradient(x, 10);
        for (int l = 0; l < critic.w().size(); l++) {
            int layer = l;
            assertRight(GradientCheck.ofLoss(
                    critic.w().get(l),
                    v -> new DenseCritic(with(critic.w(), layer, v), critic.b(), critic.bend()).penalty(x, 10),
                    gradient.dW().get(l)));
            assertRight(GradientCheck.ofLoss(
                    critic.b().get(l),
                    v -> new DenseCritic(critic.w(), with(critic.b(), layer, v), critic.bend()).penalty(x, 10),
                    gradient.db().get(l)));
        }
    }

    @Test
    void bothDerivativesOfABendMatchFiniteDifferences() {
        double[] y = Nested.map(RandomArrays.vector(3, 9), v -> 2 * v);
        for (Bend bend : List.of(Bend.leakyRelu(0.2), Bend.tanh())) {
            assertRight(GradientCheck.of(
                    y,
                    v -> Nested.map(v, bend.value()),
                    d -> Nested.map(d, y, (e, v) -> e * bend.slope().applyAsDouble(v))));
            assertRight(GradientCheck.of(
                    y,
                    v -> Nested.map(v, bend.slope()),
                    d -> Nested.map(d, y, (e, v) -> e * bend.curvature().applyAsDouble(v))));
        }
    }

    // ---- laws ----

    @Test
    void w1_staysOnTheLineAndMeetsBothEnds() {
        double[][] real = RandomArrays.matrix(1, 2, 5);
        double[][] fake = RandomArrays.matrix(2, 2, 5);
        double[][] ends = GradientPenalty.mix(real, fake, new double[] {1, 0});
        assertArrayEquals(real[0], ends[0]);
        assertArrayEquals(fake[1], ends[1]);
    }

    @Test
    void w2_w3_areZeroWhereTheSlopeIs1AndFiniteWhereItIs0() {
        double[][] g = {{0.6, 0.8}, {0, -1}};
        assertEquals(0, GradientPenalty.penalty(g, 10), 1e-30);
        assertEquals(0, Nested.flat(GradientPenalty.dG(g, 10))[0], 1e-14);
        assertEquals(10, GradientPenalty.penalty(new double[3][2], 10));
        assertArrayEquals(new double[6], Nested.flat(GradientPenalty.dG(new double[3][2], 10)));
    }

    @Test
    void w4_leavesTheBiasesAloneWhereTheBendsAreStraight() {
        DenseCritic critic = random(3, Bend.leakyRelu(0.2), 6, 4, 5, 1);
        critic.gradient(images(critic), 10).db().forEach(db -> assertArrayEquals(new double[db.length], db));
    }

    @Test
    void w2_w4_aStepAgainstTheGradientBringsTheSlopesNearerTo1() {
        DenseCritic critic = random(3, Bend.tanh(), 6, 4, 5, 1);
        double[][] x = images(critic);
        DenseCritic.Gradient gradient = critic.gradient(x, 10);
        List<double[][]> w = new ArrayList<>();
        List<double[]> b = new ArrayList<>();
        for (int l = 0; l < critic.w().size(); l++) {
            w.add(Nested.map(critic.w().get(l), gradient.dW().get(l), (v, d) -> v - 1e-3 * d));
            b.add(Nested.map(critic.b().get(l), gradient.db().get(l), (v, d) -> v - 1e-3 * d));
        }
        assertTrue(new DenseCritic(w, b, critic.bend()).penalty(x, 10) < critic.penalty(x, 10));
    }

    @Test
    void imagesOfDifferentSizesCannotBeMixed() {
        assertThrows(
                IllegalArgumentException.class,
                () -> GradientPenalty.mix(new double[2][3], new double[2][4], new double[2]));
    }

    // ---- tools ----

    /** A critic with random weights and biases; the widths are the layers' inputs, the last one its output. */
    private static DenseCritic random(long seed, Bend bend, int... widths) {
        List<double[][]> w = new ArrayList<>();
        List<double[]> b = new ArrayList<>();
        for (int l = 0; l + 1 < widths.length; l++) {
            w.add(RandomArrays.matrix(10 * seed + l, widths[l], widths[l + 1]));
            b.add(RandomArrays.vector(100 * seed + l, widths[l + 1]));
        }
        return new DenseCritic(w, b, bend);
    }

    private static double[][] images(DenseCritic critic) {
        return RandomArrays.matrix(6, 3, critic.w().get(0).length);
    }

    private static double sum(double[][] d) {
        double sum = 0;
        for (double v : Nested.flat(d)) {
            sum += v;
        }
        return sum;
    }

    private static <A> List<A> with(List<A> list, int index, A other) {
        List<A> changed = new ArrayList<>(list);
        changed.set(index, other);
        return changed;
    }
}
