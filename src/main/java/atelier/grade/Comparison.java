package atelier.grade;

import atelier.definition.Nested;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Holds an answer against the right one: the shape first, then every number.
 *
 * <p>A number is right when it is finite and {@code |got − expected| ≤ 1e-7·(1 + |expected|)}: room for another order of
 * summation, none for another formula.
 */
final class Comparison {

    private static final double TOLERANCE = 1e-7;

    private Comparison() {}

    /** What is wrong, as a sentence, or the empty string. */
    static String difference(Object expected, Object got) {
        String form = form(expected, got);
        if (!form.isEmpty()) {
            return form;
        }
        double[] right = numbers(expected);
        double[] found = numbers(got);
        int wrong = 0;
        int first = -1;
        for (int i = 0; i < right.length; i++) {
            if (!same(right[i], found[i])) {
                first = wrong++ == 0 ? i : first;
            }
        }
        if (wrong == 0) {
            return "";
        }
        String sentence = "xpected " + text(right[first]) + " but got " + text(found[first]);
        return right.length == 1
                ? "E" + sentence + "."
                : "At " + place(expected, first) + ": e" + sentence + " (" + wrong + " of " + right.length
                        + " are wrong).";
    }

    /** What is wrong with type and shape, or the empty string. */
    static String form(Object expected, Object got) {
        if (got == null) {
            return "Expected " + kind(expected) + " but got null. Return the array that you filled.";
        }
        try {
            return kind(expected).equals(kind(got)) ? "" : "Expected " + kind(expected) + " but got " + kind(got) + ".";
        } catch (IllegalArgumentException e) {
            return "Expected " + kind(expected) + " but got an array with rows of different lengths, or with none.";
        }
    }

    /** All numbers in a row. */
    static double[] numbers(Object value) {
        if (value instanceof Number number) {
            return new double[] {number.doubleValue()};
        }
        if (value instanceof int[] whole) {
            return Arrays.stream(whole).asDoubleStream().toArray();
        }
        if (value instanceof double[]
                || value instanceof double[][]
                || value instanceof double[][][]
                || value instanceof double[][][][]) {
            Nested.sizes(value);
            return Nested.flat(value);
        }
        return new double[0];
    }

    private static boolean same(double expected, double got) {
        return Double.isFinite(expected)
                && Double.isFinite(got)
                && Math.abs(got - expected) <= TOLERANCE * (1 + Math.abs(expected));
    }

    private static String kind(Object value) {
        if (value instanceof int[] whole) {
            return whole.length + " whole numbers";
        }
        if (value instanceof Integer) {
            return "a whole number";
        }
        if (value instanceof Double) {
            return "a number";
        }
        return numbers(value).length == 0
                ? "a " + value.getClass().getSimpleName()
                : "an array of shape " + Arrays.toString(Nested.sizes(value));
    }

    private static String place(Object array, int index) {
        return Nested.index(index, Nested.sizes(array)).stream()
                .map(i -> "[" + i + "]")
                .collect(Collectors.joining());
    }

    /** A number as a student would write it. */
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.6g", value);
    }
}
