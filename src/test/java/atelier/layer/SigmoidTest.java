package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import atelier.definition.Nested;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SigmoidTest {

    private final Sigmoid sigmoid = new Sigmoid();

    @Test
    void a3_ofLnThreeIsThreeQuarters() {
        float ln3 = (float) Math.log(3);
        Tensor x = Tensor.of(new float[] {0, ln3, -ln3, 1000, -1000}, 1, 5);
        assertArrayEquals(
                new float[] {0.5f, 0.75f, 0.25f, 1, 0},
                sigmoid.forward(x, Mode.TRAIN).data(),
                1e-7f);
    }

    @Test
    void a3prime_isYTimesOneMinusY() {
        float ln3 = (float) Math.log(3);
        sigmoid.forward(Tensor.of(new float[] {0, ln3, -ln3, 1000}, 1, 4), Mode.TRAIN);
        Tensor dY = Tensor.of(new float[] {8, -16, 32, 1}, 1, 4);
        assertArrayEquals(new float[] {2, -3, 6, 0}, sigmoid.backward(dY).data(), 1e-5f);
    }

    @Test
    void a3_ofMinusXIsOneMinusA3() {
        Tensor x = LayerLaws.normal(1, 4, 7);
        Tensor y = sigmoid.forward(x, Mode.TRAIN).copy();
        for (int i = 0; i < x.length(); i++) {
            x.data()[i] *= -1;
        }
        Tensor mirrored = sigmoid.forward(x, Mode.TRAIN);
        for (int i = 0; i < x.length(); i++) {
            assertEquals(1, y.data()[i] + mirrored.data()[i], 1e-6);
        }
    }

    @Test
    void a3_a3prime_equalTheirDefinition() {
        LayerLaws.equalsDefinition(
                new Sigmoid(),
                LayerLaws.normal(1, 3, 4, 5, 6),
                atelier.definition.Sigmoid::forward,
                (dY, x, y) -> Nested.map(dY, y, (d, v) -> atelier.definition.Sigmoid.dX(d, v)));
    }

    @Test
    void theLawsOfLayersHold() {
        LayerLaws.hold(Sigmoid::new, 3);
    }
}
