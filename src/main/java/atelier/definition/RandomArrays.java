package atelier.definition;

import java.util.function.DoubleSupplier;

/**
 * Random numbers in [−1, 1) for checks and exercises, the same for the same seed on every machine.
 *
 * <pre>{@code
 * double[][][][] x = RandomArrays.images(1, 2, 3, 5, 6);          // seed 1, shape [2,3,5,6]
 * }</pre>
 *
 * <p>Source: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", doi:10.1145/2660193.2660195.
 */
public final class RandomArrays {

    private RandomArrays() {}

    /** A vector. */
    public static double[] vector(long seed, int length) {
        return like(seed, new double[length]);
    }

    /** A matrix. */
    public static double[][] matrix(long seed, int rows, int columns) {
        return like(seed, new double[rows][columns]);
    }

    /** A batch of images {@code [N,C,H,W]}. */
    public static double[][][][] images(long seed, int n, int c, int h, int w) {
        return like(seed, new double[n][c][h][w]);
    }

    /** A new array of the same shape. */
    public static <A> A like(long seed, A array) {
        DoubleSupplier random = new DoubleSupplier() {
            private long state = seed;

            @Override
            public double getAsDouble() {
                state += 0x9E3779B97F4A7C15L;
                long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
                z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
                return ((z ^ (z >>> 31)) >> 10) * 0x1p-53;
            }
        };
        return Nested.map(array, v -> random.getAsDouble());
    }
}
