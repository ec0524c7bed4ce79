package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GaussianGanTest {

    private static final double[] G = {-1, 2};
    private static final double[] D = {0.5, -1, 0.25};

    // ---- worked by hand ----

    @Test
    void h6_matchesTheCaseWorkedByHand() {
        double[] d = {Math.log(3), 0, 0}; // D = ¾ everywhere
        double[] real = {1, 3};
        double[] fake = {-2};
        assertEquals(-Math.log(0.75) - Math.log(0.25), GaussianGan.discriminatorLoss(d, real, fake), 1e-15);
        // real: −¼ each, halved; fake: ¾
        double[] expected = {-0.25 + 0.75, -0.125 * (1 + 3) + 0.75 * -2, -0.125 * (1 + 9) + 0.75 * 4};
        assertArrayEquals(expected, GaussianGan.dDiscriminator(d, real, fake), 1e-15);
    }

    @Test
    void h8_matchesTheCaseWorkedByHand() {
        double[] d = {0, Math.log(3), 0};
        double[] z = {1, 0};
        assertArrayEquals(new double[] {1, -1}, GaussianGan.generate(G, z)); // D = ¾ and ¼
        double b = Math.log(3);
        double[] expected = {-0.5 * (0.25 + 0.75) * b, -0.5 * 0.25 * b};
        assertArrayEquals(expected, GaussianGan.dGenerator(G, d, z, GeneratorLoss::nonSaturatingSlope), 1e-15);
    }

    // ---- gradients ----

    @Test
    void h6_matchesFiniteDifferences() {
        double[] real = normals(1, 7);
        double[] fake = GaussianGan.generate(G, normals(2, 5));
        assertRight(GradientCheck.ofLoss(
                D, v -> GaussianGan.discriminatorLoss(v, real, fake), GaussianGan.dDiscriminator(D, real, fake)));
    }

    @Test
    void h8_matchesFiniteDifferencesForBothLosses() {
        double[] z = normals(3, 6);
        assertRight(GradientCheck.ofLoss(
                G,
                v -> GaussianGan.generatorLoss(v, D, z, GeneratorLoss::nonSaturating),
                GaussianGan.dGenerator(G, D, z, GeneratorLoss::nonSaturatingSlope)));
        assertRight(GradientCheck.ofLoss(
                G,
                v -> GaussianGan.generatorLoss(v, D, z, GeneratorLoss::saturating),
                GaussianGan.dGenerator(G, D, z, GeneratorLoss::saturatingSlope)));
    }

    // ---- laws ----

    @Test
    void h6_vanishesAtTheBestDiscriminator() {
        // averaged over the density of z instead of samples
        double[] z = ToyPosterior.z();
        double[] d = GaussianGan.optimal(G, 1, 0.5);
        double[] sum = new double[3];
        for (double v : z) {
            double weight = 0.01 * Math.exp(ScoreFunction.logDensity(v, 0, 0));
            double[] one = GaussianGan.dDiscriminator(d, new double[] {1 + 0.5 * v}, new double[] {G[0] + G[1] * v});
            for (int i = 0; i < 3; i++) {
                sum[i] += weight * one[i];
            }
        }
        assertArrayEquals(new double[3], sum, 1e-12);
    }

    @Test
    void h6_h8_nothingMovesWhereTheGeneratorIsTheDataAndTheDiscriminatorKnowsNothing() {
        double[] x = normals(4, 50);
        assertArrayEquals(new double[3], GaussianGan.dDiscriminator(new double[3], x, x), 1e-15);
        double[] none = GaussianGan.dGenerator(G, new double[3], x, GeneratorLoss::nonSaturatingSlope);
        assertArrayEquals(new double[2], none, 1e-15);
        assertEquals(Math.log(4), GaussianGan.discriminatorLoss(new double[3], x, x), 1e-14);
        assertArrayEquals(new double[3], GaussianGan.optimal(new double[] {1, 0.5}, 1, 0.5), 1e-15);
    }

    /**
     * Data N(1, ½²), generator from N(−1, 1). With twenty seeds the means over the last 500 of 1500 steps were within 0.01
     * of both numbers of the data; the bounds are five times as wide.
     */
    @Test
    void h6_h8_findTheMeanAndTheDeviationOfTheData() {
        double[] g = {-1, 1};
        double[] d = new double[3];
        double mean = 0;
        double deviation = 0;
        for (int step = 0; step < 1500; step++) {
            double[] real = Nested.map(normals(3L * step, 128), v -> 1 + 0.5 * v);
            double[] fake = GaussianGan.generate(g, normals(3L * step + 1, 128));
            Sgd.step(d, GaussianGan.dDiscriminator(d, real, fake), 0.5);
            double[] z = normals(3L * step + 2, 128);
            Sgd.step(g, GaussianGan.dGenerator(g, d, z, GeneratorLoss::nonSaturatingSlope), 0.05);
            mean += step < 1000 ? 0 : g[0] / 500;
            deviation += step < 1000 ? 0 : g[1] / 500;
        }
        assertEquals(1, mean, 0.05);
        assertEquals(0.5, deviation, 0.05);
    }

    @Test
    void aPlayersGradientLeavesBothPlayersAsTheyAre() {
        double[] g = G.clone();
        double[] d = D.clone();
        double[] z = normals(5, 8);
        GaussianGan.dDiscriminator(d, z, GaussianGan.generate(g, z));
        GaussianGan.dGenerator(g, d, z, GeneratorLoss::saturatingSlope);
        assertArrayEquals(G, g);
        assertArrayEquals(D, d);
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "GaussianGan: expected g, which is μ and s, of shape [2] but got [3]. Compare with the shapes in its "
                        + "Javadoc.",
                () -> GaussianGan.generate(D, G));
        assertSays(
                "GaussianGan: expected d, which is a, b and c, of shape [3] but got [2]. Compare with the shapes in "
                        + "its Javadoc.",
                () -> GaussianGan.dDiscriminator(G, D, D));
    }

    /** Normal numbers from uniform ones, two at a time (Box and Muller 1958). */
    private static double[] normals(long seed, int count) {
        double[] uniform = RandomArrays.vector(seed, 2 * count);
        double[] normal = new double[count];
        for (int i = 0; i < count; i++) {
            double radius = Math.sqrt(-2 * Math.log((1 - uniform[2 * i]) / 2)); // of a number in (0, 1]
            normal[i] = radius * Math.cos(Math.PI * uniform[2 * i + 1]);
        }
        assertTrue(count > 0);
        return normal;
    }
}
