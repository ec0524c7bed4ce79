package atelier.grade.box;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import atelier.grade.Handed;
import atelier.grade.Paper;
import atelier.grade.Secret;
import atelier.grade.Status;
import atelier.grade.book.Batch;
import atelier.grade.book.Result;
import atelier.grade.book.Submissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WallsTest {

    private static final List<String> PLAIN = new Unprotected().command(Path.of("JAR"), "");

    /** Bubblewrap is in Debian and CI installs it: where it is installed, it must hold, or this test tells why. */
    @Test
    void bubblewrapHoldsWhereItIsInstalled() throws Exception {
        assumeTrue(Programs.find("bwrap").isPresent(), "bubblewrap is not installed: apt-get install bubblewrap");
        try (Stage stage = Stage.set()) {
            Walls.State state = Walls.state(new Bubblewrap(), stage.jar());
            assertEquals("", state.ails());
            assertEquals(List.of(), state.holes());
            assertTrue(state.holds());
        }
    }

    /** The spy is worth its word only if it finds what is open. */
    @Test
    void theSpyFindsTheHolesWhereThereAreNoWalls() throws Exception {
        try (Stage stage = Stage.set()) {
            List<String> holes = Spy.finds(new Unprotected(), stage.jar());
            assertTrue(
                    holes.containsAll(List.of(
                            "read a file of the grader",
                            "list the home folder",
                            "connect to this machine",
                            "see the grader's process",
                            "let a shell read that file",
                            "write to the temporary folder of the machine",
                            "fill the disk")),
                    holes.toString());
            assertFalse(holes.stream().anyMatch(hole -> hole.startsWith("load ")), "classes of the kit: " + holes);
            assertFalse(holes.contains("read the environment of the grader"), holes.toString());
        }
    }

    @Test
    void theSandboxHoldsItsOwnRoomAndTheBlankAndNothingElse() throws Exception {
        try (Stage stage = Stage.set();
                JarFile jar = new JarFile(stage.jar().toFile())) {
            List<String> names = jar.stream().map(Object::toString).toList();
            assertTrue(names.contains("atelier/sandbox/Examinee.class"));
            assertTrue(names.contains("atelier/grade/Todo.class"));
            assertEquals(
                    List.of("atelier/grade/Todo.class"),
                    names.stream()
                            .filter(name -> !name.startsWith("atelier/sandbox/"))
                            .toList());
        }
    }

    /** {@link Limit}, {@link Box}: what never answers is given up, and nothing of it stays. */
    @Test
    void whatNeverSpeaksIsAFailureOfTheMachine() throws Exception {
        Isolation silent = starved(List.of("sh", "-c", "exit 3"));
        try (Stage stage = Stage.set()) {
            Lost lost = assertThrows(Lost.class, () -> Box.start(silent, stage.jar()));
            assertEquals(Status.INFRA_ERROR, lost.status());
        }
    }

    /** A machine without memory, first from the start, then as soon as somebody needs some: no score, and not a zero. */
    @Test
    void aMachineAtItsEndGivesNoScore(@TempDir Path folder) throws Exception {
        assumeTrue(Programs.find("prlimit").isPresent(), "prlimit is not installed: it is part of util-linux");
        Path submitted = Files.createDirectories(folder.resolve("submitted"));
        Handed.solved("02-convolution").write(submitted.resolve("modest.ipynb"));
        Handed.with(
                        "02-convolution",
                        Map.of(
                                "by-hand",
                                "double[][] byHand() { byte[][] m = new byte[150][1 << 20];"
                                        + " return new double[][] {{-1, 4}, {3, 0}}; }"))
                .write(submitted.resolve("hungry.ipynb"));

        List<String> noMemory =
                new ArrayList<>(List.of(Programs.find("prlimit").orElseThrow().toString(), "--data=50000000", "--"));
        noMemory.addAll(PLAIN);
        for (Result result : grade(starved(noMemory), submitted, folder.resolve("none"))) {
            assertTrue(result.failed(), result.student());
            assertEquals(null, result.score());
        }
        List<String> little = PLAIN.stream()
                .map(word -> word.equals("-Xmx256m") ? "-Xmx100m" : word)
                .toList();
        List<Result> some = grade(starved(little), submitted, folder.resolve("little"));
        assertTrue(some.get(0).failed(), "hungry: " + some.get(0));
        assertTrue(
                some.get(0).papers().get(0).message().contains("No fault of the student"),
                some.get(0).papers().get(0).message());
        assertEquals(17, some.get(1).score(), "modest");
    }

    /** No processes left on the machine, as in a full process table. */
    @Test
    void aCrashCountsAsTheStudentsOnlyIfTheCanaryLives(@TempDir Path folder) throws Exception {
        Path submitted = Files.createDirectories(folder.resolve("submitted"));
        Handed.with("02-convolution", Map.of("by-hand", "double[][] byHand() { System.exit(0); return null; }"))
                .write(submitted.resolve("exit.ipynb"));
        List<Result> healthy = grade(new Unprotected(), submitted, folder.resolve("out"));
        assertEquals(15, healthy.get(0).score());
        assertEquals(
                Status.CRASH, healthy.get(0).papers().get(0).verdicts().get(0).status());
    }

    @Test
    void aKilledGradersFolderIsSweptByTheNext() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        assertTrue(gone.waitFor(10, TimeUnit.SECONDS));
        Path left = Files.createDirectory(
                Path.of(System.getProperty("java.io.tmpdir"), "atelier-sandbox-" + gone.pid() + "-123"));
        Files.writeString(left.resolve("sandbox.jar"), "");
        try (Stage stage = Stage.set()) {
            assertFalse(Files.exists(left));
            assertTrue(Files.exists(stage.jar()));
        }
    }

    @Test
    void everyTryOfTheSpyIsUnderstoodByTheCompiler() throws Exception {
        try (Stage stage = Stage.set();
                Box box = Box.start(new Unprotected(), stage.jar())) {
            for (var entry : Spy.tries(Path.of("/tmp/x"), 1, stage.jar()).entrySet()) {
                String complaints = box.ask(
                                atelier.sandbox.Message.Verb.DEFINE,
                                "Callable<Boolean> f() { return () -> " + entry.getValue() + "; }",
                                List.of(),
                                box.watch(Limit.of(Duration.ofSeconds(20))))
                        .text();
                assertEquals("", complaints, entry.getKey());
            }
            assertTrue(
                    new TreeSet<>(Spy.tries(Path.of("/tmp/x"), 1, stage.jar()).keySet()).size() >= 20);
        }
    }

    private static List<Result> grade(Isolation isolation, Path submitted, Path out) throws Exception {
        Map<String, Paper> papers = Paper.in(Path.of("exercises"));
        try (Stage stage = Stage.set()) {
            return new Batch(
                            isolation,
                            stage.jar(),
                            Secret.of("a secret of this test"),
                            Limit.of(Duration.ofSeconds(3)),
                            papers,
                            out,
                            1,
                            false)
                    .run(Submissions.in(List.of(submitted), papers.keySet()), result -> {});
        }
    }

    /** Where a command is run in place of the sandbox's own; JAR in it stands for the jar. */
    private static Isolation starved(List<String> command) {
        return new Isolation() {
            @Override
            public String name() {
                return "starved";
            }

            @Override
            public boolean walls() {
                return false;
            }

            @Override
            public List<String> command(Path jar, String label) {
                return command.stream()
                        .map(word -> word.equals("JAR") ? jar.toString() : word)
                        .toList();
            }

            @Override
            public String remedy() {
                return "";
            }
        };
    }
}
