package atelier.notebook;

import java.lang.reflect.Array;

/** Arrays as a reader expects them: {@code [1.0, 2.0]}, a matrix with one row a line, long ones with their middle left out. */
final class ArrayText {

    private static final int LONGEST = 100;
    private static final int EDGE = 8;

    private ArrayText() {}

    static String of(Object array) {
        return text(array, "");
    }

    private static String text(Object value, String indent) {
        if (value == null || !value.getClass().isArray()) {
            return value instanceof String word ? '"' + word + '"' : String.valueOf(value);
        }
        int length = Array.getLength(value);
        boolean deep = value.getClass().getComponentType().isArray();
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < length; i++) {
            text.append(i == 0 ? "" : deep ? ",\n " + indent : ", ");
            if (length > LONGEST && i == EDGE) {
                text.append("… ").append(length - 2 * EDGE).append(" more …");
                i = length - EDGE - 1;
            } else {
                text.append(text(Array.get(value, i), indent + " "));
            }
        }
        return text.append(']').toString();
    }
}
