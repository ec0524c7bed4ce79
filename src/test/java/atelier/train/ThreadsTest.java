package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import atelier.data.Dataset;
import atelier.data.Scribbles;
import atelier.model.ConvNet;
import atelier.optim.Adam;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadsTest {

    private static final Dataset DATA = Scribbles.load(2, 200, 50);

    @TempDir
    private Path folder;

    private int before;

    @BeforeEach
    void remember() {
        before = Parallel.threads();
    }

    @AfterEach
    void restore() {
        Parallel.threads(before);
    }

    @Test
    void anyNumberOfThreadsWritesTheSameCheckpoint() throws IOException {
        byte[] one = trainedOn(1);
        for (int threads : new int[] {2, 3, 4}) {
            assertArrayEquals(one, trainedOn(threads), threads + " threads");
        }
    }

    private byte[] trainedOn(int threads) throws IOException {
        Parallel.threads(threads);
        Path here = folder.resolve(String.valueOf(threads));
        ConvNet net = new ConvNet(RandomStream.seed(1));
        new Training(new Classifier(net, new Adam(net.parameters(), 0.001)), DATA, Recipes.convnet(1))
                .progress(Progress.silent())
                .checkpoints(here, false)
                .run();
        return Files.readAllBytes(here.resolve("checkpoint.bin"));
    }
}
