package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Dataset;
import atelier.data.Fork;
import atelier.data.HostileServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./atelier data} as a user meets it: a process with its output, its one line of complaint and its exit status. */
class DataTest {

    @TempDir
    Path home;

    private record Ran(int status, String out, String err) {
        void failsInOneLine(String... words) {
            assertEquals(1, status, err);
            List<String> complaints =
                    err.lines().filter(line -> !line.startsWith("Fetching ")).toList();
            assertEquals(1, complaints.size(), err);
            assertTrue(complaints.get(0).startsWith("atelier: "), err);
            for (String word : words) {
                assertTrue(err.contains(word), () -> "«" + word + "» in: " + err);
            }
        }
    }

    /** Runs {@code ./atelier data …} in a project of its own, without data and with these variables. */
    private Ran run(Map<String, String> variables, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "data";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        ProcessBuilder command = Fork.java("-Datelier.home=" + home, Main.class, all);
        command.environment().remove("ATELIER_DATASETS");
        command.environment().remove("JAVA_TOOL_OPTIONS");
        command.environment().putAll(variables);
        Path out = Files.createTempFile(home.getParent(), "out", "");
        Path err = Files.createTempFile(home.getParent(), "err", "");
        try {
            Process process = command.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            return new Ran(process.exitValue(), read(out), read(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    @Test
    void statusSaysWhatIsHereAndHowToGetTheRest() throws Exception {
        Ran ran = run(Map.of());
        assertEquals(0, ran.status(), ran.err());
        assertTrue(ran.out().contains("./atelier data fetch mnist"), ran.out());
        assertTrue(ran.out().contains("scribbles"), ran.out());
        assertEquals("", ran.err());
    }

    @Test
    void aDamagedFileFailsInOneLine() throws Exception {
        Path file = home.resolve("mine/mnist/train-images-idx3-ubyte.gz");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {0x1F, (byte) 0x8B, 8, 0});
        Map<String, String> mine =
                Map.of("ATELIER_DATASETS", home.resolve("mine").toString());
        run(mine, "verify").failsInOneLine(file.toString(), "gzip data that breaks off");
        run(mine, "status").failsInOneLine(file.toString());
    }

    @Test
    void aLyingMirrorFailsInOneLineAndLeavesNothing() throws Exception {
        try (HostileServer portal = new HostileServer(
                (path, out) -> HostileServer.send(out, "<html>Log in</html>".getBytes(StandardCharsets.UTF_8)))) {
            Ran ran = run(Map.of("ATELIER_MIRRORS", portal.address()), "fetch", "mnist");
            ran.failsInOneLine("127.0.0.1 sent a web page", "--data scribbles");
            try (var left = Files.walk(home)) {
                assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
            }
        }
    }

    @Test
    void aMirrorWithoutHttpsIsRefused() throws Exception {
        run(Map.of("ATELIER_MIRRORS", "http://192.0.2.1/mnist/"), "fetch", "mnist")
                .failsInOneLine("addresses that begin with https:// but got http://192.0.2.1/mnist/");
    }

    @Test
    void onlyKnownNamesAreFetched() throws Exception {
        for (String name : new String[] {"../../etc/passwd", "/etc/passwd", "imagenet"}) {
            Ran ran = run(Map.of(), "fetch", name);
            assertEquals(2, ran.status());
            assertTrue(ran.err().contains("expected mnist but got " + name), ran.err());
        }
        Ran scribbles = run(Map.of(), "fetch", "scribbles");
        assertEquals(0, scribbles.status());
        assertTrue(scribbles.out().contains("needs no download"), scribbles.out());
    }

    @Test
    void makeWritesTheSampleThatComesWithTheKit() throws Exception {
        Path out = home.resolve("datasets/scribbles");
        Ran made = run(Map.of(), "make", "scribbles", "--train", "1600", "--test", "400", "--out", out.toString());
        assertEquals(0, made.status(), made.err());
        Dataset committed = Dataset.read("scribbles", Path.of("datasets/scribbles"));
        Dataset now = Dataset.read("scribbles", out);
        assertEquals(committed.train(), now.train());
        assertEquals(committed.test(), now.test());
        Ran verified = run(Map.of(), "verify");
        assertEquals(0, verified.status(), verified.err());
        assertTrue(verified.out().contains("as drawn from seed 1"), verified.out());
        assertEquals(2, run(Map.of(), "make", "mnist", "--out", out.toString()).status());
    }
}
