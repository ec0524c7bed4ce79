package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Fork;
import atelier.grade.Handed;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./atelier grade} and {@code doctor} as a teacher meets them: what they say, and how they end. */
class GradeTest {

    @TempDir
    private Path folder;

    private Path out;
    private Path ada;

    private record Ran(int status, String out, String err) {

        void complains(int status, String... words) {
            assertEquals(status, this.status, err);
            for (String word : words) {
                assertTrue(err.contains(word), () -> "«" + word + "» in: " + err);
            }
        }
    }

    @BeforeEach
    void handIn() throws Exception {
        out = folder.resolve("out");
        ada = folder.resolve("submitted").resolve("ada.ipynb");
        Handed.solved("02-convolution").write(ada);
    }

    @Test
    void aClassIsGradedAndTheGradebookNamed() throws Exception {
        Ran ran = run("grade", ada.getParent().toString(), "--out", out.toString(), "--isolation", "none");
        assertEquals(0, ran.status(), ran.err());
        assertTrue(ran.out().contains("1 students graded: " + out.resolve("gradebook.html")), ran.out());
        assertTrue(ran.err().contains("no isolation"), ran.err());
        assertTrue(Files.readString(out.resolve("gradebook.csv"))
                .contains("\"ada\",\"graded\",\"none\",\"17\",\"17\",\"2\""));
        assertTrue(Files.exists(folder.resolve(".atelier/course-secret")));

        run("grade", ada.toString(), "--out", out.toString(), "--isolation", "none")
                .complains(1, "holds results", "--resume");
        assertEquals(
                0,
                run("grade", ada.toString(), "--out", out.toString(), "--isolation", "none", "--resume")
                        .status());
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws Exception {
        run("grade", "--out", out.toString()).complains(2, "SUBMISSION");
        run("grade", ada.toString()).complains(2, "--out");
        run("grade", folder.resolve("nobody").toString(), "--out", out.toString())
                .complains(2, "which is not there");
        run("grade", ada.toString(), "--out", out.toString(), "--isolation", "hope")
                .complains(2, "bubblewrap", "hope");
        run("grade", ada.toString(), "--out", out.toString(), "-j0").complains(2, "--jobs from 1");
        run("grade", ada.toString(), "--out", out.toString(), "--seconds", "0").complains(2, "--seconds from 1");
        run("grade", Files.createDirectories(folder.resolve("empty")).toString(), "--out", out.toString())
                .complains(2, "a folder without any");
        run(
                        "grade",
                        ada.toString(),
                        "--out",
                        Files.writeString(folder.resolve("file"), "").toString())
                .complains(2, "--out");
        run(
                        "grade",
                        ada.toString(),
                        "--out",
                        out.toString(),
                        "--exercises",
                        folder.resolve("empty").toString())
                .complains(1, "--exercises");
    }

    @Test
    void aSecondGraderInTheSameFolderWaitsItsTurn() throws Exception {
        Files.createDirectories(out);
        try (FileChannel channel =
                        FileChannel.open(out.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertTrue(lock.isValid());
            run("grade", ada.toString(), "--out", out.toString(), "--isolation", "none")
                    .complains(1, "another grader works there");
        }
    }

    /** Without a container that runs: no grading by accident, and how to get one. */
    @Test
    void withoutASandboxItRefusesAndTellsWhatToDo() throws Exception {
        ProcessBuilder command = command("grade", ada.toString(), "--out", out.toString(), "--isolation", "container");
        command.environment().put("ATELIER_IMAGE", "nowhere.example/none:1");
        Ran ran = run(command);
        ran.complains(1, "expected a sandbox that holds but found none", "container", "--isolation none");
        assertEquals(0, count(out.resolve("results")));
    }

    @Test
    void theDoctorTellsWhatThisMachineCanDo() throws Exception {
        Ran ran = run("doctor");
        assertEquals(0, ran.status(), ran.err());
        for (String word :
                List.of("processors", "Java", "mnist", "bubblewrap: ", "container, docker: ", "none: works")) {
            assertTrue(ran.out().contains(word), ran.out());
        }
    }

    private static long count(Path folder) throws Exception {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            return files.count();
        }
    }

    private Ran run(String... arguments) throws Exception {
        return run(command(arguments));
    }

    private ProcessBuilder command(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (arguments[0].equals("grade") && !all.contains("--exercises")) {
            all.addAll(
                    List.of("--exercises", Path.of("exercises").toAbsolutePath().toString()));
        }
        return Fork.java("-Datelier.home=" + folder, Main.class, all.toArray(String[]::new));
    }

    private Ran run(ProcessBuilder command) throws Exception {
        Path said = Files.createTempFile("said", "");
        Path complained = Files.createTempFile("complained", "");
        try {
            Process process = command.redirectOutput(said.toFile())
                    .redirectError(complained.toFile())
                    .start();
            assertTrue(process.waitFor(120, TimeUnit.SECONDS));
            return new Ran(process.exitValue(), Files.readString(said), Files.readString(complained));
        } finally {
            Files.delete(said);
            Files.delete(complained);
        }
    }
}
