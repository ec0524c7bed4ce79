package atelier.definition;

import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OptimalDiscriminatorTest {

    private static final double LN2 = Math.log(2);

    private static final double[] P = {0.5, 0.3, 0.2, 0, 0};
    private static final double[] Q = {0.1, 0.3, 0.2, 0.4, 0};

    @Test
    void h4_matchesTheCaseWorkedByHand() {
        double[] d = OptimalDiscriminator.logits(P, Q);
        assertArrayEquals(new double[] {Math.log(5), 0, 0, Double.NEGATIVE_INFINITY, 0}, d, 1e-15);
        assertArrayEquals(new double[] {5 / 6.0, 0.5, 0.5, 0, 0.5}, Nested.map(d, Sigmoid::forward), 1e-15);
    }

    @Test
    void h4_noDiscriminatorReachesAHigherValue() {
        double[] best = OptimalDiscriminator.logits(P, Q);
        double value = OptimalDiscriminator.value(P, Q, best);
        for (int i = 0; i < 4; i++) {
            for (double d = -9.95; d < 10; d += 0.1) {
                double[] other = best.clone();
                other[i] = d;
                assertTrue(OptimalDiscriminator.value(P, Q, other) < value, "place " + i + ", d = " + d);
            }
        }
    }

    @Test
    void h4_ofTwoGaussiansIsAParabola() {
        double[] p = gaussian(1, 0.5);
        double[] q = gaussian(-0.5, 0.8);
        double[] d = GaussianGan.optimal(new double[] {-0.5, 0.8}, 1, 0.5);
        double[] best = OptimalDiscriminator.logits(p, q);
        for (int i = 700; i <= 1400; i++) { // from −3 to 4: further out p is 0 in every computer
            assertEquals(GaussianGan.logit(d, place(i)), best[i], 1e-11);
        }
    }

    @Test
    void h5_matchesTheCaseWorkedByHand() {
        // ½ Σ p ln(p/m) + ½ Σ q ln(q/m), m = 0.3, 0.3, 0.2, 0.2, 0: equal places add nothing
        double jsd = 0.5 * 0.5 * Math.log(5 / 3.0) + 0.5 * 0.1 * Math.log(1 / 3.0) + 0.5 * 0.4 * LN2;
        assertEquals(jsd, OptimalDiscriminator.jensenShannon(P, Q), 1e-15);
        double[] best = OptimalDiscriminator.logits(P, Q);
        assertEquals(2 * jsd - Math.log(4), OptimalDiscriminator.value(P, Q, best), 1e-15);
    }

    @Test
    void h5_holdsForDensitiesOnAGrid() {
        for (double mean = -3; mean <= 3; mean += 0.5) {
            double[] p = gaussian(0, 1);
            double[] q = gaussian(mean, 0.6);
            double value = OptimalDiscriminator.value(p, q, OptimalDiscriminator.logits(p, q));
            assertEquals(2 * OptimalDiscriminator.jensenShannon(p, q) - Math.log(4), value, 1e-12);
        }
    }

    @Test
    void h5_liesBetweenZeroAndLn2AndIsTheSameFromBothSides() {
        assertEquals(0, OptimalDiscriminator.jensenShannon(P, P));
        assertEquals(-Math.log(4), OptimalDiscriminator.value(P, P, new double[5]), 1e-15);
        assertEquals(OptimalDiscriminator.jensenShannon(P, Q), OptimalDiscriminator.jensenShannon(Q, P), 1e-15);
        double[] here = {1, 0, 0};
        for (double[] there : new double[][] {{0, 1, 0}, {0, 0, 1}}) { // however far away
            assertEquals(LN2, OptimalDiscriminator.jensenShannon(here, there), 1e-15);
            double[] best = OptimalDiscriminator.logits(here, there);
            assertEquals(0, OptimalDiscriminator.value(here, there, best));
        }
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "OptimalDiscriminator.jensenShannon: expected probabilities with the sum 1 but got the sum 2.0. "
                        + "Multiply densities by the distance of their places, and let the places reach far enough.",
                () -> OptimalDiscriminator.jensenShannon(new double[] {1, 1}, new double[] {1, 0}));
        assertThrows(
                IllegalArgumentException.class,
                () -> OptimalDiscriminator.logits(new double[] {0.5, 0.5}, new double[] {2, -1}));
        assertThrows(
                IllegalArgumentException.class,
                () -> OptimalDiscriminator.logits(new double[] {0.5, 0.5}, new double[] {1}));
        assertThrows(IllegalArgumentException.class, () -> OptimalDiscriminator.value(P, Q, new double[] {0.5, 0.5}));
    }

    private static double place(int i) {
        return -10 + 0.01 * i;
    }

    /** Probabilities of N(mean, deviation²) at 2001 places from −10 to 10. */
    private static double[] gaussian(double mean, double deviation) {
        double[] masses = new double[2001];
        Arrays.setAll(masses, i -> 0.01 * Math.exp(ScoreFunction.logDensity(place(i), mean, 2 * Math.log(deviation))));
        return masses;
    }
}
