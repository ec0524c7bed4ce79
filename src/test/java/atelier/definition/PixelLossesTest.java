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

/** Squared error, binary cross-entropy and Gaussian log-likelihood: the losses of a decoder. */
class PixelLossesTest {

    private static final double[][] Y = {{1, 0.5, -1}, {0, 2, 0.25}};
    private static final double[][] X = {{0, 0.5, 1}, {1, 1, 0.25}};
    private static final double LN3 = Math.log(3);

    // ---- worked by hand ----

    @Test
    void q1_matchesTheCaseWorkedByHand() {
        assertEquals((1 + 0 + 4 + 1 + 1 + 0) / 2.0, SquaredError.loss(Y, X));
    }

    @Test
    void q2_matchesTheCaseWorkedByHand() {
        double[][] dY = SquaredError.dY(Y, X);
        assertArrayEquals(new double[] {1, 0, -2}, dY[0]);
        assertArrayEquals(new double[] {-1, 1, 0}, dY[1]);
    }

    @Test
    void s4_matchesTheCaseWorkedByHand() {
        double[][] y = {{LN3, LN3}, {0, -LN3}}; // probabilities ¾ ¾, ½ ¼
        double[][] x = {{1, 0}, {1, 0}};
        assertEquals(
                (-Math.log(0.75) - Math.log(0.25) + Math.log(2) - Math.log(0.75)) / 2,
                BinaryCrossEntropy.loss(y, x),
                1e-15);
    }

    @Test
    void s5_matchesTheCaseWorkedByHand() {
        double[][] dY = BinaryCrossEntropy.dY(new double[][] {{LN3, LN3}, {0, -LN3}}, new double[][] {{1, 0}, {1, 0}});
        assertArrayEquals(new double[] {-0.125, 0.375}, dY[0], 1e-15);
        assertArrayEquals(new double[] {-0.25, 0.125}, dY[1], 1e-15);
    }

    @Test
    void q3_matchesTheCaseWorkedByHand() {
        double constant = 0.5 * Math.log(2 * Math.PI * 4);
        assertEquals(7 / 8.0 / 2 + 3 * constant, GaussianNll.loss(Y, X, 2), 1e-15);
    }

    @Test
    void q4_matchesTheCaseWorkedByHand() {
        double[][] dY = GaussianNll.dY(Y, X, 0.5);
        assertArrayEquals(new double[] {2, 0, -4}, dY[0]);
        assertArrayEquals(new double[] {-2, 2, 0}, dY[1]);
    }

    // ---- gradient checks ----

    @ParameterizedTest(name = "N={0} I={1}")
    @CsvSource({"1, 1", "2, 5", "7, 3"})
    void q2_q4_s5_matchFiniteDifferences(int n, int pixels) {
        double[][] y = Nested.map(RandomArrays.matrix(1, n, pixels), v -> 3 * v);
        double[][] x = Nested.map(RandomArrays.matrix(2, n, pixels), v -> (v + 1) / 2);
        assertRight(GradientCheck.ofLoss(y, v -> SquaredError.loss(v, x), SquaredError.dY(y, x)));
        assertRight(GradientCheck.ofLoss(y, v -> BinaryCrossEntropy.loss(v, x), BinaryCrossEntropy.dY(y, x)));
        assertRight(GradientCheck.ofLoss(y, v -> GaussianNll.loss(v, x, 0.7), GaussianNll.dY(y, x, 0.7)));
    }

    // ---- laws ----

    @Test
    void q1_isTheDistanceOfPythagoras() {
        assertEquals(25, SquaredError.loss(new double[][] {{3, 4}}, new double[1][2]));
        assertEquals(0, SquaredError.loss(X, X));
    }

    @Test
    void s4_isLn2APixelForADecoderThatKnowsNothing() {
        double[][] x = RandomArrays.matrix(3, 2, 784);
        assertEquals(784 * Math.log(2), BinaryCrossEntropy.loss(new double[2][784], x), 1e-10);
    }

    @Test
    void s4_isMinusTheLogarithmOfTheProbability() {
        double[][] y = Nested.map(RandomArrays.matrix(4, 3, 7), v -> 5 * v);
        double[][] x = RandomArrays.matrix(5, 3, 7);
        double[][] terms = Nested.map(y, x, (v, t) -> {
            double p = Sigmoid.forward(v);
            return -t * Math.log(p) - (1 - t) * Math.log(1 - p);
        });
        double sum = 0;
        for (double term : Nested.flat(terms)) {
            sum += term;
        }
        assertEquals(sum / 3, BinaryCrossEntropy.loss(y, x), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.8})
    void s4_isNeverBelowTheEntropyOfAGreyPixelAndReachesIt(double grey) {
        double entropy = -grey * Math.log(grey) - (1 - grey) * Math.log(1 - grey);
        double[][] x = {{grey}};
        for (double y = -5; y <= 5; y += 0.125) {
            assertTrue(BinaryCrossEntropy.loss(new double[][] {{y}}, x) >= entropy - 1e-15);
        }
        double best = Math.log(grey / (1 - grey));
        assertEquals(entropy, BinaryCrossEntropy.loss(new double[][] {{best}}, x), 1e-15);
        assertEquals(0, BinaryCrossEntropy.dY(new double[][] {{best}}, x)[0][0], 1e-15);
    }

    @Test
    void s4_staysFiniteForHugeLogits() {
        assertEquals(0, BinaryCrossEntropy.loss(new double[][] {{1e4, -1e4}}, new double[][] {{1, 0}}));
        assertEquals(2e4, BinaryCrossEntropy.loss(new double[][] {{1e4, -1e4}}, new double[][] {{0, 1}}));
    }

    @Test
    void q3_isSmallestWhereTheMeanIsThePixel() {
        double least = GaussianNll.loss(X, X, 0.3);
        assertEquals(3 * 0.5 * Math.log(2 * Math.PI * 0.09), least, 1e-14);
        assertTrue(GaussianNll.loss(Y, X, 0.3) > least);
        assertTrue(least < 0, "a density above 1");
    }

    @Test
    void q3_withAVarianceOfOneHalfIsQ1PlusAConstant() {
        double constant = 3 * 0.5 * Math.log(Math.PI);
        assertEquals(SquaredError.loss(Y, X) + constant, GaussianNll.loss(Y, X, Math.sqrt(0.5)), 1e-14);
        assertTrue(Difference.largest(SquaredError.dY(Y, X), GaussianNll.dY(Y, X, Math.sqrt(0.5)))
                        .relative()
                < 1e-15);
    }

    @Test
    void saysWhatDoesNotFit() {
        double[][] other = new double[3][2];
        String said = ": expected x of shape [2, 3] but got [3, 2]. Compare with the shapes in its Javadoc.";
        assertSays("SquaredError" + said, () -> SquaredError.loss(Y, other));
        assertSays("SquaredError" + said, () -> SquaredError.dY(Y, other));
        assertSays("BinaryCrossEntropy" + said, () -> BinaryCrossEntropy.loss(Y, other));
        assertSays("BinaryCrossEntropy" + said, () -> BinaryCrossEntropy.dY(Y, other));
        assertSays("GaussianNll" + said, () -> GaussianNll.loss(Y, other, 1));
        assertSays("GaussianNll" + said, () -> GaussianNll.dY(Y, other, 1));
        String zero = "GaussianNll: expected a deviation sigma above 0 but got 0.0. Try 0.1 to 1.";
        assertSays(zero, () -> GaussianNll.loss(Y, X, 0));
        assertSays(zero, () -> GaussianNll.dY(Y, X, 0));
    }
}
