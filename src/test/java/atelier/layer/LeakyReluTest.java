package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.definition.Nested;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakyReluTest {

    private final LeakyRelu leaky = new LeakyRelu(0.25);

    @Test
    void a2_shrinksTheNegative() {
        Tensor x = Tensor.of(new float[] {-2, 3, 0, 0.5f, -4e30f, 1e-45f}, 2, 3);
        assertArrayEquals(
                new float[] {-0.5f, 3, 0, 0.5f, -1e30f, 1e-45f},
                leaky.forward(x, Mode.TRAIN).data());
    }

    @Test
    void a2prime_shrinksTheGradientWhereTheOutputIsNotPositive() {
        leaky.forward(Tensor.of(new float[] {-2, 3, 0, 1e30f, -1e38f, 1e-45f}, 2, 3), Mode.TRAIN);
        Tensor dY = Tensor.of(new float[] {4, -7, 8, 13, 12, 17}, 2, 3);
        assertArrayEquals(new float[] {1, -7, 2, 13, 3, 17}, leaky.backward(dY).data());
    }

    @Test
    void a2_isTheSlopeApartFromReluOnBothSides() {
        Tensor x = LayerLaws.normal(1, 4, 7);
        Tensor minus = x.copy();
        for (int i = 0; i < x.length(); i++) {
            minus.data()[i] *= -1;
        }
        Tensor positive = new Relu().forward(x, Mode.TRAIN);
        Tensor negative = new Relu().forward(minus, Mode.TRAIN);
        Tensor y = leaky.forward(x, Mode.TRAIN);
        for (int i = 0; i < x.length(); i++) {
            minus.data()[i] = positive.data()[i] - 0.25f * negative.data()[i];
        }
        assertArrayEquals(minus.data(), y.data());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1, Double.NaN})
    void aSlopeOutsideZeroToOneIsRefused(double slope) {
        assertThrows(IllegalArgumentException.class, () -> new LeakyRelu(slope));
    }

    @Test
    void a2_a2prime_equalTheirDefinition() {
        LayerLaws.equalsDefinition(
                new LeakyRelu(0.2),
                LayerLaws.normal(1, 3, 4, 5, 6),
                v -> atelier.definition.LeakyRelu.forward(v, 0.2),
                (dY, x, y) -> Nested.map(dY, x, (d, v) -> atelier.definition.LeakyRelu.dX(d, v, 0.2)));
    }

    @Test
    void theLawsOfLayersHold() {
        LayerLaws.hold(() -> new LeakyRelu(0.2), 3);
    }
}
