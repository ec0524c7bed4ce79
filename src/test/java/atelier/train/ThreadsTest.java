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

    /** A full batch and what is left, in each of two epochs. */
    @Test
    void soDoesAGameOfTwoConvolutionalPlayers() throws IOException {
        Dataset few = new Dataset("few", DATA.train().slice(0, 21), DATA.test().slice(0, 9));
        Settings settings = new Settings(2, 17, 1, Schedule.constant(0.001));
        byte[] one = played(1, few, settings);
        for (int threads : new int[] {2, 4}) {
            assertArrayEquals(one, played(threads, few, settings), threads + " threads");
        }
    }

    private byte[] played(int threads, Dataset data, Settings settings) throws IOException {
        return trainedOn(threads, Games.dcgan(10, RandomStream.seed(1)), data, settings);
    }

    private byte[] trainedOn(int threads) throws IOException {
        ConvNet net = new ConvNet(RandomStream.seed(1));
        return trainedOn(threads, new Classifier(net, new Adam(net.parameters(), 0.001)), DATA, Recipes.convnet(1));
    }

    private byte[] trainedOn(int threads, Learner learner, Dataset data, Settings settings) throws IOException {
        Parallel.threads(threads);
        Path here = folder.resolve(String.valueOf(threads));
        new Training(learner, data, settings)
                .progress(Progress.silent())
                .checkpoints(here, false)
                .run();
        return Files.readAllBytes(here.resolve("checkpoint.bin"));
    }
}
