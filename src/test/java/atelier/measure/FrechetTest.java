package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.data.Scribbles;
import atelier.definition.FrechetDistance;
import atelier.definition.Nested;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FrechetTest {

    /** Rows whose columns differ in spread and depend on each other, around a mean that is not 0. */
    private static Tensor cloud(long seed, int n, int f) {
        Tensor free = Tensor.normal(RandomStream.seed(seed), 1, n, f);
        Tensor x = Tensor.zeros(n, f);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < f; j++) {
                x.set(seed + j + free.at(i, j) * (j + seed) + 2 * free.at(i, (j + 1) % f), i, j);
            }
        }
        return x;
    }

    private static double byDefinition(Tensor x, Tensor y) {
        return FrechetDistance.of(matrix(x), matrix(y));
    }

    private static double[][] matrix(Tensor x) {
        return Nested.matrix(x.data(), x.size(0), x.size(1));
    }

    @Test
    void e1_betweenTwoPairsOfNumbersIsWorkedOutByHand() {
        Frechet x = Frechet.of(Tensor.of(new float[] {1, 3}, 2, 1));
        assertArrayEquals(new double[] {2}, x.mean(), 1e-15);
        assertArrayEquals(new double[] {2}, x.covariance()[0], 1e-15);
        Frechet y = Frechet.of(Tensor.of(new float[] {0, 8}, 2, 1));
        double sigmas = Math.sqrt(2) - Math.sqrt(32);
        assertEquals(4 + sigmas * sigmas, x.distance(y), 1e-12); // (μ₁ − μ₂)² + (σ₁ − σ₂)²
    }

    @Test
    void e1_alongTheAxesEveryFeatureStandsForItself() {
        Frechet x = new Frechet(9, new double[] {1, 2}, new double[][] {{4, 0}, {0, 9}});
        Frechet y = new Frechet(9, new double[] {1, 5}, new double[][] {{1, 0}, {0, 25}});
        assertEquals(9 + 1 + 4, x.distance(y), 1e-12); // 3², (2−1)², (3−5)²
    }

    @Test
    void e1_isWhatTheDefinitionSays() {
        for (int f : new int[] {1, 2, 7, 20}) {
            Tensor x = cloud(1, 60, f);
            Tensor y = cloud(2, 90, f);
            double expected = byDefinition(x, y);
            assertEquals(expected, Frechet.distance(x, y), 1e-9 * expected, f + " features");
        }
    }

    @Test
    void e1_isWhatTheDefinitionSaysOfFeaturesThatTheJudgeSees() throws InterruptedException {
        Dataset scribbles = Scribbles.load(1, 300, 200);
        Judge judge = Judge.standard();
        Tensor x = judge.of(scribbles.train()).activations();
        Tensor y = judge.of(scribbles.test()).activations();
        double expected = byDefinition(x, y);
        assertEquals(expected, Frechet.distance(x, y), 1e-6 * expected);
    }

    @Test
    void e1_fewerImagesThanFeaturesAndFeaturesThatNeverFireAreNoHarm() {
        Tensor x = cloud(1, 6, 10);
        Tensor y = cloud(2, 8, 10);
        for (int i = 0; i < 8; i++) {
            y.set(0, i, 3);
            y.set(0, i, 4);
            if (i < 6) {
                x.set(0, i, 3);
            }
        }
        double expected = byDefinition(x, y);
        assertEquals(expected, Frechet.distance(x, y), 1e-6 * expected);
        assertEquals(0, Frechet.distance(x, x), 1e-9);
        assertEquals(0, Frechet.distance(Tensor.filled(3, 5, 2), Tensor.filled(3, 4, 2)), 1e-15);
    }

    @Test
    void e1_isZeroToItselfAndTheSameBothWays() {
        Tensor x = cloud(1, 50, 6);
        Tensor y = cloud(2, 50, 6);
        double distance = Frechet.distance(x, y);
        assertTrue(distance > 1, () -> "distance " + distance);
        assertEquals(distance, Frechet.distance(y, x), 1e-10 * distance);
        assertEquals(0, Frechet.distance(x, x), 1e-10);
    }

    @Test
    void e1_doesNotNoticeThatBothCloudsWereTurned() {
        Tensor x = cloud(1, 50, 2);
        Tensor y = cloud(2, 50, 2);
        double distance = Frechet.distance(x, y);
        for (Tensor points : new Tensor[] {x, y}) {
            for (int i = 0; i < 50; i++) {
                float a = points.at(i, 0);
                float b = points.at(i, 1);
                points.set(0.6f * a - 0.8f * b, i, 0);
                points.set(0.8f * a + 0.6f * b, i, 1);
            }
        }
        assertEquals(distance, Frechet.distance(x, y), 1e-5 * distance);
    }

    @Test
    void samplesOfOneSetAreTheFartherApartTheFewerTheyAre() {
        double[] distances = Frechet.bias(cloud(1, 8000, 10), RandomStream.seed(1), 40, 400, 4000);
        assertTrue(
                distances[0] > 4 * distances[1] && distances[1] > 4 * distances[2],
                () -> distances[0] + ", " + distances[1] + ", " + distances[2]);
        assertTrue(distances[2] > 0);
    }

    @Test
    void aGeneratorThatCopiesItsTrainingImagesIsAsCloseAsTheyAre() throws InterruptedException {
        Dataset data = Scribbles.load(1, 1000, 500);
        Judge judge = Judge.standard();
        Frechet test = Frechet.of(judge.of(data.test()).activations());
        ImageSet copies = data.train().slice(0, 500);
        double memorised = Frechet.of(judge.of(copies).activations()).distance(test);
        double floor = Frechet.of(judge.of(data.train().slice(500, 1000)).activations())
                .distance(test);
        double noise = Frechet.of(judge.of(Tensor.uniform(RandomStream.seed(1), 0, 1, 500, 1, 28, 28))
                        .activations())
                .distance(test);
        assertEquals(floor, memorised, 0.25 * floor, "copies are at the floor");
        assertTrue(noise > 20 * floor, () -> "noise " + noise + ", floor " + floor);
    }

    @Test
    void wrongInputIsNamedAtTheDoor() {
        assertThrows(ShapeException.class, () -> Frechet.of(Tensor.zeros(1, 3)));
        assertThrows(ShapeException.class, () -> Frechet.of(Tensor.zeros(2, 1, 3, 3)));
        assertThrows(ShapeException.class, () -> Frechet.distance(Tensor.zeros(4, 3), Tensor.zeros(4, 2)));
        assertThrows(
                IllegalArgumentException.class, () -> Frechet.of(Tensor.of(new float[] {1, Float.NaN, 0, 0}, 2, 2)));
        assertThrows(IllegalArgumentException.class, () -> Frechet.bias(Tensor.zeros(10, 2), RandomStream.seed(1), 6));
    }
}
