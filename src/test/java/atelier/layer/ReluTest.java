package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.definition.Nested;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ReluTest {

    private final Relu relu = new Relu();

    @Test
    void a1_keepsThePositiveAndBlocksTheRest() {
        Tensor x = Tensor.of(new float[] {-2, 3, 0, 0.5f, -1e-30f, 1e-45f}, 2, 3);
        assertArrayEquals(
                new float[] {0, 3, 0, 0.5f, 0, 1e-45f},
                relu.forward(x, Mode.TRAIN).data());
    }

    @Test
    void a1prime_letsTheGradientThroughWhereTheOutputIsPositive() {
        relu.forward(Tensor.of(new float[] {-2, 3, 0, 1e30f, Float.MAX_VALUE, 1e-45f}, 2, 3), Mode.TRAIN);
        Tensor dY = Tensor.of(new float[] {5, -7, 11, 13, -1e30f, 17}, 2, 3);
        assertArrayEquals(
                new float[] {0, -7, 0, 13, -1e30f, 17}, relu.backward(dY).data());
    }

    @Test
    void aNanStaysANanSoThatTrainingNoticesIt() {
        Tensor x = Tensor.of(new float[] {Float.NaN, 1}, 1, 2);
        assertTrue(Float.isNaN(relu.forward(x, Mode.TRAIN).at(0, 0)));
    }

    @Test
    void a1_twiceIsA1() {
        Tensor once = relu.forward(LayerLaws.normal(1, 4, 7), Mode.TRAIN);
        assertArrayEquals(once.data(), new Relu().forward(once, Mode.TRAIN).data());
    }

    @Test
    void a1_a1prime_equalTheirDefinition() {
        LayerLaws.equalsDefinition(
                new Relu(),
                LayerLaws.normal(1, 3, 4, 5, 6),
                atelier.definition.Relu::forward,
                (dY, x, y) -> Nested.map(dY, x, (d, v) -> atelier.definition.Relu.dX(d, v)));
    }

    @Test
    void theLawsOfLayersHold() {
        LayerLaws.hold(Relu::new, 3);
    }
}
