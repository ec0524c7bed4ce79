package atelier.loss;

import static atelier.loss.PixelLossesTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Nested;
import atelier.layer.LayerLaws;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparsityTest {

    static Stream<Sparsity> all() {
        return Stream.of(new L1Sparsity(0.1), new KlSparsity(0.05, 3));
    }

    @Test
    void k1_k2_matchTheCaseWorkedByHand() {
        Sparsity loss = new L1Sparsity(0.5);
        assertEquals(0.5 * 5 / 2, loss.forward(Tensor.of(new float[] {0.5f, 0, -2, 1, -1, 0.5f}, 2, 3)));
        assertArrayEquals(
                new float[] {0.25f, 0, -0.25f, 0.25f, -0.25f, 0.25f},
                loss.backward().data());
    }

    @Test
    void k3_k4_matchTheCaseWorkedByHand() {
        Sparsity loss = new KlSparsity(0.2, 3);
        double first = 0.2 * Math.log(0.2 / 0.5) + 0.8 * Math.log(0.8 / 0.5);
        double second = 0.2 * Math.log(0.2 / 0.75) + 0.8 * Math.log(0.8 / 0.25);
        assertEquals(3 * (first + second), loss.forward(Tensor.of(new float[] {0.25f, 1, 0.75f, 0.5f}, 2, 2)), 1e-14);
        float one = (float) (1.5 * (0.8 / 0.5 - 0.2 / 0.5));
        float two = (float) (1.5 * (0.8 / 0.25 - 0.2 / 0.75));
        assertArrayEquals(new float[] {one, two, one, two}, loss.backward().data(), 1e-6f);
    }

    @Test
    void k1_k2_k3_k4_equalTheirDefinitionForOneBatchAfterTheOther() {
        Sparsity l1 = new L1Sparsity(0.1);
        Sparsity kl = new KlSparsity(0.05, 3);
        for (int[] shape : new int[][] {{9, 7}, {5, 7}, {9, 7}, {128, 64}, {1, 1}}) {
            Tensor code = LayerLaws.normal(1, shape);
            double[][] h = Nested.matrix(code.data(), shape[0], shape[1]);
            double expected = atelier.definition.L1Sparsity.penalty(h, 0.1);
            assertEquals(expected, l1.forward(code), 1e-6 * expected);
            LayerLaws.assertClose(atelier.definition.L1Sparsity.dH(h, 0.1), l1.backward());
            code = Tensor.uniform(RandomStream.seed(2), 0.01, 0.6, shape);
            h = Nested.matrix(code.data(), shape[0], shape[1]);
            expected = atelier.definition.KlSparsity.penalty(h, 0.05, 3);
            assertEquals(expected, kl.forward(code), 1e-5 * expected);
            LayerLaws.assertClose(atelier.definition.KlSparsity.dH(h, 0.05, 3), kl.backward());
        }
    }

    @Test
    void k3_isZeroWhereEveryUnitSpeaksAsOftenAsItShould() {
        Sparsity loss = new KlSparsity(0.25, 1);
        assertEquals(0, loss.forward(Tensor.of(new float[] {0, 0.5f, 0.5f, 0}, 2, 2)), 1e-15);
        assertArrayEquals(new float[4], loss.backward().data(), 1e-7f);
    }

    @Test
    void k3_k4_stayFiniteForAUnitThatIsSilentOrAlwaysOnAndPushItBack() {
        Sparsity loss = new KlSparsity(0.05, 1);
        double penalty = loss.forward(Tensor.of(new float[] {0, 1, 0, 1}, 2, 2));
        assertTrue(penalty > 10 && penalty < 20, "penalty " + penalty);
        assertTrue(loss.backward().at(0, 0) < -1e4 && loss.backward().at(0, 1) > 1e5);
        assertTrue(Float.isFinite(loss.backward().at(0, 0))
                && Float.isFinite(loss.backward().at(0, 1)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void anActivationThatIsNoNumberMakesNoNumberSoThatTrainingStops(Sparsity loss) {
        assertTrue(Double.isNaN(loss.forward(Tensor.of(new float[] {0.5f, Float.NaN}, 1, 2))));
        assertTrue(Float.isNaN(loss.backward().at(0, 1)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void anEpochsLastBatchCostsNothingAndThreadsChangeNoBit(Sparsity loss) {
        Tensor full = Tensor.uniform(RandomStream.seed(1), 0.1, 0.9, 64, 32);
        Tensor last = Tensor.uniform(RandomStream.seed(2), 0.1, 0.9, 17, 32);
        LayerLaws.allocatesNothing(() -> {
            loss.forward(full);
            loss.backward();
            loss.forward(last);
            loss.backward();
        });
        LayerLaws.sameBitsOnAnyNumberOfThreads(() -> {
            float nats = (float) loss.forward(full);
            return List.of(new float[] {nats}, loss.backward().data().clone());
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatDoesNotFit(Sparsity loss) {
        String where = loss.getClass().getSimpleName();
        assertSays(
                where + ".backward: expected a forward pass before but got none. Call forward with the code first.",
                IllegalStateException.class,
                loss::backward);
        assertSays(
                where
                        + ": expected a code [N,D] but got [2, 3, 1]. Give it the output of the encoder's last dense layer.",
                ShapeException.class,
                () -> loss.forward(Tensor.zeros(2, 3, 1)));
    }

    @Test
    void k3_needsActivationsOfASigmoid() {
        assertSays(
                "KlSparsity: expected activations in (0,1) but got unit 1 with a mean of 1.5. End the encoder with a sigmoid.",
                IllegalArgumentException.class,
                () -> new KlSparsity(0.05, 1).forward(Tensor.of(new float[] {0.5f, 1, 0.5f, 2}, 2, 2)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void weightsAreNotNegative(double weight) {
        assertSays(
                "L1Sparsity: expected a weight of 0 or more but got " + weight
                        + ". It is the price beside the reconstruction loss; 0 switches the penalty off.",
                IllegalArgumentException.class,
                () -> new L1Sparsity(weight));
        assertThrows(IllegalArgumentException.class, () -> new KlSparsity(0.05, weight));
        assertThrows(IllegalArgumentException.class, () -> new KlSparsity(Math.min(0, weight), 1));
        assertThrows(IllegalArgumentException.class, () -> new KlSparsity(1, 1));
    }

    @Test
    void theWeight0SwitchesThePenaltyOff() {
        Tensor code = Tensor.of(new float[] {0.5f, 0.25f}, 1, 2);
        for (Sparsity off : List.of(new L1Sparsity(0), new KlSparsity(0.05, 0))) {
            assertEquals(0, off.forward(code));
            assertEquals(0, off.backward().data()[0]);
            assertEquals(0, off.backward().data()[1]);
        }
    }
}
