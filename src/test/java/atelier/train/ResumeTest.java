package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.optim.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {

    private static byte[] uninterrupted;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trainWithoutStopping(@TempDir Path other) throws IOException {
        TinyModel.training(TinyModel.learner()).checkpoints(other, false, 4).run();
        uninterrupted = Files.readAllBytes(other.resolve("checkpoint.bin"));
    }

    /** 18 steps, stopped up to five times, also in the middle of an epoch; each time by a learner that knows nothing. */
    @Test
    void aStoppedTrainingEndsWithTheSameBytesAsOneThatNeverStopped() throws IOException {
        Random random = new Random(8);
        for (int round = 0; round < 30; round++) {
            Path here = folder.resolve("round" + round);
            int stops = 0;
            History history;
            do {
                Trainee trainee = stops == 5
                        ? TinyModel.learner()
                        : new TrainingTest.Interrupting(TinyModel.learner(), 1 + random.nextInt(8));
                history = TinyModel.training(trainee)
                        .checkpoints(here, stops > 0, 4)
                        .run();
                stops++;
            } while (history.end() == History.End.INTERRUPTED);
            assertTrue(stops > 1);
            assertEquals(3, history.epochs().size());
            assertTrue(history.epochs().get(0).seconds() > 0, "times of earlier runs are kept");
            assertArrayEquals(uninterrupted, Files.readAllBytes(here.resolve("checkpoint.bin")), "round " + round);
        }
    }

    @Test
    void theBytesDependNeitherOnTheFolderNorOnTheTime() throws IOException {
        Path elsewhere = folder.resolve("päth with spaces/and depth");
        TinyModel.training(TinyModel.learner()).checkpoints(elsewhere, false, 4).run();
        assertArrayEquals(uninterrupted, Files.readAllBytes(elsewhere.resolve("checkpoint.bin")));
    }

    @Test
    void whatDiesWithoutAWordGoesOnFromItsLatestCheckpoint() throws IOException {
        Trainee dying = new TrainingTest.Around(TinyModel.learner()) {
            @Override
            public double step(atelier.data.Batch batch) {
                if (steps == 11) {
                    throw new IllegalStateException("killed");
                }
                return super.step(batch);
            }
        };
        Training training = TinyModel.training(dying).checkpoints(folder, false, 4);
        assertThrows(IllegalStateException.class, training::run);
        Position position = new Checkpoints(folder)
                .load(note -> {
                    throw new AssertionError(note);
                })
                .orElseThrow()
                .position();
        assertEquals(1, position.epoch());
        assertEquals(4, position.batch(), "of 5 that were learnt: one is written every 4");
        History history = TinyModel.training(TinyModel.learner())
                .checkpoints(folder, true, 4)
                .run();
        assertEquals(3, history.epochs().size());
        assertArrayEquals(uninterrupted, Files.readAllBytes(folder.resolve("checkpoint.bin")));
    }

    @Test
    void aFinishedTrainingIsLeftAlone() throws IOException {
        TinyModel.training(TinyModel.learner()).checkpoints(folder, false, 4).run();
        byte[] previous = Files.readAllBytes(folder.resolve("checkpoint.previous.bin"));
        Classifier learner = TinyModel.learner();
        History history =
                TinyModel.training(learner).checkpoints(folder, true, 4).run();
        assertEquals(History.End.FINISHED, history.end());
        assertEquals(3, history.epochs().size());
        assertEquals(18, learner.optimizers().get(0).steps(), "the learner is the trained one");
        assertArrayEquals(uninterrupted, Files.readAllBytes(folder.resolve("checkpoint.bin")));
        assertArrayEquals(previous, Files.readAllBytes(folder.resolve("checkpoint.previous.bin")));
    }

    @Test
    void stoppingAgainWithoutAStepKeepsThePreviousCheckpoint() throws IOException {
        TinyModel.training(new TrainingTest.Interrupting(TinyModel.learner(), 9))
                .checkpoints(folder, false, 4)
                .run();
        byte[] previous = Files.readAllBytes(folder.resolve("checkpoint.previous.bin"));
        Thread.currentThread().interrupt();
        History history = TinyModel.training(TinyModel.learner())
                .checkpoints(folder, true, 4)
                .run();
        assertEquals(History.End.INTERRUPTED, history.end());
        assertArrayEquals(previous, Files.readAllBytes(folder.resolve("checkpoint.previous.bin")));
    }

    @Test
    void aConstantRateCanGoOnToMoreEpochs() throws IOException {
        Settings three = new Settings(3, 20, 7, Schedule.constant(0.01));
        Settings one = new Settings(1, 20, 7, Schedule.constant(0.01));
        Path straight = folder.resolve("straight");
        Path inTwo = folder.resolve("in two");
        train(three, straight, false);
        train(one, inTwo, false);
        train(three, inTwo, true);
        assertArrayEquals(
                Files.readAllBytes(straight.resolve("checkpoint.bin")),
                Files.readAllBytes(inTwo.resolve("checkpoint.bin")));
    }

    private static void train(Settings settings, Path folder, boolean resume) {
        new Training(TinyModel.learner(), TinyModel.DATA, settings)
                .progress(Progress.silent())
                .checkpoints(folder, resume, 4)
                .run();
    }

    @Test
    void aFolderWithATrainingIsNotOverwritten() throws IOException {
        train(TinyModel.settings(), folder, false);
        CheckpointException refusal =
                assertThrows(CheckpointException.class, () -> train(TinyModel.settings(), folder, false));
        assertEquals(
                "Training: expected a folder without a training but " + folder
                        + " holds a checkpoint. Go on from it with --resume, or choose another folder with --out.",
                refusal.getMessage());
        assertArrayEquals(uninterrupted, Files.readAllBytes(folder.resolve("checkpoint.bin")));
    }

    @Test
    void anEmptyFolderIsResumedFromTheBeginning() throws IOException {
        train(TinyModel.settings(), folder, true);
        assertArrayEquals(uninterrupted, Files.readAllBytes(folder.resolve("checkpoint.bin")));
    }

    // ---- another training's checkpoint ----

    @Test
    void otherSettingsAreRefusedAndListed() {
        train(TinyModel.settings(), folder, false);
        CheckpointException refusal = assertThrows(
                CheckpointException.class, () -> train(new Settings(4, 21, 8, Schedule.linear(0.01)), folder, true));
        assertEquals(
                "Training: expected a checkpoint of this training in " + folder + " but got one that differs in"
                        + " batch size: 20 in the checkpoint, 21 here;"
                        + " learning rate: cosine 0.01 over 3 epochs in the checkpoint, linear 0.01 over 4 epochs here;"
                        + " seed: 7 in the checkpoint, 8 here. Use the same settings, or another folder.",
                refusal.getMessage());
    }

    @Test
    void anotherModelIsRefusedAndListed() {
        train(TinyModel.settings(), folder, false);
        TinyModel wider = new TinyModel() {
            @Override
            public String architecture() {
                return "wider";
            }
        };
        String refusal = refusal(TinyModel.learner(wider), TinyModel.DATA);
        assertTrue(refusal.contains(
                "architecture: every 14th pixel, drop 0.2, dense 56-10 in the checkpoint, wider here"));
    }

    @Test
    void anotherOptimiserIsRefusedAndListed() {
        train(TinyModel.settings(), folder, false);
        TinyModel model = new TinyModel();
        String refusal =
                refusal(new Classifier(model, new Adam(model.parameters(), 0.01, 0.5, 0.999, 1e-8)), TinyModel.DATA);
        assertTrue(refusal.contains("optimiser: Adam, β₁ 0.9, β₂ 0.999, ε 1.0E-8 in the checkpoint, Adam, β₁ 0.5"));
    }

    @Test
    void otherImagesAreRefusedAndListed() {
        train(TinyModel.settings(), folder, false);
        ImageSet train = TinyModel.DATA.train().slice(0, 110);
        train.pixels()[500] ^= 1;
        Classifier learner = TinyModel.learner();
        String refusal = refusal(learner, new Dataset("scribbles", train, TinyModel.DATA.test()));
        assertTrue(refusal.contains("training images: 110, SHA-256 "), refusal);
        assertFalse(refusal.contains("data:"), refusal);
        assertEquals(0, learner.optimizers().get(0).steps(), "nothing was loaded");
    }

    private String refusal(Classifier learner, Dataset data) {
        Training training = new Training(learner, data, TinyModel.settings())
                .progress(Progress.silent())
                .checkpoints(folder, true, 4);
        return assertThrows(CheckpointException.class, training::run).getMessage();
    }
}
