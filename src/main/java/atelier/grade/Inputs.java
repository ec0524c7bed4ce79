package atelier.grade;

import atelier.definition.Nested;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The arguments of one call, in the order of the method's parameters: whole numbers, numbers, and arrays of them.
 *
 * <p>Each {@link #at} gives a fresh copy, so a method that overwrites its arguments harms nobody else.
 */
public final class Inputs {

    private final List<Object> values;

    private Inputs(List<Object> values) {
        this.values = values;
    }

    /** Arguments: {@code Integer}, {@code Double}, {@code int[]}, or doubles nested to any depth. */
    public static Inputs of(Object... values) {
        return new Inputs(List.of(values));
    }

    /** All of them. */
    List<Object> all() {
        return values;
    }

    /** How many there are. */
    public int count() {
        return values.size();
    }

    /**
     * A copy of the argument at a place, counted from 0, as whatever type is due there.
     *
     * @throws ClassCastException when another type is due than the argument has
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T at(int place) {
        Object value = values.get(place);
        if (value instanceof int[] whole) {
            return (T) whole.clone();
        }
        return (T) (value.getClass().isArray() ? Nested.copy(value) : value);
    }

    /** The arguments with the names of their parameters: small ones in full, of large ones the shape. */
    String named(List<String> names) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(names.get(i)).append(' ').append(text(values.get(i)));
        }
        return text.toString();
    }

    private static String text(Object value) {
        if (value instanceof int[] whole) {
            return Arrays.toString(whole);
        }
        if (!value.getClass().isArray()) {
            return value.toString();
        }
        if (Nested.flat(value).length > 9) {
            return "of shape " + Arrays.toString(Nested.sizes(value));
        }
        return value instanceof double[] row
                ? Arrays.stream(row).mapToObj(Comparison::text).collect(Collectors.joining(", ", "[", "]"))
                : Arrays.stream((Object[]) value).map(Inputs::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
