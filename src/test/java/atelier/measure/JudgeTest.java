package atelier.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.ImageSet;
import atelier.data.Scribbles;
import atelier.layer.Mode;
import atelier.model.ConvNet;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import atelier.train.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {

    @TempDir
    private Path folder;

    private static final ImageSet SCRIBBLES = Scribbles.load(1, 10, 600).test();

    @Test
    void itsFileSaysWhatItWasTrainedWith() {
        Map<String, String> identity = Judge.standard().identity();
        assertEquals("convnet", identity.get("model"));
        assertEquals(new ConvNet(RandomStream.seed(1)).architecture(), identity.get("architecture"));
        assertEquals("mnist", identity.get("data"));
        assertEquals("1", identity.get("seed"));
        assertEquals("scratch", identity.get("engine"));
        assertTrue(identity.get("training images").startsWith("60000, SHA-256 "), identity::toString);
    }

    @Test
    void itsFileIsWholeAndReadsAsTheTrainingRoomReadsIt() throws IOException {
        Path file = folder.resolve("judge.bin");
        try (InputStream in = JudgeFile.open()) {
            Files.write(file, in.readAllBytes());
        }
        ModelFile read = ModelFile.read(file); // which checks the digest
        ConvNet theirs = new ConvNet(RandomStream.seed(2));
        read.into(theirs);
        ConvNet ours = new ConvNet(RandomStream.seed(3));
        assertEquals(read.identity(), JudgeFile.into(ours));
        for (int i = 0; i < ours.parameters().size(); i++) {
            assertArrayEquals(
                    theirs.parameters().get(i).value().data(),
                    ours.parameters().get(i).value().data());
        }
    }

    @Test
    void itSeesWhatTheNetworkComputesInFrontOfItsLastLayer() throws InterruptedException {
        ConvNet net = new ConvNet(RandomStream.seed(4));
        Features seen = new Judge(net).of(SCRIBBLES);
        assertEquals(600, seen.count());
        assertTrue(seen.activations().hasShape(600, 128));
        Tensor logits = net.forward(SCRIBBLES.images(0, 600), Mode.INFER);
        Tensor w = net.parameters().get(6).value(); // dense2
        Tensor b = net.parameters().get(7).value();
        for (int n = 0; n < 600; n += 37) {
            double sum = 0;
            for (int k = 0; k < 10; k++) {
                double logit = b.at(k);
                for (int f = 0; f < 128; f++) {
                    logit += seen.activations().at(n, f) * w.at(f, k);
                    assertTrue(seen.activations().at(n, f) >= 0);
                }
                assertEquals(logits.at(n, k), logit, 1e-4);
                assertTrue(logits.at(n, k) <= logits.at(n, seen.digits()[n]));
                sum += Math.exp(logits.at(n, k) - logits.at(n, 0));
            }
            assertEquals(1 / sum, seen.probabilities().at(n, 0), 1e-6);
        }
    }

    @Test
    void setsTensorsAndAnyNumberOfThreadsGiveTheSameBits() throws InterruptedException {
        Judge judge = Judge.standard();
        Features set = judge.of(SCRIBBLES);
        Features tensor = judge.of(SCRIBBLES.images(0, 600));
        assertArrayEquals(set.activations().data(), tensor.activations().data());
        assertArrayEquals(set.digits(), tensor.digits());
        int threads = Parallel.threads();
        try {
            Parallel.threads(threads == 1 ? 3 : 1);
            Features other = Judge.standard().of(SCRIBBLES);
            assertArrayEquals(set.activations().data(), other.activations().data());
            assertArrayEquals(set.probabilities().data(), other.probabilities().data());
        } finally {
            Parallel.threads(threads);
        }
    }

    @Test
    void partsOfFeaturesAreThoseOfThoseImages() throws InterruptedException {
        Features all = Judge.standard().of(SCRIBBLES);
        Features some = all.pick(7, 3);
        assertEquals(all.activations().at(3, 5), some.activations().at(1, 5));
        assertEquals(all.probabilities().at(7, 5), some.probabilities().at(0, 5));
        assertArrayEquals(new int[] {all.digits()[7], all.digits()[3]}, some.digits());
        assertArrayEquals(
                all.pick(0, 1, 2).activations().data(),
                all.first(3).activations().data());
    }

    @Test
    void itReadsMnist() throws InterruptedException {
        ImageSet test = TestData.mnist().test();
        int[] digits = Judge.standard().of(test).digits();
        int right = 0;
        for (int i = 0; i < test.count(); i++) {
            right += digits[i] == test.label(i) ? 1 : 0;
        }
        assertEquals(9915, right);
    }

    @Test
    void anInterruptStopsIt() {
        Judge judge = Judge.standard();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> judge.of(SCRIBBLES));
        assertFalse(Thread.interrupted());
    }

    @Test
    void imagesThatItCannotReadAreNamedAtTheDoor() {
        Judge judge = Judge.standard();
        assertThrows(ShapeException.class, () -> judge.of(Tensor.zeros(0, 1, 28, 28)));
        assertThrows(ShapeException.class, () -> judge.of(Tensor.zeros(2, 784)));
        assertThrows(ShapeException.class, () -> judge.of(new ImageSet(new byte[64], new byte[1], 8, 8)));
        assertThrows(ShapeException.class, () -> new Features(Tensor.zeros(2, 3), Tensor.zeros(2, 10), new int[3]));
    }
}
