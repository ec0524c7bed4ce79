package atelier.notebook;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Collects what a cell prints and hands it on a few times a second, in whole characters. */
final class CellOutput extends OutputStream {

    private static final int FULL = 8_192;

    private final String name;
    private final Publisher publisher;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    /** @param name {@code stdout} or {@code stderr} */
    CellOutput(String name, Publisher publisher) {
        this.name = name;
        this.publisher = publisher;
    }

    @Override
    public void write(int oneByte) {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) {
        waiting.write(bytes, from, count);
        if (waiting.size() > FULL) {
            handOn();
        }
    }

    /** Hands on what is there. PrintStream calls {@code flush()} at every line: that would be a message a line. */
    synchronized void handOn() {
        byte[] bytes = waiting.toByteArray();
        int whole = wholeCharacters(bytes);
        if (whole > 0) {
            waiting.reset();
            waiting.write(bytes, whole, bytes.length - whole);
            publisher.publish(
                    "stream",
                    Message.object()
                            .put("name", name)
                            .put("text", new String(bytes, 0, whole, StandardCharsets.UTF_8)));
        }
    }

    /** How many bytes come before a UTF-8 character that is not all there yet. */
    private static int wholeCharacters(byte[] bytes) {
        int start = bytes.length;
        while (start > 0 && bytes.length - start < 3 && (bytes[start - 1] & 0xC0) == 0x80) {
            start--;
        }
        if (start == 0 || bytes[start - 1] >= 0) {
            return bytes.length;
        }
        int lead = bytes[start - 1] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return bytes.length - (start - 1) < length ? start - 1 : bytes.length;
    }
}
