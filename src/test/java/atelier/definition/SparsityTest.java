package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SparsityTest {

    private static final double[][] H = {{0.5, 0, -2}, {1, -1, 0.5}};
    private static final double[][] CODE = {{0.25, 0.75}, {0.75, 0.25}, {0.5, 0.8}}; // means 0.5 and 0.6

    @Test
    void k1_matchesTheCaseWorkedByHand() {
        assertEquals(0.1 * 5 / 2, L1Sparsity.penalty(H, 0.1), 1e-15);
    }

    @Test
    void k2_matchesTheCaseWorkedByHand() {
        double[][] dH = L1Sparsity.dH(H, 0.1);
        assertArrayEquals(new double[] {0.05, 0, -0.05}, dH[0], 1e-15);
        assertArrayEquals(new double[] {0.05, -0.05, 0.05}, dH[1], 1e-15);
    }

    @Test
    void k3_matchesTheCaseWorkedByHand() {
        double first = 0.2 * Math.log(0.2 / 0.5) + 0.8 * Math.log(0.8 / 0.5);
        double second = 0.2 * Math.log(0.2 / 0.6) + 0.8 * Math.log(0.8 / 0.4);
        assertEquals(3 * (first + second), KlSparsity.penalty(CODE, 0.2, 3), 1e-14);
    }

    @Test
    void k4_matchesTheCaseWorkedByHand() {
        for (double[] row : KlSparsity.dH(CODE, 0.2, 3)) { // all images get the same push
            assertArrayEquals(new double[] {0.8 / 0.5 - 0.2 / 0.5, 0.8 / 0.4 - 0.2 / 0.6}, row, 1e-14);
        }
    }

    @Test
    void k2_k4_matchFiniteDifferences() {
        double[][] h = Nested.map(RandomArrays.matrix(1, 4, 3), v -> v + Math.copySign(0.1, v)); // away from the kink
        assertRight(GradientCheck.ofLoss(h, v -> L1Sparsity.penalty(v, 0.3), L1Sparsity.dH(h, 0.3)));
        double[][] code = Nested.map(RandomArrays.matrix(2, 4, 3), v -> 0.5 + 0.4 * v);
        assertRight(GradientCheck.ofLoss(code, v -> KlSparsity.penalty(v, 0.05, 3), KlSparsity.dH(code, 0.05, 3)));
    }

    @Test
    void k3_isZeroWhereEveryUnitSpeaksAsOftenAsItShouldAndAboveItElsewhere() {
        double[][] code = {{0.1}, {0.3}};
        assertEquals(0, KlSparsity.penalty(code, 0.2, 1), 1e-16);
        assertEquals(0, KlSparsity.dH(code, 0.2, 1)[0][0], 1e-15);
        for (double rho = 0.05; rho < 1; rho += 0.05) {
            if (Math.abs(rho - 0.2) > 0.01) {
                assertTrue(KlSparsity.penalty(code, rho, 1) > 0);
            }
        }
    }

    @Test
    void k4_pullsASilentUnitUpAndALoudOneDown() {
        assertTrue(KlSparsity.dH(new double[][] {{0.01}}, 0.2, 1)[0][0] < 0);
        assertTrue(KlSparsity.dH(new double[][] {{0.9}}, 0.2, 1)[0][0] > 0);
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "KlSparsity: expected activations in (0,1) but got a unit with the mean 1.5. "
                        + "Use the outputs of a sigmoid.",
                () -> KlSparsity.penalty(new double[][] {{1}, {2}}, 0.2, 1));
        for (double end : new double[] {0, 1}) { // where a logarithm is infinite
            assertSays(
                    "KlSparsity: expected activations in (0,1) but got a unit with the mean " + end
                            + ". Use the outputs of a sigmoid.",
                    () -> KlSparsity.dH(new double[][] {{end}}, 0.2, 1));
        }
    }
}
