package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftmaxCrossEntropyTest {

    private static final double LN2 = Math.log(2);
    private static final double[][] X = {{0, LN2, LN2, 0, LN2}, {2 * LN2, 0, 0, LN2, 0}
    }; // odds 1:2:2:1:2 and 4:1:1:2:1
    private static final int[] T = {1, 3};

    @Test
    void s1_matchesTheCaseWorkedByHand() {
        double[][] p = SoftmaxCrossEntropy.softmax(X);
        assertArrayEquals(new double[] {0.125, 0.25, 0.25, 0.125, 0.25}, p[0], 1e-15);
        assertArrayEquals(new double[] {4 / 9.0, 1 / 9.0, 1 / 9.0, 2 / 9.0, 1 / 9.0}, p[1], 1e-15);
    }

    @Test
    void s2_matchesTheCaseWorkedByHand() {
        assertEquals((Math.log(4) + Math.log(4.5)) / 2, SoftmaxCrossEntropy.loss(X, T), 1e-15);
    }

    @Test
    void s3_matchesTheCaseWorkedByHand() {
        double[][] dX = SoftmaxCrossEntropy.dX(X, T);
        assertArrayEquals(new double[] {0.0625, -0.375, 0.125, 0.0625, 0.125}, dX[0], 1e-15);
        assertArrayEquals(new double[] {2 / 9.0, 1 / 18.0, 1 / 18.0, -7 / 18.0, 1 / 18.0}, dX[1], 1e-15);
    }

    @ParameterizedTest(name = "N={0} K={1}")
    @CsvSource({"1, 2", "2, 5", "7, 3", "4, 10"})
    void s3_matchesFiniteDifferences(int n, int k) {
        double[][] x = Nested.map(RandomArrays.matrix(1, n, k), v -> 4 * v);
        int[] labels = new int[n];
        Arrays.setAll(labels, i -> (3 * i + 1) % k);
        assertRight(
                GradientCheck.ofLoss(x, v -> SoftmaxCrossEntropy.loss(v, labels), SoftmaxCrossEntropy.dX(x, labels)));
    }

    @Test
    void s1_sumsToOneAndDoesNotChangeWhenAllScoresShift() {
        double[][] x = Nested.map(RandomArrays.matrix(2, 6, 10), v -> 5 * v);
        double[][] p = SoftmaxCrossEntropy.softmax(x);
        for (double[] row : p) {
            assertEquals(1, Arrays.stream(row).sum(), 1e-14);
            assertTrue(Arrays.stream(row).allMatch(v -> v > 0));
        }
        double[][] shifted = SoftmaxCrossEntropy.softmax(Nested.map(x, v -> v + 7.5));
        assertTrue(Difference.largest(p, shifted).relative() < 1e-14);
    }

    @Test
    void s2_isLnKForANetworkThatKnowsNothing() {
        assertEquals(Math.log(10), SoftmaxCrossEntropy.loss(new double[3][10], new int[] {0, 4, 9}), 1e-15);
    }

    @Test
    void s2_isMinusTheMeanLogOfS1() {
        double[][] x = Nested.map(RandomArrays.matrix(3, 2, 5), v -> 5 * v);
        double[][] p = SoftmaxCrossEntropy.softmax(x);
        double expected = -(Math.log(p[0][T[0]]) + Math.log(p[1][T[1]])) / 2;
        assertEquals(expected, SoftmaxCrossEntropy.loss(x, T), 1e-14);
    }

    @Test
    void s1_s2_stayFiniteForHugeScores() {
        double[][] x = {{1000, -1000, 0}};
        assertArrayEquals(new double[] {1, 0, 0}, SoftmaxCrossEntropy.softmax(x)[0]);
        assertEquals(2000, SoftmaxCrossEntropy.loss(x, new int[] {1}));
        assertArrayEquals(new double[] {0, 0, 1}, SoftmaxCrossEntropy.softmax(new double[][] {{-1000, 0, 1000}})[0]);
        assertEquals(2000, SoftmaxCrossEntropy.loss(new double[][] {{-1000, 0, 1000}}, new int[] {0}));
    }

    @Test
    void s3_sumsToZeroInEachRow() {
        for (double[] row : SoftmaxCrossEntropy.dX(X, T)) {
            assertEquals(0, Arrays.stream(row).sum(), 1e-15);
        }
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "SoftmaxCrossEntropy: expected labels from 0 to 4 but got 5. Give x one column for each class.",
                () -> SoftmaxCrossEntropy.loss(X, new int[] {0, 5}));
        assertThrows(IllegalArgumentException.class, () -> SoftmaxCrossEntropy.loss(X, new int[] {-1, 0}));
        assertSays(
                "SoftmaxCrossEntropy: expected 2 labels, one for each row of x, but got 1. "
                        + "Take the labels of the same batch.",
                () -> SoftmaxCrossEntropy.dX(X, new int[] {0}));
    }
}
