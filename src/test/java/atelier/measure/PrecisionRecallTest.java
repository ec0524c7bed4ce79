package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Nested;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PrecisionRecallTest {

    private static Tensor cloud(long seed, double deviation, int n, int f) {
        return Tensor.normal(RandomStream.seed(seed), deviation, n, f);
    }

    private static double[][] matrix(Tensor x) {
        return Nested.matrix(x.data(), x.size(0), x.size(1));
    }

    @Test
    void e3_e4_ofAFewPointsOnALineAreWorkedOutByHand() throws InterruptedException {
        Tensor x = Tensor.of(new float[] {0, 1, 3, 7, 20}, 5, 1); // to the third neighbour: 7, 6, 4, 7, 19
        Tensor y = Tensor.of(new float[] {-8, 2, 14, 40, 39.5f}, 5, 1); // balls: 47.5, 37.5, 25.5, 38, 37.5
        assertArrayEquals(new float[] {49, 36, 16, 49, 361}, Support.of(x, 3).squaredRadii());
        PrecisionRecall both = PrecisionRecall.of(x, y);
        assertArrayEquals(new boolean[] {false, true, true, false, false}, both.genuine());
        assertEquals(2 / 5.0, both.precision(), 1e-15);
        assertEquals(1, both.recall(), 1e-15);
        Tensor few = Tensor.of(new float[] {0.5f, 1, 1.5f, 2}, 4, 1); // [−1, 2], [0, 2], [0.5, 2.5], [0.5, 3.5]
        assertArrayEquals(
                new boolean[] {true, true, true, false, false},
                PrecisionRecall.of(x, few).covered());
        assertEquals(3 / 5.0, PrecisionRecall.of(x, few).recall(), 1e-15);
    }

    @Test
    void e3_e4_areWhatTheDefinitionsSay() throws InterruptedException {
        for (int f : new int[] {2, 5, 40}) {
            Tensor x = cloud(1, 1, 150, f);
            Tensor y = cloud(2, 0.8, 90, f);
            PrecisionRecall both = PrecisionRecall.of(x, y);
            double precision = atelier.definition.PrecisionRecall.precision(matrix(x), matrix(y), 3);
            double recall = atelier.definition.PrecisionRecall.recall(matrix(x), matrix(y), 3);
            assertEquals(precision, both.precision(), 1e-15);
            assertEquals(recall, both.recall(), 1e-15);
            assertTrue(recall > 0.05 && recall < 0.95 && precision > 0.5, precision + " and " + recall);
        }
    }

    @Test
    void moreImagesThanABlockHoldsAreAllCompared() throws InterruptedException {
        Tensor x = cloud(1, 1, 2500, 3);
        float[] radii = Support.of(x, 3).squaredRadii();
        double[][] rows = matrix(x);
        for (int i = 0; i < 2500; i += 311) {
            double radius = atelier.definition.PrecisionRecall.radius(i, rows, 3);
            assertEquals(radius * radius, radii[i], 1e-5);
        }
    }

    @Test
    void e3_e4_ofASetAgainstItselfAreOne() throws InterruptedException {
        Tensor x = cloud(1, 100, 200, 30); // far from 0: the distance of equals must still be 0
        PrecisionRecall itself = PrecisionRecall.of(x, x.copy());
        assertEquals(1, itself.precision());
        assertEquals(1, itself.recall());
        assertArrayEquals(
                new boolean[] {true, false},
                Support.of(Tensor.filled(3.7f, 8, 30), 3).contains(Tensor.of(row30(3.7f, 3.8f), 2, 30)),
                "balls of equals have no width and hold them all the same");
    }

    private static float[] row30(float first, float second) {
        float[] rows = new float[60];
        Arrays.fill(rows, 0, 30, first);
        Arrays.fill(rows, 30, 60, second);
        return rows;
    }

    @Test
    void samplesOfOneCornerArePreciseAndRecallLittle() throws InterruptedException {
        Tensor x = cloud(1, 1, 400, 6);
        PrecisionRecall narrow = PrecisionRecall.of(x, cloud(2, 0.3, 400, 6));
        assertTrue(narrow.precision() > 0.95 && narrow.recall() < 0.2, narrow.precision() + ", " + narrow.recall());
        PrecisionRecall wide = PrecisionRecall.of(x, cloud(2, 3, 400, 6));
        assertTrue(wide.precision() < 0.2 && wide.recall() > 0.9, wide.precision() + ", " + wide.recall());
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() throws InterruptedException {
        Tensor x = cloud(1, 1, 500, 20);
        Tensor y = cloud(2, 1, 500, 20);
        PrecisionRecall before = PrecisionRecall.of(x, y);
        float[] radii = Support.of(x, 3).squaredRadii();
        int threads = Parallel.threads();
        try {
            Parallel.threads(threads == 1 ? 3 : 1);
            assertArrayEquals(radii, Support.of(x, 3).squaredRadii());
            assertArrayEquals(before.genuine(), PrecisionRecall.of(x, y).genuine());
        } finally {
            Parallel.threads(threads);
        }
    }

    @Test
    void anInterruptStopsIt() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> PrecisionRecall.of(cloud(1, 1, 9, 2), cloud(2, 1, 9, 2)));
        assertFalse(Thread.interrupted());
    }

    @Test
    void wrongInputIsNamedAtTheDoor() {
        assertThrows(ShapeException.class, () -> PrecisionRecall.of(Tensor.zeros(3, 2), Tensor.zeros(9, 2)));
        assertThrows(ShapeException.class, () -> PrecisionRecall.of(Tensor.zeros(9, 2), Tensor.zeros(3, 2)));
        assertThrows(ShapeException.class, () -> PrecisionRecall.of(Tensor.zeros(9, 2), Tensor.zeros(9, 3)));
    }
}
