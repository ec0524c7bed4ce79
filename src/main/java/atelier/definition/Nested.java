package atelier.definition;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Small tools for arrays of arrays: {@code double[]}, {@code double[][]}, {@code double[][][][]} …
 *
 * <pre>{@code
 * double[][][][] image = Nested.images(numbers, 1, 1, 28, 28);
 * double[][][][] y = Nested.map(x, Relu::forward);        // any shape; the type stays the same
 * Arrays.toString(Nested.sizes(y))                        // [1, 1, 28, 28]
 * }</pre>
 */
public final class Nested {

    private Nested() {}

    /**
     * How long it is along each axis: {@code [N, C, H, W]} for images.
     *
     * @throws IllegalArgumentException when rows differ in length, or an axis is empty
     */
    public static int[] sizes(Object array) {
        int[] sizes = new int[depth(array)];
        Object part = array;
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = Array.getLength(part);
            if (sizes[axis] == 0) {
                throw new IllegalArgumentException("Nested: expected numbers along every axis but got none along axis "
                        + axis + ". Fill the array.");
            }
            part = Array.get(part, 0);
            if (part == null) {
                throw new IllegalArgumentException(
                        "Nested: expected rows along axis " + axis + " but got null for the first. Make every row.");
            }
        }
        requireRectangular(array, sizes, 0);
        return sizes;
    }

    /** Where the number stands that has this place in {@link #flat}: an index for each axis. */
    public static List<Integer> index(int place, int[] sizes) {
        List<Integer> index = new ArrayList<>();
        for (int axis = sizes.length - 1, rest = place; axis >= 0; axis--) {
            index.add(0, rest % sizes[axis]);
            rest /= sizes[axis];
        }
        return List.copyOf(index);
    }

    /** All numbers in one row, the last axis running fastest (row-major order); a copy. */
    public static double[] flat(Object array) {
        return rows(array).stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** The numbers of a row-major list as a batch of images {@code [N,C,H,W]}. */
    public static double[][][][] images(double[] numbers, int n, int c, int h, int w) {
        return fill(numbers, new double[n][c][h][w]);
    }

    /** The numbers of a row-major list as a matrix. */
    public static double[][] matrix(double[] numbers, int rows, int columns) {
        return fill(numbers, new double[rows][columns]);
    }

    /** The same for floats, which become doubles. */
    public static double[][][][] images(float[] numbers, int n, int c, int h, int w) {
        return images(toDoubles(numbers), n, c, h, w);
    }

    /** The same for floats, which become doubles. */
    public static double[][] matrix(float[] numbers, int rows, int columns) {
        return matrix(toDoubles(numbers), rows, columns);
    }

    /** A copy that shares nothing. */
    public static <A> A copy(A array) {
        return map(array, v -> v);
    }

    /** A new array of the same shape: f of each number. */
    @SuppressWarnings("unchecked")
    public static <A> A map(A array, DoubleUnaryOperator f) {
        if (array instanceof double[] row) {
            return (A) Arrays.stream(row).map(f).toArray();
        }
        Object[] parts = (Object[]) array;
        Object[] mapped = parts.clone();
        for (int i = 0; i < parts.length; i++) {
            mapped[i] = map(parts[i], f);
        }
        return (A) mapped;
    }

    /** A new array of the same shape: f of each pair of numbers that stand at the same place. */
    public static <A> A map(A first, A second, DoubleBinaryOperator f) {
        requireSizes("Nested.map", "the second array", second, sizes(first));
        A mapped = copy(first);
        List<double[]> a = rows(mapped);
        List<double[]> b = rows(second);
        for (int r = 0; r < a.size(); r++) {
            for (int i = 0; i < a.get(r).length; i++) {
                a.get(r)[i] = f.applyAsDouble(a.get(r)[i], b.get(r)[i]);
            }
        }
        return mapped;
    }

    /** The innermost rows themselves, in row-major order; not copies. */
    static List<double[]> rows(Object array) {
        if (array instanceof double[] row) {
            return List.of(row);
        }
        List<double[]> rows = new ArrayList<>();
        for (Object part : (Object[]) array) {
            rows.addAll(rows(part));
        }
        return rows;
    }

    /** The same numbers as doubles: what the fast layers computed, to compare with a definition. */
    public static double[] toDoubles(float[] numbers) {
        double[] doubles = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            doubles[i] = numbers[i];
        }
        return doubles;
    }

    static void requireSizes(String where, String what, Object array, int... expected) {
        int[] sizes = sizes(array);
        if (!Arrays.equals(sizes, expected)) {
            throw new IllegalArgumentException(where + ": expected " + what + " of shape " + Arrays.toString(expected)
                    + " but got " + Arrays.toString(sizes) + ". Compare with the shapes in its Javadoc.");
        }
    }

    private static <A> A fill(double[] numbers, A array) {
        int next = 0;
        int[] sizes = sizes(array);
        int length = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        if (numbers.length != length) {
            throw new IllegalArgumentException("Nested: expected " + length + " numbers for shape "
                    + Arrays.toString(sizes) + " but got " + numbers.length + ". Check the product of the sizes.");
        }
        for (double[] row : rows(array)) {
            System.arraycopy(numbers, next, row, 0, row.length);
            next += row.length;
        }
        return array;
    }

    private static int depth(Object array) {
        int depth = 0;
        for (Class<?> type = array.getClass(); type.isArray(); type = type.getComponentType()) {
            depth++;
        }
        return depth;
    }

    private static void requireRectangular(Object array, int[] sizes, int axis) {
        if (array == null) {
            throw new IllegalArgumentException("Nested: expected rows of length " + sizes[axis] + " along axis " + axis
                    + " but got null for one. Make every row.");
        }
        if (Array.getLength(array) != sizes[axis]) {
            throw new IllegalArgumentException("Nested: expected rows of one length, " + sizes[axis] + " along axis "
                    + axis + ", but got one of " + Array.getLength(array) + ". Make the array rectangular.");
        }
        if (axis + 1 < sizes.length) {
            for (Object part : (Object[]) array) {
                requireRectangular(part, sizes, axis + 1);
            }
        }
    }
}
