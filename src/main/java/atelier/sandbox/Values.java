package atelier.sandbox;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What may pass through the wall of the sandbox: whole numbers, numbers, and arrays of them. One letter for the type, then the
 * numbers; an array is its length and its elements. No object is ever deserialised.
 *
 * <p>A missing row is written as an empty one. Reading believes no length that the bytes at hand cannot fill.
 */
public final class Values {

    private static final int DEEPEST = 4;
    private static final int LONGEST_NAME = 60;

    private Values() {}

    /**
     * Something of another type: only the type's name passes.
     *
     * @param kind such as {@code List} or {@code int[][]}
     */
    public record Other(String kind) {}

    static void write(DataOutput out, Object value) throws IOException {
        int depth = depth(value);
        if (value == null) {
            out.writeByte('N');
        } else if (value instanceof Integer whole) {
            out.writeByte('I');
            out.writeInt(whole);
        } else if (value instanceof Double number) {
            out.writeByte('D');
            out.writeDouble(number);
        } else if (value instanceof int[] wholes) {
            out.writeByte('W');
            out.writeInt(wholes.length);
            for (int whole : wholes) {
                out.writeInt(whole);
            }
        } else if (depth > 0) {
            out.writeByte('0' + depth);
            nested(out, value, depth);
        } else {
            out.writeByte('X');
            text(out, cut(value.getClass().getSimpleName(), LONGEST_NAME));
        }
    }

    static Object read(ByteBuffer in) {
        char type = (char) in.get();
        return switch (type) {
            case 'N' -> null;
            case 'I' -> in.getInt();
            case 'D' -> in.getDouble();
            case 'W' -> {
                int[] wholes = new int[length(in, Integer.BYTES)];
                for (int i = 0; i < wholes.length; i++) {
                    wholes[i] = in.getInt();
                }
                yield wholes;
            }
            case '1', '2', '3', '4' -> nested(in, type - '0');
            case 'X' -> new Other(cut(text(in), LONGEST_NAME));
            default ->
                throw new IllegalArgumentException("Values: expected a type's letter but got byte " + (int) type);
        };
    }

    /** How deep doubles are nested, 1 to 4; 0 for whatever is no such array. */
    private static int depth(Object value) {
        Class<?> type = value == null ? Object.class : value.getClass();
        int depth = 0;
        for (; type.isArray(); type = type.getComponentType()) {
            depth++;
        }
        return type == double.class && depth <= DEEPEST ? depth : 0;
    }

    private static void nested(DataOutput out, Object array, int depth) throws IOException {
        if (array == null) {
            out.writeInt(0);
        } else if (array instanceof double[] row) {
            out.writeInt(row.length);
            for (double number : row) {
                out.writeDouble(number);
            }
        } else {
            Object[] rows = (Object[]) array;
            out.writeInt(rows.length);
            for (Object row : rows) {
                nested(out, row, depth - 1);
            }
        }
    }

    private static Object nested(ByteBuffer in, int depth) {
        int length = length(in, depth == 1 ? Double.BYTES : Integer.BYTES);
        if (depth == 1) {
            double[] row = new double[length];
            for (int i = 0; i < length; i++) {
                row[i] = in.getDouble();
            }
            return row;
        }
        Object[] rows = switch (depth) {
            case 2 -> new double[length][];
            case 3 -> new double[length][][];
            default -> new double[length][][][];
        };
        for (int i = 0; i < length; i++) {
            rows[i] = nested(in, depth - 1);
        }
        return rows;
    }

    private static int length(ByteBuffer in, int bytesEach) {
        int length = in.getInt();
        if (length < 0 || (long) length * bytesEach > in.remaining()) {
            throw new IllegalArgumentException("Values: expected at most " + in.remaining() / bytesEach
                    + " elements, which the bytes hold, but got " + length);
        }
        return length;
    }

    static void text(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String text(ByteBuffer in) {
        byte[] bytes = new byte[length(in, 1)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
