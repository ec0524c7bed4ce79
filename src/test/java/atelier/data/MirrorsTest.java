package atelier.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import atelier.data.HostileServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows 1 to 9, 21 and 24 of the hostile inputs: what mirrors, disks and killers may do; nothing half-written is ever left. */
@Timeout(60)
class MirrorsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String NAME = "noise-idx3-ubyte";

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Part part;
    private byte[] packed;

    /** A data set of noise, which packs badly. */
    @BeforeEach
    void makeTheFileThatMirrorsHold() throws IOException {
        part = noise();
        Path source = folder.resolveSibling(folder.getFileName() + "-source").resolve(NAME + ".gz");
        new Idx(part.shape(), noiseBytes()).write(source);
        packed = Files.readAllBytes(source);
        Files.delete(source);
        Files.delete(source.getParent());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    static Part noise() {
        Idx idx = new Idx(new int[] {100, 30, 40}, noiseBytes());
        return new Part(NAME, 120_000, idx.sha256(), idx.shape());
    }

    private static byte[] noiseBytes() {
        byte[] bytes = new byte[100 * 30 * 40];
        atelier.tensor.RandomStream random = atelier.tensor.RandomStream.seed(5);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.below(128);
        }
        return bytes;
    }

    private HostileServer server(Answer answer) throws IOException {
        HostileServer server = new HostileServer(answer);
        opened.add(server);
        return server;
    }

    private final FetchListener listener = new FetchListener() {
        @Override
        public void note(String line) {
            notes.add(line);
        }

        @Override
        public void progress(String file, long bytes, long of) {
            assertTrue(bytes <= part.bytes(), "never more than the cap");
        }
    };

    private void fetch(Path to, HostileServer... mirrors) {
        new Mirrors(Arrays.stream(mirrors).map(HostileServer::address).toList(), PATIENCE).fetch(part, to, listener);
    }

    /** The one clear line of a fetch that fails, after which nothing lies in the folder. */
    private String refusal(Answer answer) throws IOException {
        HostileServer server = server(answer);
        String line =
                assertThrows(DataException.class, () -> fetch(folder, server)).getMessage();
        assertFalse(line.contains("\n"), line);
        assertTrue(line.startsWith("Mnist: expected " + NAME + ".gz from a mirror but got 127.0.0.1 "), line);
        assertTrue(line.contains("--data scribbles") && line.contains(folder.toString()), line);
        assertEquals(List.of(), names(folder));
        return line;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void assertIsHere(Path at) throws IOException {
        assertEquals(List.of(NAME + ".gz"), names(at));
        assertEquals(
                part.sha256(), Idx.read(at.resolve(NAME + ".gz"), part.shape()).sha256());
    }

    private static void assertSays(String words, String line) {
        assertTrue(line.contains(words), () -> "«" + words + "» in: " + line);
    }

    // ---- an honest one ----

    @Test
    void anHonestMirrorIsEnough() throws IOException {
        fetch(folder, server((path, out) -> {
            assertEquals("/" + NAME + ".gz", path);
            HostileServer.send(out, packed);
        }));
        assertIsHere(folder);
    }

    // ---- what mirrors do ----

    @Test
    void aConnectionCutShortLeavesNothing() throws IOException {
        for (int sent : new int[] {0, 1, packed.length / 2, packed.length - 1}) {
            String line = refusal((path, out) -> {
                HostileServer.say(out, "HTTP/1.1 200 OK", "Content-Length: " + packed.length);
                out.write(packed, 0, sent);
            });
            assertSays("failed (", line);
        }
    }

    @Test
    void aConnectionCutBeforeTheAnswerLeavesNothing() throws IOException {
        refusal((path, out) -> {});
        refusal((path, out) -> out.write("HTTP/1.1 200".getBytes()));
        refusal((path, out) -> out.write("SSH-2.0-OpenSSH\r\n\r\n".getBytes()));
    }

    @Test
    void anAnswerWithoutLengthThatIsCutShortLeavesNothing() throws IOException {
        String line = refusal((path, out) -> {
            HostileServer.say(out, "HTTP/1.0 200 OK");
            out.write(packed, 0, packed.length / 2);
        });
        assertSays("sent gzip data that breaks off", line);
    }

    @Test
    void anAnswerWithoutLengthThatIsWholeIsGood() throws IOException {
        fetch(folder, server((path, out) -> {
            HostileServer.say(out, "HTTP/1.0 200 OK");
            out.write(packed);
        }));
        assertIsHere(folder);
    }

    @Test
    void aLoginPageIsRecognised() throws IOException {
        String line = refusal((path, out) -> HostileServer.send(out, "<!DOCTYPE html><p>Log in first".getBytes()));
        assertSays("sent a web page", line);
    }

    @Test
    void aMirrorThatStallsIsGivenUpOn() throws IOException {
        for (String[] head : new String[][] {{}, {"HTTP/1.1 200 OK", "Content-Length: " + packed.length}}) {
            long start = System.nanoTime();
            String line = refusal((path, out) -> {
                if (head.length > 0) {
                    HostileServer.say(out, head);
                    out.write(packed, 0, 2_000);
                    out.flush();
                }
                Thread.sleep(30_000);
            });
            assertSays("failed (only " + (head.length > 0 ? 2_000 : 0) + " bytes in 1.", line);
            assertTrue(System.nanoTime() - start < 10_000_000_000L, "it does not wait for the server");
        }
    }

    @Test
    void aMirrorThatDripsIsGivenUpOn() throws IOException {
        String line = refusal((path, out) -> {
            HostileServer.say(out, "HTTP/1.1 200 OK", "Content-Length: " + packed.length);
            for (int i = 0; i < 3_000; i++) {
                out.write(packed[i]);
                out.flush();
                Thread.sleep(10);
            }
        });
        assertSays("failed (only ", line);
    }

    @Test
    void wrongBytesAreNeverUsed() throws IOException {
        byte[] lie = packed.clone();
        lie[packed.length / 2] ^= 1;
        refusal((path, out) -> HostileServer.send(out, lie));
        byte[] other = noiseBytes();
        other[17] ^= 1;
        Path file = folder.resolve("other.gz");
        new Idx(part.shape(), other).write(file);
        byte[] wellFormed = Files.readAllBytes(file);
        Files.delete(file);
        assertSays("sent other bytes, SHA-256 ", refusal((path, out) -> HostileServer.send(out, wellFormed)));
    }

    @Test
    void moreThanTheFileCanHaveIsNotTaken() throws IOException {
        String capped = "failed (more than " + part.bytes() + " bytes)";
        assertSays(capped, refusal((path, out) -> HostileServer.send(out, new byte[1 << 20])));
        assertSays(capped, refusal((path, out) -> {
            HostileServer.say(out, "HTTP/1.0 200 OK");
            while (true) {
                out.write(packed);
            }
        }));
    }

    @Test
    void anErrorStatusIsTold() throws IOException {
        assertSays("failed (HTTP status 404)", refusal((path, out) -> {
            HostileServer.say(out, "HTTP/1.1 404 Not Found", "Content-Length: 2");
            out.write("no".getBytes());
        }));
        assertSays(
                "failed (HTTP status 503)",
                refusal((path, out) -> HostileServer.say(out, "HTTP/1.1 503 Busy", "Content-Length: 0")));
    }

    @Test
    void threeRedirectsAreFollowedAndNotAFourth() throws IOException {
        for (int hops = 3; hops <= 4; hops++) {
            String start = "/" + "x".repeat(hops);
            Answer answer = (path, out) -> {
                String next = path.endsWith(".gz") ? start : path.substring(0, path.length() - 1);
                if (next.equals("/")) {
                    HostileServer.send(out, packed);
                } else {
                    HostileServer.say(out, "HTTP/1.1 302 Found", "Location: " + next, "Content-Length: 0");
                }
            };
            if (hops == 3) {
                fetch(folder, server(answer));
                assertIsHere(folder);
                Files.delete(folder.resolve(NAME + ".gz"));
            } else {
                assertSays("failed (more than 3 redirects)", refusal(answer));
            }
        }
    }

    @Test
    void aRedirectLeavesNeitherTheSchemeNorThisMachine() throws IOException {
        for (String away : List.of(
                "file:///etc/passwd",
                "https://127.0.0.1/x",
                "http://192.0.2.1/x",
                "//192.0.2.1/x",
                "ftp://127.0.0.1/x",
                "jar:file:/x!/y",
                "http://127.0.0.1.example.org/")) {
            String line = refusal((path, out) ->
                    HostileServer.say(out, "HTTP/1.1 301 Moved", "Location: " + away, "Content-Length: 0"));
            assertSays("a redirect to " + away, line);
        }
    }

    @Test
    void onlyHttpsOrThisMachineMayBeAMirror() {
        assertTrue(Download.isAllowed(java.net.URI.create("https://example.org/mnist/")));
        for (String no : List.of(
                "http://example.org/", "ftp://127.0.0.1/", "file:/etc/", "mnist", "http://127.0.0.1.org/", ":x")) {
            String line = assertThrows(DataException.class, () -> new Mirrors(List.of(no), PATIENCE))
                    .getMessage();
            assertSays("https://", line);
            assertSays(no, line);
        }
    }

    // ---- several mirrors ----

    @Test
    void theNextMirrorIsAskedWhenOneFails() throws IOException {
        fetch(
                folder,
                server((path, out) -> HostileServer.say(out, "HTTP/1.1 500 Oh", "Content-Length: 0")),
                server((path, out) -> HostileServer.send(out, Arrays.copyOf(packed, 3_000))),
                server((path, out) -> HostileServer.send(out, packed)));
        assertIsHere(folder);
        assertEquals(3, notes.size(), notes.toString());
    }

    @Test
    void withNoMirrorLeftTheLineNamesEachAndTheWayOn() throws IOException {
        HostileServer dead = server((path, out) -> {});
        dead.close();
        HostileServer page = server((path, out) -> HostileServer.send(out, "<html>".getBytes()));
        String line = assertThrows(DataException.class, () -> fetch(folder, dead, page))
                .getMessage();
        assertSays("127.0.0.1 failed (no connection); 127.0.0.1 sent a web page", line);
        assertEquals(List.of(), names(folder));
    }

    // ---- what is there already ----

    @Test
    void aSoundFileIsNotFetchedAgain() throws IOException {
        HostileServer server = server((path, out) -> HostileServer.send(out, packed));
        Mirrors mirrors = new Mirrors(List.of(server.address()), PATIENCE);
        for (int i = 0; i < 2; i++) {
            Mnist.complete(folder, part, mirrors, listener);
        }
        assertEquals(1, server.requests.get());
    }

    @Test
    void aDamagedDownloadIsPutAsideAndFetchedAgain() throws IOException {
        Path file = folder.resolve(NAME + ".gz");
        Files.write(file, Arrays.copyOf(packed, packed.length / 3));
        HostileServer server = server((path, out) -> HostileServer.send(out, packed));
        Mnist.complete(folder, part, new Mirrors(List.of(server.address()), PATIENCE), listener);
        assertEquals(List.of(NAME + ".gz", NAME + ".gz.damaged"), names(folder));
        assertEquals(packed.length / 3, Files.size(folder.resolve(NAME + ".gz.damaged")));
        assertSays("gzip data that breaks off", notes.get(0));
    }

    @Test
    void oldPartsAreSweptAndYoungOnesAreNot() throws IOException {
        String id = "-0000-0000-0000-000000000000.part";
        Path old = Files.createFile(folder.resolve("." + NAME + ".gz.123.00000001" + id));
        Path young = Files.createFile(folder.resolve("." + NAME + ".gz.124.00000002" + id));
        Path notAPart = Files.createFile(folder.resolve(".keep.part"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
        Files.setLastModifiedTime(notAPart, FileTime.from(Instant.EPOCH));
        fetch(folder, server((path, out) -> HostileServer.send(out, packed)));
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young), "it may belong to a process that is at work");
        assertTrue(Files.exists(notAPart));
    }

    // ---- what disks do ----

    private Path mounted(String options) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to mount a small disk");
        int status = new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString())
                .redirectErrorStream(true)
                .start()
                .waitFor();
        assumeTrue(status == 0, "needs the right to mount a small disk");
        opened.add(() ->
                new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor());
        return disk;
    }

    @Test
    void aFullDiskIsToldWithThePathAndTheBytesNeeded() throws Exception {
        Path disk = mounted("size=64k");
        HostileServer server = server((path, out) -> HostileServer.send(out, packed));
        String line =
                assertThrows(DataException.class, () -> fetch(disk, server)).getMessage();
        assertSays("to write 120000 bytes to " + disk.resolve(NAME + ".gz"), line);
        assertSays("No space left on device", line);
        assertSays("--to DIR", line);
        assertEquals(List.of(), names(disk));
        assertThrows(DataException.class, () -> new Idx(part.shape(), noiseBytes()).write(disk.resolve("own.gz")));
        assertEquals(List.of(), names(disk));
    }

    @Test
    void aDiskThatMayNotBeWrittenIsTold() throws Exception {
        Path disk = mounted("ro");
        HostileServer server = server((path, out) -> HostileServer.send(out, packed));
        String line =
                assertThrows(DataException.class, () -> fetch(disk, server)).getMessage();
        assertSays("Read-only file system", line);
        assertEquals(0, server.requests.get(), "nothing is fetched that cannot be kept");
    }

    @Test
    void aFileInPlaceOfTheFolderIsTold() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        HostileServer server = server((path, out) -> HostileServer.send(out, packed));
        String line =
                assertThrows(DataException.class, () -> fetch(file, server)).getMessage();
        assertSays(file.toString(), line);
        assertThrows(DataException.class, () -> fetch(file.resolve("below"), server));
    }

    // ---- what other processes and people do ----

    @Test
    void anInterruptEndsItAtOnceAndLeavesNothing() throws Exception {
        HostileServer server = server((path, out) -> {
            HostileServer.say(out, "HTTP/1.1 200 OK", "Content-Length: " + packed.length);
            Thread.sleep(30_000);
        });
        Thread me = Thread.currentThread();
        Thread interrupting = new Thread(() -> {
            while (server.requests.get() == 0) {
                Thread.onSpinWait();
            }
            me.interrupt();
        });
        interrupting.start();
        DataException stopped = assertThrows(DataException.class, () -> fetch(folder, server));
        assertTrue(Thread.interrupted(), "the interrupt is still known");
        assertSays("an interrupt", stopped.getMessage());
        assertEquals(List.of(), names(folder));
        interrupting.join();
    }

    /** What a process of its own does: fetches the noise from a mirror into a folder. */
    public static final class Fetching {
        public static void main(String[] arguments) {
            Mirrors mirrors = new Mirrors(List.of(arguments[0]), Duration.ofSeconds(20));
            Mnist.complete(Path.of(arguments[1]), noise(), mirrors, FetchListener.printing());
        }
    }

    private Process process(HostileServer server, Path to) throws IOException {
        return Fork.java(Fetching.class, server.address(), to.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void killedInTheMiddleItStartsAnewAndSweepsUp() throws Exception {
        HostileServer slow = server((path, out) -> {
            HostileServer.say(out, "HTTP/1.1 200 OK", "Content-Length: " + packed.length);
            out.write(packed, 0, packed.length / 2);
            out.flush();
            Thread.sleep(30_000);
        });
        Process process = process(slow, folder);
        while (process.isAlive() && partBytes() < packed.length / 2) {
            Thread.sleep(5);
        }
        process.destroyForcibly().waitFor();
        assertEquals(1, names(folder).size(), "only a part, under a name that nobody reads");
        assertNotEquals(NAME + ".gz", names(folder).get(0));
        Files.setLastModifiedTime(
                folder.resolve(names(folder).get(0)),
                FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        fetch(folder, server((path, out) -> HostileServer.send(out, packed)));
        assertIsHere(folder);
    }

    @Test
    void endedInTheMiddleItLeavesNothing() throws Exception {
        HostileServer slow = server((path, out) -> {
            HostileServer.say(out, "HTTP/1.1 200 OK", "Content-Length: " + packed.length);
            out.write(packed, 0, packed.length / 2);
            out.flush();
            Thread.sleep(30_000);
        });
        Process process = process(slow, folder);
        while (process.isAlive() && partBytes() < packed.length / 2) {
            Thread.sleep(5);
        }
        assertEquals(1, names(folder).size());
        process.destroy(); // as Ctrl-C does
        process.waitFor();
        assertEquals(List.of(), names(folder));
    }

    @Test
    void aFileThatCannotBeReadIsNotTakenForDamaged() throws Exception {
        Path notAFile = Files.createDirectory(folder.resolve(NAME + ".gz"));
        HostileServer server = server((path, out) -> HostileServer.send(out, packed));
        Mirrors mirrors = new Mirrors(List.of(server.address()), PATIENCE);
        assertThrows(DataException.class, () -> Mnist.complete(folder, part, mirrors, listener));
        assertTrue(Files.isDirectory(notAFile), "what is there stays there");
        assertEquals(0, server.requests.get());
    }

    private long partBytes() throws IOException {
        List<String> names = names(folder);
        return names.isEmpty() ? 0 : Files.size(folder.resolve(names.get(0)));
    }

    @Test
    void twoProcessesAtOnceBothSucceed() throws Exception {
        HostileServer slow = server((path, out) -> {
            HostileServer.say(out, "HTTP/1.1 200 OK", "Content-Length: " + packed.length);
            for (int sent = 0; sent < packed.length; sent += 10_000) {
                out.write(packed, sent, Math.min(10_000, packed.length - sent));
                out.flush();
                Thread.sleep(50);
            }
        });
        List<Process> both = List.of(process(slow, folder), process(slow, folder));
        for (Process process : both) {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        }
        assertTrue(slow.requests.get() <= 2, "at most double bandwidth");
        assertIsHere(folder);
    }
}
