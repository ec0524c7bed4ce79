package atelier.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Nested;
import atelier.layer.LayerLaws;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxCrossEntropyTest {

    private final SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();

    // exp of the scores: 1 2 5, sum 8, and 3 1 1, sum 5
    private static final Tensor Z = Tensor.of(new float[] {ln(1), ln(2), ln(5), ln(3), ln(1), ln(1)}, 2, 3);

    @Test
    void s1_isThePartOfEachExponential() {
        loss.forward(Z, new int[] {1, 0});
        assertArrayEquals(
                new float[] {1f / 8, 2f / 8, 5f / 8, 3f / 5, 1f / 5, 1f / 5},
                loss.probabilities().data(),
                1e-7f);
    }

    @Test
    void s2_isTheMeanSurpriseInNats() {
        assertEquals((Math.log(8 / 2.0) + Math.log(5 / 3.0)) / 2, loss.forward(Z, new int[] {1, 0}), 1e-7);
    }

    @Test
    void s3_isTheDifferenceDividedByTheBatch() {
        loss.forward(Z, new int[] {1, 0});
        assertArrayEquals(
                new float[] {1f / 16, -6f / 16, 5f / 16, -2f / 10, 1f / 10, 1f / 10},
                loss.backward().data(),
                1e-7f);
    }

    @Test
    void s2_ofANetworkThatKnowsNothingIsLnOfTheClasses() {
        assertEquals(Math.log(10), loss.forward(Tensor.filled(3.7f, 4, 10), new int[] {0, 3, 9, 5}), 1e-12);
    }

    @Test
    void s1_doesNotChangeWhenEveryScoreOfARowGrowsByTheSame() {
        Tensor z = LayerLaws.normal(1, 4, 7);
        int[] labels = {6, 0, 3, 3};
        double before = loss.forward(z, labels);
        float[] p = loss.probabilities().data().clone();
        for (int i = 0; i < z.length(); i++) {
            z.data()[i] += 64;
        }
        assertEquals(before, loss.forward(z, labels), 1e-5);
        assertArrayEquals(p, loss.probabilities().data(), 1e-5f);
    }

    @Test
    void s3_sumsToZeroInEveryRow() {
        loss.forward(LayerLaws.normal(1, 4, 7), new int[] {6, 0, 3, 3});
        Tensor dZ = loss.backward();
        for (int n = 0; n < 4; n++) {
            double sum = 0;
            for (int k = 0; k < 7; k++) {
                sum += dZ.at(n, k);
            }
            assertEquals(0, sum, 1e-7);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {100, 1e4f, 1e30f, Float.MAX_VALUE})
    void noScoreIsTooLarge(float size) {
        Tensor z = Tensor.of(new float[] {-size, size, 0, -size, -size, -size}, 2, 3);
        double surprise = loss.forward(z, new int[] {0, 2});
        assertEquals((2.0 * size + Math.log(3)) / 2, surprise, 1e-6 * size);
        assertArrayEquals(
                new float[] {-0.5f, 0.5f, 0, 1f / 6, 1f / 6, -1f / 3},
                loss.backward().data(),
                1e-6f);
    }

    @Test
    void s1_findsTheLargestScoreWhereverItStands() {
        Tensor z = Tensor.of(new float[] {1000, -1000, 0, -1000, 1000, 0, 0, -1000, 1000}, 3, 3);
        assertEquals(2000, loss.forward(z, new int[] {1, 0, 1}), 1e-9);
        assertArrayEquals(
                new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, loss.probabilities().data());
    }

    @Test
    void aNanScoreGivesANanLossSoThatTrainingStops() {
        assertTrue(Double.isNaN(loss.forward(Tensor.filled(Float.NaN, 1, 3), new int[] {1})));
    }

    @Test
    void labelsAfterTheLastRowAreNotRead() {
        assertEquals(loss.forward(Z, new int[] {1, 0}), loss.forward(Z, new int[] {1, 0, -7, 99}));
    }

    @Test
    void aLabelThatIsNoClassIsRefused() {
        for (int label : new int[] {-1, 3}) {
            String message = assertThrows(IllegalArgumentException.class, () -> loss.forward(Z, new int[] {0, label}))
                    .getMessage();
            assertEquals(
                    "SoftmaxCrossEntropy: expected labels in 0 … 2 but got " + label
                            + " for row 1. Classes are counted from 0.",
                    message);
            assertThrows(IllegalArgumentException.class, () -> loss.forward(Z, new int[] {label, 0}));
        }
    }

    @Test
    void otherShapesAndTooFewLabelsAreRefused() {
        assertThrows(ShapeException.class, () -> loss.forward(Tensor.zeros(2, 3, 1), new int[2]));
        assertThrows(ShapeException.class, () -> loss.forward(Tensor.zeros(0, 3), new int[2]));
        assertThrows(IllegalArgumentException.class, () -> loss.forward(Z, new int[1]));
        assertThrows(IllegalStateException.class, new SoftmaxCrossEntropy()::backward);
    }

    @Test
    void theScoresStayUnchangedAndTheGradientIsWrittenIntoTheSameTensor() {
        Tensor z = Z.copy();
        loss.forward(z, new int[] {1, 0});
        Tensor dZ = loss.backward();
        float[] first = dZ.data().clone();
        assertSame(dZ, loss.backward());
        assertArrayEquals(first, dZ.data());
        assertArrayEquals(Z.data(), z.data());
    }

    @Test
    void anEpochsLastBatchCostsNothingAndThreadsChangeNoBit() {
        Tensor full = LayerLaws.normal(1, 64, 10);
        Tensor last = LayerLaws.normal(2, 17, 10);
        int[] labels = new int[64];
        LayerLaws.allocatesNothing(() -> {
            loss.forward(full, labels);
            loss.backward();
            loss.forward(last, labels);
            loss.backward();
        });
        Tensor many = LayerLaws.normal(3, 10_000, 10);
        LayerLaws.sameBitsOnAnyNumberOfThreads(() -> {
            float nats = (float) loss.forward(many, new int[10_000]);
            return List.of(new float[] {nats}, loss.backward().data().clone());
        });
    }

    private static float ln(double x) {
        return (float) Math.log(x);
    }

    @Test
    void s1_s2_s3_equalTheirDefinitionForOneBatchAfterTheOther() {
        RandomStream random = RandomStream.seed(1);
        int[] labels = {0, 1, 2, 3, 4, 4, 2, 0, 3};
        for (int[] shape : new int[][] {{9, 7}, {9, 7}, {5, 7}, {9, 7}, {9, 5}, {5, 5}, {5, 9}, {7, 9}}) {
            Tensor z = Tensor.normal(random, 3, shape);
            double[][] x = Nested.matrix(z.data(), shape[0], shape[1]);
            int[] t = Arrays.copyOf(labels, shape[0]);
            assertEquals(atelier.definition.SoftmaxCrossEntropy.loss(x, t), loss.forward(z, labels), 1e-12);
            LayerLaws.assertClose(atelier.definition.SoftmaxCrossEntropy.softmax(x), loss.probabilities());
            LayerLaws.assertClose(atelier.definition.SoftmaxCrossEntropy.dX(x, t), loss.backward());
        }
    }
}
