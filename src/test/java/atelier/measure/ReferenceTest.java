package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.data.Scribbles;
import atelier.tensor.RandomStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private static final Dataset SCRIBBLES = Scribbles.load(1, 1200, 500);

    private static Reference reference() throws InterruptedException {
        return new Reference(Judge.standard(), SCRIBBLES);
    }

    @Test
    void freshImagesOfTheSameKindPassEveryTest() throws InterruptedException {
        Generated fresh = reference().measure(Scribbles.load(2, 10, 500).test());
        assertEquals(500, fresh.count());
        assertEquals(fresh.floor(), fresh.frechet(), 0.25 * fresh.floor());
        assertTrue(fresh.kernel().low() < 0 && fresh.kernel().high() > 0);
        assertTrue(fresh.precisionRecall().precision() > 0.7);
        assertTrue(fresh.precisionRecall().recall() > 0.7);
        assertEquals(10, fresh.modes().covered());
        assertTrue(fresh.modes().divergence() < 0.05);
        assertEquals(0.5, fresh.memorisation().copying(), 0.1);
    }

    @Test
    void copiesOfTrainingImagesPassAllTestsButOne() throws InterruptedException {
        Generated copies = reference().measure(SCRIBBLES.train().slice(300, 800));
        assertEquals(copies.floor(), copies.frechet(), 0.25 * copies.floor());
        assertTrue(copies.kernel().low() < 0);
        assertTrue(copies.precisionRecall().precision() > 0.7);
        assertEquals(10, copies.modes().covered());
        assertEquals(1, copies.memorisation().copying());
    }

    @Test
    void oneDigitForAllOrNoiseFailsWhereItShould() throws InterruptedException {
        Reference reference = reference();
        Generated zeros = reference.measure(Scribbles.load(3, 10, 3000).test().where(digit -> digit == 0));
        assertEquals(300, zeros.count());
        assertTrue(zeros.frechet() > 5 * zeros.floor());
        assertTrue(zeros.kernel().low() > 0);
        assertTrue(zeros.precisionRecall().precision() > 0.6
                && zeros.precisionRecall().recall() < 0.4);
        assertTrue(zeros.modes().covered() <= 2 && zeros.modes().divergence() > 1.5);

        byte[] noise = new byte[100 * 784];
        RandomStream random = RandomStream.seed(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.below(256);
        }
        Generated nothing = reference.measure(new ImageSet(noise, new byte[100], 28, 28));
        assertEquals(reference.ceiling(100), nothing.frechet(), 0.1 * nothing.frechet());
        assertEquals(0, nothing.precisionRecall().precision());
        assertEquals(0, nothing.memorisation().copying());
    }

    @Test
    void theFloorIsHigherForFewerImagesAndKeptWithTheResult() throws InterruptedException {
        Reference reference = reference();
        Generated few = reference.measure(SCRIBBLES.train().slice(0, 100));
        assertEquals(reference.floor(100), few.floor());
        assertTrue(few.floor() > 3 * reference.floor(500), "the bias");
        assertTrue(reference.ceiling(500) > 20 * reference.floor(500));
    }

    @Test
    void anotherCallBetweenChangesNothing() throws InterruptedException {
        Reference reference = reference();
        ImageSet samples = Scribbles.load(2, 10, 200).test();
        Generated before = reference.measure(samples);
        reference.measure(SCRIBBLES.train().slice(0, 60));
        assertEquals(before.metrics(), reference.measure(samples).metrics());
        assertEquals(before.metrics(), reference().measure(samples).metrics(), "nor does another object");
    }

    @Test
    void ofTooManySamplesADrawIsJudged() throws InterruptedException {
        Generated some = reference().measure(Scribbles.load(1, 1200, 500).train());
        assertEquals(500, some.count());
        int[] judged = some.judged();
        assertTrue(judged[0] >= 0 && judged[499] < 1200 && judged[499] > 1000);
        for (int i = 1; i < 500; i++) {
            assertTrue(judged[i] > judged[i - 1]);
        }
        Generated all = reference().measure(SCRIBBLES.test());
        assertArrayEquals(IntStream.range(0, 500).toArray(), all.judged());
    }

    @Test
    void metricsHaveTheirNamesAndOrder() throws InterruptedException {
        Generated some = reference().measure(SCRIBBLES.train().slice(0, 50));
        assertEquals(
                List.of(
                        "frechet_distance",
                        "frechet_n",
                        "frechet_floor",
                        "kid",
                        "precision",
                        "recall",
                        "modes",
                        "class_kl",
                        "memorisation"),
                List.copyOf(some.metrics().keySet()));
        assertEquals(50, some.metrics().get("frechet_n"));
        assertEquals(some.precisionRecall().recall(), some.metrics().get("recall"));
    }

    @Test
    void onMnistTheFloorIsWhatIsReported() throws InterruptedException {
        Reference mnist = new Reference(Judge.standard(), TestData.mnist());
        assertEquals(10_000, mnist.most());
        assertEquals(1.0309, mnist.floor(10_000), 0.001);
        assertEquals(5.369, mnist.floor(1000), 0.001);
    }

    @Test
    void anInterruptStopsIt() throws InterruptedException {
        Reference reference = reference();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> reference.measure(SCRIBBLES.test()));
        assertFalse(Thread.interrupted());
    }

    @Test
    void tooFewImagesAreNamedAtTheDoor() throws InterruptedException {
        assertThrows(
                IllegalArgumentException.class,
                () -> reference().measure(SCRIBBLES.train().slice(0, 19)));
        assertThrows(IllegalArgumentException.class, () -> new Reference(Judge.standard(), Scribbles.load(1, 100, 19)));
        assertThrows(IllegalArgumentException.class, () -> reference().floor(1));
    }
}
