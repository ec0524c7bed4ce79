package atelier.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks one gzip member and nothing else, byte by byte as it is asked for.
 *
 * <p>The JDK's GZIPInputStream accepts rubbish after the end and joins a second member to the first; here the file must end
 * where the member ends, with the right checksum and length (RFC 1952).
 */
final class Gunzip extends InputStream {

    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int HEADER_CHECKSUM = 2;

    private final InputStream packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[1 << 16];
    private int filled;
    private boolean finished;

    Gunzip(InputStream packed) throws IOException {
        this.packed = packed;
        readHeader();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        if (finished || length == 0) {
            return finished ? -1 : 0;
        }
        try {
            int got = 0;
            while (got == 0 && !inflater.finished()) {
                if (inflater.needsDictionary()) {
                    throw new ZipException("damaged gzip data: it asks for a dictionary");
                }
                if (inflater.needsInput()) {
                    filled = packed.read(buffer);
                    if (filled < 0) {
                        throw new EOFException("gzip data that breaks off");
                    }
                    inflater.setInput(buffer, 0, filled);
                }
                got = inflater.inflate(to, from, length);
            }
            checksum.update(to, from, got);
            if (got == 0) {
                readTrailer();
                return -1;
            }
            return got;
        } catch (DataFormatException damaged) {
            throw new ZipException("damaged gzip data: " + damaged.getMessage());
        }
    }

    private void readHeader() throws IOException {
        if (next() != 0x1F || next() != 0x8B || next() != 8) {
            throw new ZipException("not gzip data");
        }
        int flags = next();
        skip(6); // time, extra flags, operating system
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        for (int flag : new int[] {NAME, COMMENT}) {
            while ((flags & flag) != 0 && next() != 0) {}
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skip(2);
        }
    }

    private void readTrailer() throws IOException {
        finished = true;
        byte[] trailer = new byte[9]; // checksum, length, and one byte that must not be there
        int have = Math.min(inflater.getRemaining(), 9);
        System.arraycopy(buffer, filled - inflater.getRemaining(), trailer, 0, have);
        have += packed.readNBytes(trailer, have, 9 - have);
        if (have < 8) {
            throw new EOFException("gzip data that breaks off in its checksum");
        }
        if (little(trailer, 0) != (int) checksum.getValue()) {
            throw new ZipException("a wrong gzip checksum");
        }
        if (little(trailer, 4) != (int) inflater.getBytesWritten()) {
            throw new ZipException("a wrong gzip length");
        }
        if (have > 8) {
            throw new ZipException("bytes after the end of the gzip data");
        }
    }

    private int next() throws IOException {
        int value = packed.read();
        if (value < 0) {
            throw new EOFException("gzip data that breaks off in its header");
        }
        return value;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private static int little(byte[] from, int i) {
        return from[i] & 0xFF | (from[i + 1] & 0xFF) << 8 | (from[i + 2] & 0xFF) << 16 | from[i + 3] << 24;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }
}
