package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private static Checkpoint at(int batch) {
        return Checkpoint.of(TinyModel.learner(), Map.of(), new Position(0, batch, 0), List.of());
    }

    private int loadedBatch() {
        return new Checkpoints(folder).load(notes::add).orElseThrow().position().batch();
    }

    @Test
    void theLatestTwoAreKept() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        for (int batch = 1; batch <= 4; batch++) {
            checkpoints.save(at(batch));
        }
        assertEquals(4, loadedBatch());
        Files.delete(folder.resolve("checkpoint.bin"));
        assertEquals(3, loadedBatch());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing else is left");
        }
    }

    @Test
    void aDamagedOneGivesWayToThePreviousAndSaysSo() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        checkpoints.save(at(1));
        checkpoints.save(at(2));
        Path latest = folder.resolve("checkpoint.bin");
        byte[] whole = Files.readAllBytes(latest);
        whole[whole.length / 2] ^= 1;
        Files.write(latest, whole);
        assertEquals(1, loadedBatch());
        assertEquals(
                List.of(
                        "checkpoint.bin is damaged: its SHA-256 does not match: going on from checkpoint.previous.bin."),
                notes);
    }

    @Test
    void aDamagedOneNeverReplacesThePrevious() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        checkpoints.save(at(1));
        checkpoints.save(at(2));
        Files.write(folder.resolve("checkpoint.bin"), new byte[100]);
        Checkpoints later = new Checkpoints(folder);
        assertEquals(1, later.load(notes::add).orElseThrow().position().batch());
        later.save(at(3));
        Files.delete(folder.resolve("checkpoint.bin"));
        assertEquals(1, loadedBatch());
    }

    @Test
    void twoDamagedOnesAreOneClearError() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        checkpoints.save(at(1));
        checkpoints.save(at(2));
        Path latest = folder.resolve("checkpoint.bin");
        Files.write(latest, Arrays.copyOf(Files.readAllBytes(latest), 1000));
        Files.write(folder.resolve("checkpoint.previous.bin"), new byte[0]);
        CheckpointException fault = assertThrows(CheckpointException.class, this::loadedBatch);
        assertTrue(
                fault.getMessage()
                        .matches("Checkpoints: expected a checkpoint in .* but checkpoint.bin is cut off after 1000 of"
                                + " \\d+ bytes, and checkpoint.previous.bin is empty. Start anew in another folder."),
                fault.getMessage());
    }

    @Test
    void whatAKilledProcessLeftBehindIsSwept() throws IOException {
        Path stale = folder.resolve(".checkpoint.bin.999999999.tmp");
        Path living = folder.resolve(".checkpoint.bin."
                + ProcessHandle.current().parent().orElseThrow().pid() + ".tmp");
        Path foreign = folder.resolve(".mine.tmp");
        for (Path file : List.of(stale, living, foreign)) {
            Files.write(file, new byte[10]);
        }
        new Checkpoints(folder);
        assertFalse(Files.exists(stale));
        assertTrue(Files.exists(living), "another training may be writing it");
        assertTrue(Files.exists(foreign));
    }

    @Test
    void aFileInPlaceOfTheFolderIsOneClearError() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[1]);
        for (Path wanted : List.of(file, file.resolve("below"))) {
            CheckpointException fault = assertThrows(CheckpointException.class, () -> new Checkpoints(wanted));
            assertTrue(
                    fault.getMessage()
                            .startsWith("Checkpoints: expected a folder to write to but got " + wanted + ": "),
                    fault.getMessage());
            assertFalse(fault.getMessage().contains("\n"));
        }
    }

    @Test
    void aTemporaryThatCannotBeWrittenLeavesTheOldOnes() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        checkpoints.save(at(1));
        byte[] before = Files.readAllBytes(folder.resolve("checkpoint.bin"));
        Files.createDirectory(
                folder.resolve(".checkpoint.bin." + ProcessHandle.current().pid() + ".tmp")); // in the way
        CheckpointException fault = assertThrows(CheckpointException.class, () -> checkpoints.save(at(2)));
        assertTrue(fault.getMessage().startsWith("Checkpoints: expected to write "), fault.getMessage());
        assertArrayEquals(before, Files.readAllBytes(folder.resolve("checkpoint.bin")));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskStopsTheTrainingAndLeavesWholeFiles() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        int bytes = CheckpointWriter.bytes(at(1)).length;
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + (bytes + 8192), "tmpfs", disk.toString()),
                "mounting a small file system needs root");
        try {
            Training training = TinyModel.training(TinyModel.learner()).checkpoints(disk, false, 2);
            CheckpointException fault = assertThrows(CheckpointException.class, training::run);
            assertEquals(
                    "Checkpoints: expected to write " + disk.resolve("checkpoint.bin")
                            + " but got: No space left on device."
                            + " The training has stopped; make room or choose another folder.",
                    fault.getMessage());
            try (var files = Files.list(disk)) {
                assertEquals(
                        List.of("checkpoint.bin", "times.csv"),
                        files.map(f -> f.getFileName().toString()).sorted().toList());
            }
            assertEquals(
                    0,
                    new Checkpoints(disk)
                            .load(notes::add)
                            .orElseThrow()
                            .position()
                            .batch());
        } finally {
            run("umount", disk.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
