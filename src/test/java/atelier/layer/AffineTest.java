package atelier.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import atelier.definition.Nested;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AffineTest {

    @Test
    void a5_matchesTheCaseWorkedByHand() {
        Affine affine = new Affine(3, -1);
        Tensor x = Tensor.of(new float[] {0, 1, -2, 0.5f}, 2, 2);
        assertArrayEquals(
                new float[] {-1, 2, -7, 0.5f}, affine.forward(x, Mode.TRAIN).data());
        assertArrayEquals(new float[] {0, 3, -6, 1.5f}, affine.backward(x).data());
    }

    @Test
    void a5_takesPixelsToTheRangeOfATanhAndBack() {
        Tensor pixels = Tensor.of(new float[] {0, 0.5f, 1}, 1, 3);
        Tensor centred = Affine.centred().forward(pixels, Mode.TRAIN);
        assertArrayEquals(new float[] {-1, 0, 1}, centred.data());
        assertArrayEquals(
                pixels.data(), Affine.pixels().forward(centred, Mode.TRAIN).data());
    }

    @Test
    void a5_equalsItsFormulaInBothLayouts() {
        LayerLaws.equalsDefinition(
                new Affine(-0.3, 2),
                LayerLaws.normal(1, 3, 4, 5, 6),
                v -> -0.3 * v + 2,
                (dY, x, y) -> Nested.map(dY, d -> -0.3 * d));
    }

    @Test
    void theLawsOfLayersHold() {
        LayerLaws.hold(() -> new Affine(0.7, 0.1), 3);
    }

    @Test
    void aGradientInTheOtherLayoutAllocatesNothing() {
        for (int channels : new int[] {1, 3}) {
            Affine affine = new Affine(2, -1);
            affine.forward(LayerLaws.normal(1, 4, channels, 5, 6), Mode.TRAIN);
            Tensor dY = LayerLaws.normal(2, 4, channels, 5, 6).channelsLast();
            LayerLaws.allocatesNothing(() -> affine.backward(dY));
        }
    }
}
