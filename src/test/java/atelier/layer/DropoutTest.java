package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.definition.Nested;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {

    @Test
    void o1_silencesWhereTheStreamSaysSoAndScalesTheRest() {
        Tensor x = LayerLaws.normal(1, 5, 8);
        Tensor y = new Dropout(0.2, RandomStream.seed(3)).forward(x, Mode.TRAIN);
        RandomStream same = RandomStream.seed(3);
        for (int i = 0; i < x.length(); i++) {
            assertEquals((same.uniform() < 0.2 ? 0 : 1.25f) * x.data()[i], y.data()[i]);
        }
    }

    @Test
    void o2_sendsTheGradientThroughTheSameMask() {
        Tensor ones = Tensor.filled(1, 5, 8);
        Dropout dropout = new Dropout(0.2, RandomStream.seed(3));
        float[] mask = dropout.forward(ones, Mode.TRAIN).data().clone();
        Tensor dY = LayerLaws.normal(2, 5, 8);
        Tensor dX = dropout.backward(dY);
        for (int i = 0; i < mask.length; i++) {
            assertEquals(dY.data()[i] * mask[i], dX.data()[i]);
        }
    }

    @Test
    void o1_keepsTheMeanAndSilencesTheStatedPart() {
        Tensor y = new Dropout(0.3, RandomStream.seed(4)).forward(Tensor.filled(1, 100, 1000), Mode.TRAIN);
        double sum = 0;
        int silent = 0;
        for (float number : y.data()) {
            sum += number;
            silent += number == 0 ? 1 : 0;
        }
        // The part of 100,000 draws has a standard deviation of 0.00145, the mean of 0.0021; four of them are allowed.
        assertEquals(0.3, silent / 1e5, 0.0058);
        assertEquals(1, sum / 1e5, 0.0083);
    }

    @Test
    void inferringIsTheIdentityAndDrawsNothing() {
        RandomStream random = RandomStream.seed(5);
        Dropout dropout = new Dropout(0.5, random);
        Tensor x = LayerLaws.normal(1, 5, 8);
        assertSame(x, dropout.forward(x, Mode.INFER));
        assertSame(x, dropout.backward(x));
        assertEquals(0, random.position());
    }

    @Test
    void everyStepDrawsANewMaskAndAStoredPositionBringsItBack() {
        Dropout dropout = new Dropout(0.5, RandomStream.seed(6));
        Tensor x = Tensor.filled(1, 5, 8);
        float[] first = dropout.forward(x, Mode.TRAIN).data().clone();
        long position = dropout.randomness().get(0).position();
        float[] second = dropout.forward(x, Mode.TRAIN).data().clone();
        assertNotEquals(Arrays.hashCode(first), Arrays.hashCode(second));
        dropout.randomness().get(0).position(position);
        assertArrayEquals(second, dropout.forward(x, Mode.TRAIN).data());
    }

    @Test
    void o1_withRateZeroIsTheIdentity() {
        Tensor x = LayerLaws.normal(7, 5, 8);
        assertArrayEquals(
                x.data(),
                new Dropout(0, RandomStream.seed(8)).forward(x, Mode.TRAIN).data());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -0.1, 2, Double.NaN})
    void aRateOutsideZeroToOneIsRefused(double rate) {
        assertThrows(IllegalArgumentException.class, () -> new Dropout(rate, RandomStream.seed(1)));
    }

    @Test
    void o1_o2_equalTheirDefinition() {
        Tensor x = LayerLaws.normal(1, 3, 4, 5, 6);
        Tensor dY = LayerLaws.normal(2, 3, 4, 5, 6);
        Dropout dropout = new Dropout(0.3, RandomStream.seed(8));
        RandomStream same = RandomStream.seed(8);
        double[][][][] mask = Nested.map(x.nested(), v -> same.uniform() < 0.3 ? 0 : 1);
        LayerLaws.assertClose(
                Nested.map(x.nested(), mask, (v, m) -> atelier.definition.Dropout.forward(v, m, 0.3)),
                dropout.forward(x, Mode.TRAIN));
        LayerLaws.assertClose(
                Nested.map(dY.nested(), mask, (d, m) -> atelier.definition.Dropout.dX(d, m, 0.3)),
                dropout.backward(dY));
    }

    @Test
    void theLawsOfLayersHold() {
        Dropout dropout = new Dropout(0.5, RandomStream.seed(7));
        Tensor x = LayerLaws.normal(1, 4, 3, 5, 7);
        LayerLaws.needsForwardBeforeBackward(dropout);
        LayerLaws.refusesGradientsOfAnotherShape(dropout, x);
        LayerLaws.leavesItsInputsAlone(dropout, x.channelsLast());
        LayerLaws.reusesItsOutputs(dropout, x);
        LayerLaws.allocatesNothing(dropout, x);
        LayerLaws.staysAsItIsWhenHeld(() -> new Dropout(0.5, RandomStream.seed(7)), x);
        LayerLaws.givesTheSameBitsOnAnyNumberOfThreads(
                () -> new Dropout(0.5, RandomStream.seed(7)), LayerLaws.normal(1, 13, 3, 31, 29));
    }
}
