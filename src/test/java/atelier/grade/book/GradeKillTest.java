package atelier.grade.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.grade.Handed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is typed, killed without warning again and again; {@code -Datelier.kills=20} for more than the usual four. */
class GradeKillTest {

    private static final int KILLS = Integer.getInteger("atelier.kills", 4);

    @TempDir
    private Path folder;

    @Test
    void aGraderThatIsKilledAndResumedGivesTheSameGradebookOnAnyNumberOfJobs() throws Exception {
        Path submitted = submissions();
        Path straight = folder.resolve("straight");
        assertEquals(0, start(submitted, straight, "-j1").waitFor());
        Map<String, byte[]> expected = files(straight);
        assertTrue(expected.size() > 30, expected.keySet().toString());

        Path parallel = folder.resolve("parallel");
        assertEquals(0, start(submitted, parallel, "-j4").waitFor());
        assertSame(expected, files(parallel));

        Path killed = folder.resolve("killed");
        Random random = new Random();
        int kills = 0;
        while (kills < KILLS) {
            Process grader = start(submitted, killed, "-j2", "--resume");
            if (grader.waitFor(1500 + random.nextInt(4000), TimeUnit.MILLISECONDS)) {
                break; // it was faster
            }
            grader.destroyForcibly().waitFor();
            kills++;
        }
        assertTrue(kills > 0, "the process could not be killed in time");
        assertEquals(0, start(submitted, killed, "-j2", "--resume").waitFor());
        assertSame(expected, files(killed));
    }

    /** Its students' programs are its own to stop; where none of the sandboxes does that, they must do it themselves. */
    @Test
    void whatAKilledGraderWasRunningEndsToo() throws Exception {
        Path submitted = Files.createDirectories(folder.resolve("endless"));
        Handed.with(
                        "02-convolution",
                        Map.of("slide", "double[][] slide(double[][] x, double[][] w) { while (true) { } }"))
                .write(submitted.resolve("a-loop.ipynb"));
        Process grader = start(60, submitted, folder.resolve("never"));
        List<ProcessHandle> running = List.of();
        boolean looping = false;
        for (long end = System.nanoTime() + 60_000_000_000L; !looping && System.nanoTime() < end; Thread.sleep(20)) {
            running = grader.descendants().toList();
            looping = running.stream()
                    .anyMatch(it ->
                            it.info().totalCpuDuration().orElse(Duration.ZERO).toSeconds() >= 3);
        }
        assertFalse(running.isEmpty());
        assertTrue(looping, running::toString);
        grader.destroyForcibly().waitFor();
        for (ProcessHandle one : running) {
            one.onExit().get(60, TimeUnit.SECONDS);
        }
    }

    private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> got) {
        assertEquals(expected.keySet(), got.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, got.get(name), name));
    }

    private Path submissions() throws IOException {
        Path submitted = folder.resolve("submitted");
        String head = "double[][] slide(double[][] x, double[][] w) ";
        Map<String, String> slides = Map.of(
                "a-loop", head + "{ while (true) { } }",
                "b-exit", head + "{ System.exit(0); return x; }",
                "c-wrong", head + "{ return w; }",
                "d-identity", head + "{ throw new IllegalStateException(\"\" + new Object()); }",
                "e-broken", head + "{",
                "f-forger",
                        head + "{ try { new FileOutputStream(FileDescriptor.out).write(1); } catch (IOException e) { }"
                                + " return x; }");
        for (Map.Entry<String, String> slide : slides.entrySet()) {
            Handed.with("02-convolution", Map.of("slide", slide.getValue()))
                    .write(submitted.resolve(slide.getKey() + ".ipynb"));
        }
        for (String good : List.of("g", "h", "i")) {
            Handed.solved("02-convolution").write(submitted.resolve(good).resolve("02-convolution.ipynb"));
            Handed.blank("04-pooling").write(submitted.resolve(good).resolve("04-pooling.ipynb"));
        }
        Files.writeString(submitted.resolve("j-rubbish.ipynb"), "{");
        return submitted;
    }

    /** All files but the lock, by their paths. */
    private static Map<String, byte[]> files(Path out) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(out)) {
            for (Path file : all.filter(Files::isRegularFile).collect(Collectors.toList())) {
                String name = out.relativize(file).toString();
                if (!name.equals(".lock")) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private Process start(Path submitted, Path out, String... options) throws IOException {
        return start(1, submitted, out, options);
    }

    private Process start(int seconds, Path submitted, Path out, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-Datelier.home=" + Path.of("").toAbsolutePath(),
                "atelier.cli.Main",
                "grade",
                submitted.toString(),
                "--out",
                out.toString(),
                "--isolation=none",
                "--seconds=" + seconds,
                "--secret=" + folder.resolve("secret")));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
