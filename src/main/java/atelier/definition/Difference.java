package atelier.definition;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where two arrays differ most, and by how much.
 *
 * <pre>{@code
 * Difference.largest(y, fast.data())       // prints: largest difference at [0, 2, 1, 4]: expected 0.731, got 0.731 …
 * }</pre>
 *
 * @param index where, one number for each axis of the expected array
 * @param expected the number there
 * @param actual the number that should have been the same
 * @param relative |expected − actual| divided by the largest |expected| of the whole array: a number that happens to lie
 *     near 0 has no digits of its own to lose. In an array of zeros nothing is divided.
 */
public record Difference(List<Integer> index, double expected, double actual, double relative) {

    /**
     * Compares number by number.
     *
     * @param expected an array of any shape, of doubles
     * @param actual the same shape, or a {@code double[]} or {@code float[]} with the same numbers in row-major order
     * @throws IllegalArgumentException when the lengths differ
     */
    public static Difference largest(Object expected, Object actual) {
        double[] e = Nested.flat(expected);
        double[] a = actual instanceof float[] floats ? Nested.toDoubles(floats) : Nested.flat(actual);
        int[] sizes = Nested.sizes(expected);
        if (!(actual instanceof float[] || actual instanceof double[])) {
            Nested.requireSizes("Difference.largest", "an array", actual, sizes);
        } else if (a.length != e.length) {
            throw new IllegalArgumentException("Difference.largest: expected " + e.length + " numbers for shape "
                    + Arrays.toString(sizes) + " but got " + a.length + ". Compare arrays of the same shape.");
        }
        int worst = 0;
        double scale = 0;
        for (int i = 0; i < e.length; i++) {
            scale = Math.max(scale, Math.abs(e[i]));
            if (Double.compare(Math.abs(e[i] - a[i]), Math.abs(e[worst] - a[worst])) > 0) { // NaN is the largest
                worst = i;
            }
        }
        double relative = Math.abs(e[worst] - a[worst]) / (scale == 0 ? 1 : scale);
        return new Difference(Nested.index(worst, sizes), e[worst], a[worst], relative);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "largest difference at %s: expected %.10g, got %.10g, relative difference %.1e",
                index,
                expected,
                actual,
                relative);
    }
}
