package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.ImageSet;
import atelier.layer.Layer;
import atelier.layer.Mode;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class EvaluationTest {

    /** Classes 0, 0, 1, 2, 2 of three; image 1 is taken for class 1, image 4 for class 0. */
    private static Evaluation worked() {
        Tensor scores = Tensor.of(
                new float[] {
                    2, 0, 0, // 0, right
                    0, 1, 0, // 0, wrong
                    -1, 3, 0, // 1, right
                    0, 0, 5, // 2, right
                    9, 0, 0, // 2, badly wrong
                },
                5,
                3);
        return Evaluation.of(scores, new int[] {0, 0, 1, 2, 2});
    }

    @Test
    void m1_accuracyCountsRightAnswers() {
        assertEquals(3, worked().right());
        assertEquals(0.6, worked().accuracy(), 1e-15);
        assertArrayEquals(new int[] {0, 1, 1, 2, 0}, worked().predicted());
    }

    @Test
    void confusionHasTruthInRows() {
        assertArrayEquals(new int[][] {{1, 1, 0}, {0, 1, 0}, {1, 0, 1}}, worked().confusion());
    }

    @Test
    void m2_m3_precisionAndRecallAreWorkedOutByClass() {
        Table table = worked().perClass();
        assertArrayEquals(
                new double[] {0.5, 0.5, 1}, table.doubleColumn("precision").asDoubleArray(), 1e-15);
        assertArrayEquals(
                new double[] {0.5, 1, 0.5}, table.doubleColumn("recall").asDoubleArray(), 1e-15);
        assertArrayEquals(new int[] {2, 1, 2}, table.intColumn("images").asIntArray());
    }

    @Test
    void aClassThatIsNeverThereHasNoRecall() {
        Table table = Evaluation.of(Tensor.of(new float[] {1, 0}, 1, 2), new int[] {0})
                .perClass();
        assertTrue(table.doubleColumn("recall").isMissing(1));
        assertTrue(table.doubleColumn("precision").isMissing(1));
    }

    @Test
    void lossesAreNatsOfTheTrueClass() {
        Evaluation ignorant = Evaluation.of(Tensor.zeros(4, 10), new int[] {0, 3, 9, 5});
        assertEquals(Math.log(10), ignorant.loss(), 1e-12);
        assertEquals(Math.log(1 + 2 * Math.exp(-2)), worked().losses()[0], 1e-12);
        assertEquals(9, worked().losses()[4], 1e-3);
        Tensor huge = Tensor.of(new float[] {3e38f, -3e38f}, 1, 2);
        assertEquals(6e38, Evaluation.of(huge, new int[] {1}).loss(), 1e32);
    }

    @Test
    void theWorstMistakeComesFirstAndRightAnswersNever() {
        assertArrayEquals(new int[] {4, 1}, worked().mistakes(10));
        assertArrayEquals(new int[] {4}, worked().mistakes(1));
        assertEquals(0, worked().mistakes(0).length);
    }

    @Test
    void aSetIsReadInBatchesAndNoImageIsLost() {
        byte[] pixels = new byte[1000];
        byte[] labels = new byte[1000];
        for (int i = 0; i < 1000; i++) {
            pixels[i] = (byte) (i % 10);
            labels[i] = (byte) (i % 10);
        }
        Evaluation all = Evaluation.of(new ReadsBrightness(), new ImageSet(pixels, labels, 1, 1));
        assertEquals(1, all.accuracy());
        assertArrayEquals(IntStream.range(0, 1000).map(i -> i % 10).toArray(), all.labels());
    }

    @Test
    void wrongInputIsNamedAtTheDoor() {
        assertThrows(ShapeException.class, () -> Evaluation.of(Tensor.zeros(3, 2), new int[2]));
        assertThrows(IllegalArgumentException.class, () -> Evaluation.of(Tensor.zeros(1, 2), new int[] {2}));
        ImageSet none = new ImageSet(new byte[0], new byte[0], 1, 1);
        assertThrows(IllegalArgumentException.class, () -> Evaluation.of(new ReadsBrightness(), none));
    }

    /** Answers the digit whose number is the pixel; keeps one output, as layers do. */
    private static final class ReadsBrightness implements Layer {

        private final float[] kept = new float[256 * 10];

        @Override
        public Tensor forward(Tensor x, Mode mode) {
            assertEquals(Mode.INFER, mode);
            int n = x.size(0);
            float[] scores = n == 256 ? kept : new float[n * 10];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < 10; k++) {
                    scores[i * 10 + k] = -Math.abs(x.at(i, 0, 0, 0) * 255 - k);
                }
            }
            return Tensor.of(scores, n, 10);
        }

        @Override
        public Tensor backward(Tensor dY) {
            throw new UnsupportedOperationException();
        }
    }
}
