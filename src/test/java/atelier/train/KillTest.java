package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills a training process without warning, again and again; {@code -Datelier.kills=20} for more than the usual four. */
class KillTest {

    private static final int KILLS = Integer.getInteger("atelier.kills", 4);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"classifier", "PENALISED"})
    void aTrainingThatIsKilledAgainAndAgainEndsWithTheSameBytes(String what) throws Exception {
        Path straight = folder.resolve("straight");
        Path killed = folder.resolve("killed");
        TinyTraining.train(straight, 0, what);

        Random random = new Random();
        int kills = 0;
        Position last = Position.START;
        while (kills < KILLS) {
            Process process = start(killed, 3 * KILLS, what);
            waitForFirstCheckpoint(killed);
            if (process.waitFor(300 + random.nextInt(500), TimeUnit.MILLISECONDS)) {
                break; // it was faster
            }
            process.destroyForcibly().waitFor();
            kills++;
            Position position = new Checkpoints(killed)
                    .load(fault -> assertEquals(
                            "checkpoint.bin cannot be read: no such file: going on from checkpoint.previous.bin.",
                            fault)) // killed between two renames
                    .orElseThrow()
                    .position();
            assertTrue(steps(position) >= steps(last) - 1, "it does not fall back: " + last + ", " + position);
            last = position;
        }
        assertTrue(kills > 0, "the process could not be killed in time");
        assertEquals(0, start(killed, 0, what).waitFor());
        for (String file : new String[] {"checkpoint.bin", "checkpoint.previous.bin"}) {
            assertArrayEquals(Files.readAllBytes(straight.resolve(file)), Files.readAllBytes(killed.resolve(file)));
        }
        try (var files = Files.list(killed)) {
            assertEquals(3, files.count(), "two checkpoints, times.csv and nothing else");
        }
    }

    private static int steps(Position position) {
        return position.epoch() * 6 + position.batch();
    }

    private static Process start(Path folder, int milliseconds, String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-Xmx256m",
                        TinyTraining.class.getName(),
                        folder.toString(),
                        String.valueOf(milliseconds),
                        what)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void waitForFirstCheckpoint(Path folder) throws InterruptedException {
        for (int wait = 0; wait < 3000 && !Files.exists(folder.resolve("checkpoint.bin")); wait++) {
            Thread.sleep(10);
        }
    }
}
