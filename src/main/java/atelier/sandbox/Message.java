package atelier.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One frame through the wall, either way: its length, then verb, text, values, and last the number that the question was given.
 *
 * <p>The number comes last so that nobody can answer a question before it has been read to the end: the pipe is empty when the
 * next one is sent, and a question of at most {@value #LONGEST_QUESTION} bytes can be sent without waiting for a reader.
 *
 * @param verb what is asked or told
 * @param number of the question; the answer repeats it
 */
public record Message(Verb verb, String text, List<Object> values, long number) {

    /** A pipe holds 65,536 bytes on Linux. */
    public static final int LONGEST_QUESTION = 60_000;

    /** Far more than any right answer has, and little enough to be held. */
    public static final int LONGEST_ANSWER = 4 << 20;

    private static final int MOST_VALUES = 20;

    /** What is asked, and what is told. */
    public enum Verb {
        /** The sandbox stands and has run nothing yet. */
        HELLO,
        /** Asked: run this cell. */
        DEFINE,
        /** Told: the cell has run; the text is what it complained of, line by line, or empty. */
        DEFINED,
        /** Asked: find the method with this head. */
        OPEN,
        /** Told: it can be called. */
        OPENED,
        /** Told: there is no method of that name. */
        MISSING,
        /** Told: there is one, and it cannot be called; the text says why. */
        UNFIT,
        /** Asked: call it with these values. */
        CALL,
        /** Told: what it returned. */
        RESULT,
        /** Told: it is still the blank of the exercise. */
        BLANK,
        /** Told: it threw; the text names the exception. */
        THREW
    }

    /** The frame, its length included. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(0);
            out.writeByte(verb.ordinal());
            Values.text(out, text);
            out.writeByte(values.size());
            for (Object value : values) {
                Values.write(out, value);
            }
            out.writeLong(number);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        byte[] frame = bytes.toByteArray();
        ByteBuffer.wrap(frame).putInt(frame.length - Integer.BYTES);
        return frame;
    }

    /**
     * Reads a frame without its length.
     *
     * @throws IllegalArgumentException when these bytes are no message
     */
    public static Message of(byte[] frame) {
        try {
            ByteBuffer in = ByteBuffer.wrap(frame);
            int verb = in.get();
            String text = Values.text(in);
            int count = in.get();
            if (verb < 0 || verb >= Verb.values().length || count < 0 || count > MOST_VALUES) {
                throw new IllegalArgumentException("Message: expected a verb and up to " + MOST_VALUES
                        + " values but got verb " + verb + " and " + count + " values");
            }
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                values.add(Values.read(in));
            }
            long number = in.getLong();
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("Message: expected its end but " + in.remaining() + " bytes follow");
            }
            return new Message(Verb.values()[verb], text, values, number);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("Message: expected more than " + frame.length + " bytes", e);
        }
    }
}
