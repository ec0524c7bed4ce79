package atelier.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Bytes with a shape, as MNIST's files hold them: images {@code [N,H,W]}, labels {@code [N]}.
 *
 * <pre>{@code
 * 00 00 08 rank | rank sizes, four bytes each, high byte first | the bytes, last axis fastest
 * }</pre>
 *
 * <p>A file may be plain or gzip; which one is seen from its first bytes. It must hold exactly what its header says: the
 * sizes are checked before memory is taken, and nothing is ever filled up with zeros.
 *
 * <p>Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", the page that defines the format.
 */
public record Idx(int[] shape, byte[] values) {

    /** No file may claim more than this: 256 MiB, five times MNIST. */
    private static final long MOST = 1L << 28;

    /** Deflate packs at most this well, so a small file that claims to be large is found out before memory is taken. */
    private static final int BEST_GZIP_RATIO = 1032;

    private static final int UNSIGNED_BYTE = 8;

    /**
     * Reads a file.
     *
     * @param expected the shape it must have; −1 stands for any size from 1 on
     * @throws DataException when the file cannot be read, is damaged, or has another shape
     */
    public static Idx read(Path file, int... expected) {
        try (InputStream in = open(file)) {
            int[] shape = header(file, in);
            long length = requireShape(file, shape, expected);
            byte[] values = new byte[(int) length];
            int read = in.readNBytes(values, 0, values.length);
            if (read < length) {
                throw wrong(file, length + " bytes after the header, for shape " + text(shape), "only " + read);
            }
            if (in.read() != -1) {
                throw wrong(file, length + " bytes after the header, for shape " + text(shape), "more");
            }
            return new Idx(shape, values);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /** The shape that a file's header claims, without reading on. */
    static int[] shape(Path file) {
        try (InputStream in = open(file)) {
            return header(file, in);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /** Writes it beside the file, gzip if the name ends in .gz, and puts it in place in one step. */
    public void write(Path file) {
        Publication.write(file, out -> {
            out.write(header());
            out.write(values);
        });
    }

    /** SHA-256 of the unpacked file, which names its contents whatever they are wrapped in. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(header());
            return HexFormat.of().formatHex(digest.digest(values));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    private byte[] header() {
        ByteBuffer header = ByteBuffer.allocate(4 + 4 * shape.length);
        header.putInt(UNSIGNED_BYTE << 8 | shape.length);
        for (int size : shape) {
            header.putInt(size);
        }
        return header.array();
    }

    // ---- reading ----

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(2);
            boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
            in.reset();
            return gzip ? new Gunzip(in) : in;
        } catch (IOException | RuntimeException failure) {
            in.close();
            throw failure;
        }
    }

    private static int[] header(Path file, InputStream in) throws IOException {
        byte[] magic = in.readNBytes(4);
        if (magic.length == 0) {
            throw wrong(file, "an IDX file", "an empty file");
        }
        boolean known = magic.length == 4 && magic[0] == 0 && magic[1] == 0 && magic[2] == UNSIGNED_BYTE;
        if (!known || magic[3] < 1 || magic[3] > 4) {
            throw wrong(file, "an IDX file, which begins with the bytes 00 00 08 01 … 04", begin(magic));
        }
        ByteBuffer sizes = ByteBuffer.wrap(in.readNBytes(4 * magic[3]));
        if (sizes.capacity() < 4 * magic[3]) {
            throw wrong(file, magic[3] + " sizes of four bytes in the header", "only " + sizes.capacity() + " bytes");
        }
        int[] shape = new int[magic[3]];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = sizes.getInt();
        }
        return shape;
    }

    private static long requireShape(Path file, int[] shape, int... expected) throws IOException {
        boolean fits = shape.length == expected.length;
        for (int axis = 0; fits && axis < shape.length; axis++) {
            fits = expected[axis] == -1 ? shape[axis] > 0 : shape[axis] == expected[axis];
        }
        if (!fits) {
            throw wrong(file, "shape " + text(expected), text(shape));
        }
        long length = 1;
        try {
            for (int size : shape) {
                length = Math.multiplyExact(length, size);
            }
        } catch (ArithmeticException overflow) {
            length = Long.MAX_VALUE;
        }
        long onDisk = Files.size(file);
        if (length > MOST || length > onDisk * BEST_GZIP_RATIO) {
            throw wrong(
                    file,
                    "at most " + Math.min(MOST, onDisk * BEST_GZIP_RATIO) + " bytes (the file itself has " + onDisk
                            + ")",
                    "a header that claims shape " + text(shape));
        }
        return length;
    }

    private static String begin(byte[] magic) {
        String hex = HexFormat.ofDelimiter(" ").formatHex(magic);
        return magic[0] == '<' ? "a web page (" + hex + ")" : hex;
    }

    private static String text(int... shape) {
        return Arrays.stream(shape)
                .mapToObj(size -> size == -1 ? "N" : Integer.toString(size))
                .collect(Collectors.joining("×"));
    }

    private static DataException wrong(Path file, String expected, String got) {
        return new DataException("Idx", expected + " in " + file, got, "Get the file again.");
    }

    private static DataException unreadable(Path file, IOException failure) {
        return new DataException(
                "Idx",
                "to read " + file,
                DataException.reason(failure),
                "Get the file again, or check its folder.",
                failure);
    }
}
