package atelier.loss;

import static atelier.loss.PixelLossesTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import atelier.layer.LayerLaws;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void theMeanAndItsGradientMatchTheCaseWorkedByHand() {
        Tensor d = Tensor.of(new float[] {3, 1, 0, -2}, 4, 1);
        Verdict verdict = Verdict.fake(new LeastSquares());
        assertEquals((9 + 1 + 0 + 4) / 8.0, verdict.forward(d));
        assertArrayEquals(
                new float[] {0.75f, 0.25f, 0, -0.5f}, verdict.backward().data());
        assertEquals((4 + 0 + 1 + 9) / 8.0, Verdict.real(new LeastSquares()).forward(d));
        assertEquals(-2 / 4.0, Verdict.generator(new Wasserstein()).forward(d));
    }

    @Test
    void theGradientStaysWhenTheLogitsAreOverwritten() {
        Tensor d = Tensor.of(new float[] {3, 1}, 2, 1);
        Verdict verdict = Verdict.fake(new LeastSquares());
        verdict.forward(d);
        d.fill(0);
        assertArrayEquals(new float[] {1.5f, 0.5f}, verdict.backward().data());
    }

    @Test
    void batchesOfTheSameSizeAllocateNothing() {
        Tensor d = LayerLaws.normal(1, 64, 1);
        Verdict verdict = Verdict.real(new NonSaturating(0.1));
        LayerLaws.allocatesNothing(() -> {
            verdict.forward(d);
            verdict.backward();
        });
    }

    @Test
    void itNeedsOneLogitForEachImage() {
        Verdict verdict = Verdict.real(new Hinge());
        for (int[] shape : new int[][] {{3, 2}, {3}, {0, 1}, {3, 1, 1, 1}}) {
            assertSays(
                    "Verdict: expected a logit for each image, [N,1], but got " + java.util.Arrays.toString(shape)
                            + ". A discriminator ends in one number.",
                    ShapeException.class,
                    () -> verdict.forward(Tensor.zeros(shape)));
        }
    }
}
