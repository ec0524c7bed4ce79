package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReparameterizationTest {

    private static final float LN4 = (float) StrictMath.log(4);

    private final RandomStream random = RandomStream.seed(1);
    private final Reparameterization sample = new Reparameterization();

    @Test
    void v2_v3_workedByHand() {
        Tensor statistics = Tensor.of(new float[] {1, -2, 0, LN4}, 1, 4); // means 1 and −2, deviations 1 and 2
        Tensor z = sample.forward(statistics, Tensor.of(new float[] {0.5f, -1}, 1, 2));
        assertArrayEquals(new float[] {1.5f, -4}, z.data(), 1e-6f);
        Tensor dStatistics = sample.backward(Tensor.of(new float[] {1, 10}, 1, 2));
        assertArrayEquals(new float[] {1, 10, 0.25f, -10}, dStatistics.data(), 1e-5f);
    }

    @ParameterizedTest(name = "N={0} D={1}")
    @CsvSource({"1, 1", "3, 2", "7, 20", "2, 33"})
    void v2_v3_equalTheDefinition(int n, int latents) {
        Tensor statistics = Tensor.normal(random, 1.5, n, 2 * latents);
        Tensor epsilon = Tensor.normal(random, 1, n, latents);
        Tensor before = statistics.copy();
        double[][] mean = part(statistics, 0, latents);
        double[][] logVariance = part(statistics, latents, 2 * latents);
        LayerLaws.assertClose(
                atelier.definition.Reparameterization.forward(mean, logVariance, Nested.matrix(epsilon)),
                sample.forward(statistics, epsilon));
        Tensor dZ = Tensor.normal(random, 1, n, latents);
        double[][] dZs = Nested.matrix(dZ);
        double[][] d = Nested.matrix(sample.backward(dZ));
        double[][] dMean = atelier.definition.Reparameterization.dMean(dZs);
        double[][] dLogVariance =
                atelier.definition.Reparameterization.dLogVariance(dZs, logVariance, Nested.matrix(epsilon));
        for (int i = 0; i < n; i++) {
            assertArrayEquals(dMean[i], Arrays.copyOfRange(d[i], 0, latents));
            assertArrayEquals(dLogVariance[i], Arrays.copyOfRange(d[i], latents, 2 * latents), 1e-5);
        }
        assertArrayEquals(before.data(), statistics.data());
    }

    private static double[][] part(Tensor statistics, int from, int to) {
        return Arrays.stream(Nested.matrix(statistics))
                .map(row -> Arrays.copyOfRange(row, from, to))
                .toArray(double[][]::new);
    }

    @Test
    void v2_withoutNoiseIsTheMean() {
        Tensor statistics = Tensor.normal(random, 1, 3, 8);
        Tensor z = sample.forward(statistics, Tensor.zeros(3, 4));
        for (int i = 0; i < 3; i++) {
            for (int d = 0; d < 4; d++) {
                assertEquals(statistics.at(i, d), z.at(i, d));
            }
        }
    }

    @Test
    void v2_samplesHaveTheMeanAndTheDeviation() {
        int n = 200_000;
        Tensor statistics = Tensor.zeros(n, 2);
        for (int i = 0; i < n; i++) {
            statistics.set(3, i, 0);
            statistics.set(LN4, i, 1);
        }
        Tensor z = sample.forward(statistics, Tensor.normal(random, 1, n, 1));
        double mean = 0;
        double squares = 0;
        for (float value : z.data()) {
            mean += value / n;
            squares += (value - 3.0) * (value - 3.0) / n;
        }
        assertEquals(3, mean, 0.02);
        assertEquals(4, squares, 0.05);
    }

    @Test
    void aTrainingStepReusesItsTensorsAndAllocatesNothing() {
        Tensor statistics = Tensor.normal(random, 1, 6, 10);
        Tensor epsilon = Tensor.normal(random, 1, 6, 5);
        Tensor z = sample.forward(statistics, epsilon);
        Tensor d = sample.backward(epsilon);
        assertSame(z, sample.forward(statistics, epsilon));
        assertSame(d, sample.backward(epsilon));
        LayerLaws.allocatesNothing(() -> sample.backward(sample.forward(statistics, epsilon)));
    }

    @Test
    void wrongUseIsRefusedWithBothShapes() {
        Reparameterization fresh = new Reparameterization();
        String early = assertThrows(IllegalStateException.class, () -> fresh.backward(Tensor.zeros(1, 1)))
                .getMessage();
        assertTrue(early.contains(".backward: expected a forward pass"), early);
        String message = assertThrows(ShapeException.class, () -> fresh.forward(Tensor.zeros(2, 7), Tensor.zeros(2, 3)))
                .getMessage();
        assertEquals(
                "Reparameterization.forward: expected statistics [N,2D] and ε [N,D] but got [2, 7] and [2, 3]. "
                        + "A row holds D means, then D logarithms of variances.",
                message);
        assertThrows(ShapeException.class, () -> fresh.forward(Tensor.zeros(3, 6), Tensor.zeros(2, 3)));
        assertThrows(ShapeException.class, () -> fresh.forward(Tensor.zeros(6), Tensor.zeros(3)));
        assertThrows(ShapeException.class, () -> fresh.forward(Tensor.zeros(2, 6, 1, 1), Tensor.zeros(2, 3)));
        fresh.forward(Tensor.zeros(2, 6), Tensor.zeros(2, 3));
        assertThrows(ShapeException.class, () -> fresh.backward(Tensor.zeros(2, 6)));
    }
}
