package atelier.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MNIST's own files: where they are looked for, and how a wrong one is told from a right one. */
class MnistTest {

    @TempDir
    Path folder;

    /** The real files, where this machine has them. */
    private static Path real() {
        Path own = Places.own("mnist");
        assumeTrue(own != null && Files.isDirectory(own), "needs MNIST's files in $ATELIER_DATASETS/mnist");
        return own;
    }

    private void copyReal() throws IOException {
        Path real = real();
        for (Part part : Mnist.PARTS) {
            Path file = part.find(real);
            Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path file(int part) {
        return folder.resolve(Mnist.PARTS.get(part).name() + ".gz");
    }

    /** Loads from the test's folder as the user's own: it is read and nothing else, so no mirror is asked. */
    private Dataset load() {
        return Mnist.load(folder, folder.resolve("none"), FetchListener.printing());
    }

    private Map<String, Long> listing() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                sizes.put(file.toString(), Files.isDirectory(file) ? -1 : Files.size(file));
            }
        }
        return sizes;
    }

    private String refusal(Path... named) throws IOException {
        Map<String, Long> before = listing();
        String line = assertThrows(DataException.class, this::load).getMessage();
        assertFalse(line.contains("\n"), line);
        for (Path file : named) {
            assertTrue(line.contains(file.getFileName().toString()), line);
        }
        assertEquals(before, listing(), "the user's own files are left alone");
        Holding holding = Mnist.holding(folder, folder.resolve("none"));
        assertFalse(holding.sound());
        assertEquals(line, holding.state());
        return line;
    }

    private static void assertSays(String words, String line) {
        assertTrue(line.contains(words), () -> "«" + words + "» in: " + line);
    }

    @Test
    void theRealOneIsWhatEveryoneKnows() throws IOException {
        copyReal();
        Map<String, Long> before = listing();
        Dataset mnist = load();
        assertEquals("mnist: 60,000 images of 28×28 to train, 10,000 images of 28×28 to test", mnist.toString());
        assertArrayEquals(new int[] {5, 0, 4, 1, 9}, mnist.train().labels(0, 5));
        assertArrayEquals(new int[] {7, 2, 1, 0, 4}, mnist.test().labels(0, 5));
        double sum = 0;
        for (byte pixel : mnist.train().pixels()) {
            sum += pixel & 0xFF;
        }
        assertEquals(0.1307, sum / 255 / mnist.train().pixels().length, 5e-5);
        assertEquals(before, listing(), "nothing is unpacked onto the disk");
    }

    @Test
    void plainFilesAreAsGoodAsPackedOnes() throws IOException {
        copyReal();
        for (Part part : Mnist.PARTS.subList(1, 4)) {
            Idx idx = part.read(folder);
            Files.delete(folder.resolve(part.name() + ".gz"));
            idx.write(folder.resolve(part.name()));
            assertEquals(part.bytes(), Files.size(folder.resolve(part.name())));
        }
        assertEquals(60_000, load().train().count());
        assertEquals("digests hold", Mnist.holding(null, folder).state());
    }

    @Test
    void aTruncatedFileIsNamed() throws IOException {
        copyReal();
        byte[] bytes = Files.readAllBytes(file(2));
        Files.write(file(2), Arrays.copyOf(bytes, bytes.length / 2));
        assertSays("gzip data that breaks off", refusal(file(2)));
    }

    @Test
    void aFileThatIsTooLongIsNamed() throws IOException {
        copyReal();
        Files.write(file(1), new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        assertSays("bytes after the end of the gzip data", refusal(file(1)));
    }

    @Test
    void oneWrongPixelIsFound() throws IOException {
        copyReal();
        Idx idx = Mnist.PARTS.get(2).read(folder);
        idx.values()[1_000_000] ^= 1;
        Files.delete(file(2));
        idx.write(folder.resolve(Mnist.PARTS.get(2).name()));
        assertSays("SHA-256 0fa7898d", refusal(folder.resolve(Mnist.PARTS.get(2).name())));
    }

    @Test
    void zerosOfTheRightShapeAreNotMnist() throws IOException {
        for (int i = 0; i < 4; i++) {
            Part part = Mnist.PARTS.get(i);
            new Idx(part.shape(), new byte[(int) part.bytes() - 4 - 4 * part.shape().length])
                    .write(folder.resolve(part.name()));
        }
        assertSays("SHA-256", refusal(folder.resolve(Mnist.PARTS.get(0).name())));
    }

    @Test
    void swappedFilesAreNamed() throws IOException {
        int[][] swaps = {{0, 1}, {0, 2}, {1, 3}, {2, 3}};
        for (int[] swap : swaps) {
            Part first = Mnist.PARTS.get(swap[0]);
            Part second = Mnist.PARTS.get(swap[1]);
            int[] shape = second.shape();
            new Idx(shape, new byte[Arrays.stream(shape).reduce(1, (a, b) -> a * b)])
                    .write(folder.resolve(first.name()));
            String line =
                    assertThrows(DataException.class, () -> first.read(folder)).getMessage();
            assertSays("swapped", line);
            assertSays(first.name(), line);
            assertSays("but got what belongs into " + second.name(), line);
        }
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        new Idx(new int[] {10_000}, new byte[10_000]).write(file(3));
        assertSays("but got no such file", refusal(file(0)));
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws IOException {
        Path notAFolder = Files.createFile(folder.resolve("file"));
        String line = assertThrows(DataException.class, () -> Mnist.load(notAFolder, folder, FetchListener.printing()))
                .getMessage();
        assertSays("in the folder " + notAFolder, line);
        Path below = notAFolder.resolve("mnist");
        assertThrows(DataException.class, () -> Mnist.load(below, folder, FetchListener.printing()));
    }

    @Test
    void aFolderThatMayNotBeReadIsNamed() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        try {
            boolean root = "root".equals(System.getProperty("user.name")); // who may read everything
            String line = root
                    ? refusalToNobody()
                    : assertThrows(DataException.class, this::load).getMessage();
            assertSays("permission denied", line);
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** What the user who owns nothing is told. */
    private String refusalToNobody() throws IOException {
        ProcessBuilder child = Fork.java(Loading.class, folder.toString());
        child.command().addAll(0, List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        return new String(
                child.redirectErrorStream(true).start().getInputStream().readAllBytes(), UTF_8);
    }

    /** Loads from a folder and prints why it cannot. */
    static final class Loading {

        private Loading() {}

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            try {
                System.out.println(Mnist.load(folder, folder.resolve("none"), FetchListener.printing()));
            } catch (DataException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    @Test
    void aDamagedDownloadThatCannotBeReplacedIsToldWithBothReasons() throws IOException {
        Files.write(file(0), new byte[] {0, 0});
        List<String> notes = new java.util.ArrayList<>();
        FetchListener listener = new FetchListener() {
            @Override
            public void note(String line) {
                notes.add(line);
            }

            @Override
            public void progress(String file, long bytes, long of) {}
        };
        try (HostileServer server = new HostileServer((path, out) -> {})) {
            Mirrors mirrors = new Mirrors(List.of(server.address()), java.time.Duration.ofSeconds(1));
            assertThrows(DataException.class, () -> Mnist.complete(folder, mirrors, listener));
        }
        assertSays("but got 00 00", notes.get(0));
        assertSays("train-images-idx3-ubyte.gz.damaged", notes.get(0));
    }

    @Test
    void theDigestsOfTheReadmeAreTheseOnes() throws IOException {
        String readme = Files.readString(Places.project().resolve("datasets/README.md"));
        for (Part part : Mnist.PARTS) {
            assertSays(part.name(), readme);
            assertSays(part.sha256(), readme);
            Path sample = Places.downloads("scribbles").resolve(part.name() + ".gz");
            assertSays(Idx.read(sample, Idx.shape(sample)).sha256(), readme);
        }
    }

    @Test
    void withoutMnistScribblesStandInAndSaySo() {
        java.io.PrintStream before = System.out;
        java.io.ByteArrayOutputStream said = new java.io.ByteArrayOutputStream();
        System.setOut(new java.io.PrintStream(said, true, java.nio.charset.StandardCharsets.UTF_8));
        Dataset data;
        try {
            data = Datasets.orScribbles(() -> {
                throw new DataException("Mnist", "files", "none", "Get them.");
            });
        } finally {
            System.setOut(before);
        }
        assertEquals("scribbles", data.name());
        assertEquals(60_000, data.train().count());
        String text = said.toString(java.nio.charset.StandardCharsets.UTF_8);
        assertSays("Mnist: expected files but got none. Get them.", text);
        assertSays("scribbles", text);
        assertThrows(DataException.class, () -> Datasets.load("imagenet"));
    }
}
