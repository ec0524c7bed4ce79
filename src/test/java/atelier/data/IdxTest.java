package atelier.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows 10 to 17 of the hostile inputs: what a file may do wrong. */
class IdxTest {

    @TempDir
    Path folder;

    private final byte[] good = idx(new byte[] {0, 0, 8, 3}, 6, 2, 2, 3); // two images of 2×3

    /** A file's bytes: the magic, the sizes, and so many data bytes 0, 1, 2, …. */
    private static byte[] idx(byte[] magic, int bytes, int... sizes) {
        int data = sizes.length == 3 ? bytes * sizes[0] : bytes;
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + data).put(magic);
        Arrays.stream(sizes).forEach(file::putInt);
        for (int i = 0; i < data; i++) {
            file.put((byte) i);
        }
        return file.array();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return packed.toByteArray();
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("images.gz"), bytes);
    }

    /** The one clear line that reading these bytes as images must give. */
    private String refusal(byte[] bytes) throws IOException {
        Path file = file(bytes);
        String line = assertThrows(DataException.class, () -> Idx.read(file, -1, -1, -1))
                .getMessage();
        assertTrue(line.startsWith("Idx: expected ") && line.contains(" but got "), line);
        assertTrue(line.contains(file.toString()), line);
        assertFalse(line.contains("\n"), line);
        return line;
    }

    private static void assertSays(String part, String line) {
        assertTrue(line.contains(part), () -> "«" + part + "» in: " + line);
    }

    @Test
    void plainAndGzipReadTheSame() throws IOException {
        for (byte[] bytes : new byte[][] {good, gzip(good)}) {
            Idx idx = Idx.read(file(bytes), -1, 2, 3);
            assertArrayEquals(new int[] {2, 2, 3}, idx.shape());
            assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, idx.values());
        }
    }

    @Test
    void whatIsWrittenIsReadBackAndHasTheDigestOfThePlainFile() throws Exception {
        Idx idx = Idx.read(file(good), -1, -1, -1);
        idx.write(folder.resolve("a.gz"));
        idx.write(folder.resolve("b"));
        assertArrayEquals(good, Files.readAllBytes(folder.resolve("b")));
        assertEquals(idx.sha256(), Idx.read(folder.resolve("a.gz"), 2, 2, 3).sha256());
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(good);
        assertEquals(java.util.HexFormat.of().formatHex(digest), idx.sha256());
        try (var left = Files.list(folder)) {
            assertEquals(3, left.count(), "no part is left");
        }
    }

    @Test
    void gzipHeaderFieldsAreSkipped() throws IOException {
        byte[] plain = gzip(good);
        byte[] fields = {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, 'n', 0, 'c', 'c', 0, 7, 7};
        byte[] named = concat(fields, Arrays.copyOfRange(plain, 10, plain.length));
        assertArrayEquals(new int[] {2, 2, 3}, Idx.read(file(named), -1, -1, -1).shape());
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        assertSays("an empty file", refusal(new byte[0]));
        assertSays("an empty file", refusal(gzip(new byte[0])));
    }

    @Test
    void gzipCutAnywhereIsRefused() throws IOException {
        byte[] packed = gzip(good);
        for (int length = 1; length < packed.length; length++) {
            refusal(Arrays.copyOf(packed, length));
        }
        assertSays("gzip data that breaks off", refusal(Arrays.copyOf(packed, packed.length - 9)));
        assertSays("gzip data that breaks off in its checksum", refusal(Arrays.copyOf(packed, packed.length - 1)));
    }

    @Test
    void anyFlippedBitOfGzipDataIsRefusedOrHarmless() throws IOException {
        byte[] packed = gzip(good);
        for (int bit = 0; bit < 8 * packed.length; bit++) {
            byte[] flipped = packed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Path file = file(flipped);
            try {
                assertArrayEquals(
                        Idx.read(file(good), -1, -1, -1).values(),
                        Idx.read(file(flipped), -1, -1, -1).values());
            } catch (DataException refused) {
                assertSays(file.toString(), refused.getMessage());
            }
        }
    }

    @Test
    void aWrongChecksumOrLengthIsRefused() throws IOException {
        byte[] checksum = gzip(good);
        checksum[checksum.length - 8] ^= 1;
        assertSays("a wrong gzip checksum", refusal(checksum));
        byte[] length = gzip(good);
        length[length.length - 4] ^= 1;
        assertSays("a wrong gzip length", refusal(length));
    }

    @Test
    void bytesAfterTheGzipDataAreRefused() throws IOException {
        assertSays("bytes after the end", refusal(concat(gzip(good), new byte[] {0})));
        assertSays("bytes after the end", refusal(concat(gzip(good), "rubbish".getBytes())));
    }

    @Test
    void aSecondGzipMemberIsRefused() throws IOException {
        assertSays("bytes after the end", refusal(concat(gzip(good), gzip(good))));
        byte[] half = Arrays.copyOf(good, 20);
        byte[] rest = Arrays.copyOfRange(good, 20, good.length);
        refusal(concat(gzip(half), gzip(rest)));
    }

    @Test
    void aGzipBombStopsAtTheDeclaredSize() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed, 1 << 16)) {
            out.write(good);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 256; i++) {
                out.write(zeros);
            }
        }
        assertSays("12 bytes after the header", refusal(packed.toByteArray()));
        ByteArrayInputStream source = new ByteArrayInputStream(packed.toByteArray());
        assertEquals(good.length + 1, new Gunzip(source).readNBytes(good.length + 1).length);
        assertTrue(source.available() > packed.size() / 2, "what is not asked for is not unpacked");
    }

    @Test
    void wrongMagicShowsItsBytes() throws IOException {
        assertSays("00 00 08 01 … 04", refusal("PK\3\4 something".getBytes()));
        assertSays("50 4b 03 04", refusal("PK\3\4 something".getBytes()));
        assertSays("a web page", refusal("<!DOCTYPE html><html>log in".getBytes()));
        assertSays("00 00", refusal(new byte[] {0, 0}));
    }

    @Test
    void unknownTypesAndRanksAreRefused() throws IOException {
        for (int type : new int[] {0, 7, 9, 0x0B, 0x0D, 0x0E, 0xFF}) {
            refusal(idx(new byte[] {0, 0, (byte) type, 3}, 6, 2, 2, 3));
        }
        for (int rank : new int[] {0, 5, 127, 128, 255}) {
            assertSays(
                    String.format("00 00 08 %02x", rank), refusal(idx(new byte[] {0, 0, 8, (byte) rank}, 6, 2, 2, 3)));
        }
        assertSays("shape N×N×N", refusal(idx(new byte[] {0, 0, 8, 1}, 6, 6)));
        assertSays("3 sizes of four bytes", refusal(new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0}));
    }

    @Test
    void sizesThatOverflowAreRefusedBeforeMemoryIsTaken() throws IOException {
        int[][] shapes = {
            {60_000, 300, 300}, // 1,105,032,704 in int arithmetic, and positive
            {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE},
            {1 << 16, 1 << 16, 1}, // 0 in int arithmetic
            {1 << 20, 16, 17}, // just above the cap
            {1 << 20, 15, 17} // below the cap, far above what so small a file can hold
        };
        for (int[] shape : shapes) {
            byte[] header = idx(new byte[] {0, 0, 8, 3}, 0, shape);
            assertSays("a header that claims shape " + shape[0] + "×", refusal(header));
            assertSays("a header that claims shape " + shape[0] + "×", refusal(gzip(header)));
        }
    }

    @Test
    void negativeAndZeroSizesAreRefused() throws IOException {
        for (int[] shape : new int[][] {{-1, 2, 3}, {2, -2, 3}, {2, 2, Integer.MIN_VALUE}, {0, 2, 3}, {2, 0, 3}}) {
            byte[] header = ByteBuffer.allocate(16)
                    .put(new byte[] {0, 0, 8, 3})
                    .putInt(shape[0])
                    .putInt(shape[1])
                    .putInt(shape[2])
                    .array();
            assertSays("shape N×N×N", refusal(header));
        }
    }

    @Test
    void noImagesAreAcceptedWhenAskedFor() throws IOException {
        assertEquals(
                0,
                Idx.read(file(idx(new byte[] {0, 0, 8, 3}, 6, 0, 2, 3)), 0, 2, 3)
                        .values()
                        .length);
    }

    @Test
    void tooShortAndTooLongSayBothNumbers() throws IOException {
        for (boolean packed : new boolean[] {false, true}) {
            byte[] shorter = Arrays.copyOf(good, good.length - 5);
            byte[] longer = Arrays.copyOf(good, good.length + 1);
            assertSays("12 bytes after the header", refusal(packed ? gzip(shorter) : shorter));
            assertSays("but got only 7", refusal(packed ? gzip(shorter) : shorter));
            assertSays("but got more", refusal(packed ? gzip(longer) : longer));
        }
    }

    @Test
    void anotherShapeThanExpectedIsRefused() throws IOException {
        Path file = file(good);
        String line = assertThrows(DataException.class, () -> Idx.read(file, -1, 28, 28))
                .getMessage();
        assertSays("shape N×28×28", line);
        assertSays("but got 2×2×3", line);
    }

    @Test
    void aFolderOrNothingInPlaceOfAFileIsRefused() throws IOException {
        Path missing = folder.resolve("missing");
        assertSays(
                "no such file",
                assertThrows(DataException.class, () -> Idx.read(missing, -1)).getMessage());
        Path directory = Files.createDirectory(folder.resolve("directory"));
        assertThrows(DataException.class, () -> Idx.read(directory, -1));
    }
}
