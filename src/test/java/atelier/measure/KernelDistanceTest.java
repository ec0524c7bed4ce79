package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.ImageSet;
import atelier.data.Scribbles;
import atelier.definition.Nested;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KernelDistanceTest {

    private static Tensor cloud(long seed, double mean, int n, int f) {
        Tensor x = Tensor.normal(RandomStream.seed(seed), 1, n, f);
        for (int i = 0; i < x.length(); i++) {
            x.data()[i] += (float) mean;
        }
        return x;
    }

    @Test
    void e2_ofTwoPairsOfNumbersIsWorkedOutByHand() {
        KernelDistance one =
                KernelDistance.of(Tensor.of(new float[] {0, 1}, 2, 1), Tensor.of(new float[] {1, 2}, 2, 1), 2);
        assertArrayEquals(new double[] {1 + 27 - 2 * 37 / 4.0}, one.blocks(), 1e-6);
    }

    @Test
    void e2_isWhatTheDefinitionSays() {
        Tensor x = cloud(1, 0.5, 40, 7);
        Tensor y = cloud(2, 0.2, 40, 7);
        double expected =
                atelier.definition.KernelDistance.of(Nested.matrix(x.data(), 40, 7), Nested.matrix(y.data(), 40, 7));
        KernelDistance whole = KernelDistance.of(x, y, 40);
        assertEquals(expected, whole.distance(), 1e-5);
        assertEquals(Double.NEGATIVE_INFINITY, whole.low(), "one block says nothing of others");
    }

    @Test
    void e2_ofImagesAsTheJudgeSeesThemIsWhatTheDefinitionSays() throws InterruptedException {
        ImageSet images = Scribbles.load(1, 160, 20).train();
        float[] seen = Judge.standard().of(images).activations().data();
        Tensor x = Tensor.of(Arrays.copyOf(seen, 80 * 128), 80, 128);
        Tensor y = Tensor.of(Arrays.copyOfRange(seen, 80 * 128, 160 * 128), 80, 128);
        double expected = atelier.definition.KernelDistance.of(
                Nested.matrix(x.data(), 80, 128), Nested.matrix(y.data(), 80, 128));
        assertEquals(expected, KernelDistance.of(x, y, 80).distance(), 1e-3);
    }

    @Test
    void e2_isZeroOnAverageForSamplesOfOneSetWhichTheIntervalHolds() {
        KernelDistance same = KernelDistance.of(cloud(1, 0, 4000, 5), cloud(2, 0, 4000, 5));
        assertEquals(10, same.blocks().length);
        assertTrue(same.low() < 0 && same.high() > 0, same.low() + " … " + same.high());
        assertTrue(Arrays.stream(same.blocks()).anyMatch(d -> d < 0), "some of it is negative");
        KernelDistance other = KernelDistance.of(cloud(1, 0, 4000, 5), cloud(2, 0.3, 4000, 5));
        assertTrue(other.low() > 0, other.low() + " … " + other.high());
    }

    @Test
    void theIntervalIsStudentsWorkedOutByHand() {
        KernelDistance three = new KernelDistance(new double[] {1, 2, 6}); // mean 3, s² = (4 + 1 + 9)/2
        assertEquals(3, three.distance(), 1e-15);
        double half = 4.302653 * Math.sqrt(7 / 3.0); // t of 95 % and two degrees of freedom
        assertEquals(3 - half, three.low(), 1e-5);
        assertEquals(3 + half, three.high(), 1e-5);
    }

    @Test
    void blocksAreDealtSoThatSortedImagesDoNoHarm() {
        Tensor x = cloud(1, 0, 1000, 3);
        Tensor y = cloud(2, 0, 1000, 3);
        for (Tensor sorted : new Tensor[] {x, y}) {
            for (int i = 0; i < sorted.length(); i++) {
                sorted.data()[i] += sorted == x ? i / 1500 : 1 - i / 1500; // one set ascends, the other descends
            }
        }
        KernelDistance dealt = KernelDistance.of(x, y);
        assertTrue(dealt.low() < 0 && dealt.high() > 0, dealt.low() + " … " + dealt.high());
        assertArrayEquals(dealt.blocks(), KernelDistance.of(x, y).blocks(), "always in the same way");
    }

    @Test
    void wrongInputIsNamedAtTheDoor() {
        assertThrows(ShapeException.class, () -> KernelDistance.of(Tensor.zeros(19, 3), Tensor.zeros(40, 3)));
        assertThrows(ShapeException.class, () -> KernelDistance.of(Tensor.zeros(40, 3), Tensor.zeros(40, 2)));
        assertThrows(ShapeException.class, () -> KernelDistance.of(Tensor.zeros(40, 3, 1, 1), Tensor.zeros(40, 3)));
    }
}
