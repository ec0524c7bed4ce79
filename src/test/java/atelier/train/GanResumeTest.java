package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A game that is stopped, or dies, goes on to the same bytes: also in the middle of an epoch, also between two steps of the critic. */
class GanResumeTest {

    @TempDir
    private Path folder;

    /** 18 steps in three epochs. */
    private byte[] uninterrupted(TinyGan tiny) throws IOException {
        Path straight = folder.resolve("straight");
        TinyModel.training(tiny.learner()).checkpoints(straight, false, 4).run();
        return Files.readAllBytes(straight.resolve("checkpoint.bin"));
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedGameEndsWithTheSameBytesAsOneThatNeverStopped(TinyGan tiny) throws IOException {
        byte[] uninterrupted = uninterrupted(tiny);
        Random random = new Random(8);
        for (int round = 0; round < 3; round++) {
            Path here = folder.resolve("round" + round);
            int stops = 0;
            History history;
            do {
                Trainee trainee = stops == 5
                        ? tiny.learner()
                        : new TrainingTest.Interrupting(tiny.learner(), 1 + random.nextInt(8));
                history = TinyModel.training(trainee)
                        .checkpoints(here, stops > 0, 4)
                        .run();
                stops++;
            } while (history.end() == History.End.INTERRUPTED);
            assertTrue(stops > 1);
            assertArrayEquals(uninterrupted, Files.readAllBytes(here.resolve("checkpoint.bin")), "round " + round);
        }
    }

    /** After the discriminator's move, before the generator's, wherever in the turn of four that is. */
    @ParameterizedTest
    @EnumSource
    void aGameThatDiesBetweenTheTwoMovesGoesOnFromItsLatestCheckpoint(TinyGan tiny) throws IOException {
        byte[] uninterrupted = uninterrupted(tiny);
        for (int at : new int[] {1, 4, 7, 10, 15}) {
            Path here = folder.resolve("died" + at);
            GanLearner game = tiny.learner();
            Trainee dying = new TrainingTest.Around(game) {
                @Override
                public double step(Batch batch) {
                    if (steps == at) {
                        game.stepDiscriminator(batch.x(), batch.labels());
                        throw new IllegalStateException("killed");
                    }
                    return super.step(batch);
                }
            };
            Training training = TinyModel.training(dying).checkpoints(here, false, 3);
            assertThrows(IllegalStateException.class, training::run);
            History history = TinyModel.training(tiny.learner())
                    .checkpoints(here, true, 3)
                    .run();
            assertEquals(3, history.epochs().size());
            assertArrayEquals(uninterrupted, Files.readAllBytes(here.resolve("checkpoint.bin")), "died in " + at);
        }
    }

    @Test
    void anotherNumberOfCriticStepsOrAnotherConstraintIsRefused() {
        TinyModel.training(TinyGan.PENALISED.learner())
                .checkpoints(folder, false, 4)
                .run();
        Training other = TinyModel.training(
                        TinyGan.PENALISED.learner().criticSteps(5).ratio(2))
                .checkpoints(folder, true, 4);
        CheckpointException refusal = assertThrows(CheckpointException.class, other::run);
        assertTrue(
                refusal.getMessage()
                        .contains(
                                "discriminator's steps: 4, at 1.0 times the rate in the checkpoint, 5, at 2.0 times the"
                                        + " rate here"),
                refusal::getMessage);
        Training free = TinyModel.training(TinyGan.PENALISED.learner().constrained(atelier.model.Constraint.none()))
                .checkpoints(folder, true, 4);
        assertTrue(assertThrows(CheckpointException.class, free::run)
                .getMessage()
                .contains("constraint: gradient penalty 10.0 in the checkpoint, none here"));
    }
}
