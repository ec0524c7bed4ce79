package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import atelier.definition.Nested;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TanhTest {

    private final Tanh tanh = new Tanh();

    @Test
    void a4_ofHalfLnThreeIsOneHalf() {
        float x = (float) (Math.log(3) / 2);
        Tensor y = tanh.forward(Tensor.of(new float[] {0, x, -x, 1000, -1000}, 1, 5), Mode.TRAIN);
        assertArrayEquals(new float[] {0, 0.5f, -0.5f, 1, -1}, y.data(), 1e-7f);
    }

    @Test
    void a4prime_isOneMinusYSquared() {
        float x = (float) (Math.log(3) / 2);
        tanh.forward(Tensor.of(new float[] {0, x, -x, 1000}, 1, 4), Mode.TRAIN);
        Tensor dY = Tensor.of(new float[] {8, -16, 32, 1}, 1, 4);
        assertArrayEquals(new float[] {8, -12, 24, 0}, tanh.backward(dY).data(), 1e-5f);
    }

    @Test
    void a4_isASigmoidOfTwiceX() {
        Tensor x = LayerLaws.normal(1, 4, 7);
        Tensor y = tanh.forward(x, Mode.TRAIN);
        for (int i = 0; i < x.length(); i++) {
            x.data()[i] *= 2;
        }
        Tensor s = new Sigmoid().forward(x, Mode.TRAIN);
        for (int i = 0; i < x.length(); i++) {
            assertEquals(2 * s.data()[i] - 1, y.data()[i], 1e-6);
        }
    }

    @Test
    void a4_a4prime_equalTheirDefinition() {
        LayerLaws.equalsDefinition(
                new Tanh(),
                LayerLaws.normal(1, 3, 4, 5, 6),
                atelier.definition.Tanh::forward,
                (dY, x, y) -> Nested.map(dY, y, (d, v) -> atelier.definition.Tanh.dX(d, v)));
    }

    @Test
    void theLawsOfLayersHold() {
        LayerLaws.hold(Tanh::new, 3);
    }
}
