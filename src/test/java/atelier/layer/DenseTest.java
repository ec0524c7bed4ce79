package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Difference;
import atelier.definition.Initialisation;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DenseTest {

    private final RandomStream random = RandomStream.seed(1);

    @Test
    void d1_workedByHand() {
        Dense dense = new Dense(
                "dense", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3), Tensor.of(new float[] {1, 0, -1}, 3));
        Tensor y = dense.forward(Tensor.of(new float[] {1, -1, 2, 0}, 2, 2), Mode.INFER);
        assertArrayEquals(new float[] {-2, -3, -4, 3, 4, 5}, y.data());
    }

    @ParameterizedTest(name = "N={0} F={1} K={2}")
    @CsvSource({"1,1,1", "3,5,4", "7,33,10", "64,130,65", "2,4,200"})
    void d1_d2_d3_equalTheDefinition(int n, int f, int k) {
        Dense dense = new Dense("dense", Tensor.normal(random, 0.3, f, k), Tensor.normal(random, 1, k));
        Tensor x = Tensor.normal(random, 1, n, f);
        double[][] xs = Nested.matrix(x);
        double[][] w = Nested.matrix(dense.parameters().get(0).value());
        same(
                atelier.definition.Dense.forward(
                        xs, w, Nested.vector(dense.parameters().get(1).value())),
                Nested.matrix(dense.forward(x, Mode.TRAIN)));
        Tensor dY = Tensor.normal(random, 1, n, k);
        double[][] dYs = Nested.matrix(dY);
        same(atelier.definition.Dense.dX(dYs, w), Nested.matrix(dense.backward(dY)));
        same(
                atelier.definition.Dense.dX(dYs, w),
                Nested.matrix(dense.backward(dY))); // and again: gradients add up, dX does not
        double[][] dW = atelier.definition.Dense.dW(dYs, xs);
        double[] db = atelier.definition.Dense.db(dYs);
        for (int j = 0; j < k; j++) {
            db[j] *= 2;
            for (double[] row : dW) {
                row[j] *= 2;
            }
        }
        same(dW, Nested.matrix(dense.parameters().get(0).gradient()));
        same(db, Nested.vector(dense.parameters().get(1).gradient()));
    }

    private static void same(Object expected, Object actual) {
        Difference worst = Difference.largest(expected, actual);
        assertTrue(worst.relative() < 1e-5, worst::toString);
    }

    @Test
    void i1_randomWeightsHaveTheDeviationOfTheirFanIn() {
        double[] w = Nested.vector(
                new Dense("dense", 32, 250, random).parameters().get(0).value());
        double squares = Arrays.stream(w).map(v -> v * v).sum();
        assertEquals(Initialisation.heDeviation(32), Math.sqrt(squares / w.length), 0.01);
    }

    @Test
    void heldStillItStaysAsItIs() {
        Tensor x = Tensor.normal(random, 1, 70, 33);
        LayerLaws.staysAsItIsWhenHeld(() -> new Dense("dense", 33, 65, RandomStream.seed(2)), x);
        LayerLaws.staysAsItIsWhenHeld(() -> new Dense("dense", 33, 65, RandomStream.seed(2)).withoutInputGradient(), x);
    }

    @Test
    void theFirstLayerMaySkipItsInputGradient() {
        Dense dense = new Dense("dense", 3, 2, random).withoutInputGradient();
        dense.forward(Tensor.normal(random, 1, 4, 3), Mode.TRAIN);
        assertNull(dense.backward(Tensor.normal(random, 1, 4, 2)));
    }

    @Test
    void wrongUseIsRefusedWithBothShapes() {
        Dense dense = new Dense("dense1", 3, 2, random);
        assertThrows(IllegalStateException.class, () -> dense.backward(Tensor.zeros(1, 2)));
        String message = assertThrows(ShapeException.class, () -> dense.forward(Tensor.zeros(4, 5), Mode.INFER))
                .getMessage();
        assertTrue(message.contains("dense1") && message.contains("[N,3]") && message.contains("[4, 5]"));
        dense.forward(Tensor.zeros(4, 3), Mode.TRAIN);
        assertThrows(ShapeException.class, () -> dense.backward(Tensor.zeros(4, 3)));
        assertThrows(ShapeException.class, () -> dense.forward(Tensor.zeros(4, 3, 1, 1), Mode.INFER));
        assertThrows(ShapeException.class, () -> new Dense("d", Tensor.zeros(2, 3), Tensor.zeros(2)));
        assertThrows(ShapeException.class, () -> new Dense("d", Tensor.zeros(2, 3, 1), Tensor.zeros(3)));
    }
}
