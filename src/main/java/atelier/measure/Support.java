package atelier.measure;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * Where a set of images is at home: around each of them a ball that reaches to its third nearest neighbour in the set.
 *
 * <p>Where images lie close, balls are small; where they are rare, large. What lies in a ball could be one of them.
 *
 * @param features of the images, {@code [N,F]}
 * @param squaredRadii the squared radius of each ball
 */
record Support(Tensor features, float[] squaredRadii) {

    private static final int BLOCK = 4_000_000; // distances at once, 16 MB

    /**
     * Of features {@code [N,F]}, N above {@code neighbour}.
     *
     * @param neighbour which of them a ball reaches to; an image is no neighbour of itself, its equal is
     * @throws InterruptedException when the thread is interrupted
     */
    static Support of(Tensor features, int neighbour) throws InterruptedException {
        if (features.rank() != 2 || neighbour < 1 || features.size(0) <= neighbour) {
            throw new ShapeException("Support.of: expected features [N,F] of more than " + neighbour
                    + " images but got " + Arrays.toString(features.shape()) + ". Each needs so many neighbours.");
        }
        int n = features.size(0);
        float[] radii = new float[n];
        to(features).from(features.data(), n, (i, squares, from) -> radii[i] = radius(i, squares, from, n, neighbour));
        return new Support(features, radii);
    }

    /** The so-manieth smallest of a row, the i-th left out. */
    private static float radius(int i, float[] squares, int from, int n, int neighbour) {
        float[] nearest = new float[neighbour];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        for (int j = 0; j < n; j++) {
            float d = squares[from + j];
            if (d < nearest[neighbour - 1] && j != i) {
                int place = neighbour - 1;
                for (; place > 0 && nearest[place - 1] > d; place--) {
                    nearest[place] = nearest[place - 1];
                }
                nearest[place] = d;
            }
        }
        return nearest[neighbour - 1];
    }

    /**
     * Which of other images lie in one of its balls.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    boolean[] contains(Tensor others) throws InterruptedException {
        if (others.rank() != 2 || others.size(1) != features.size(1)) {
            throw new ShapeException("Support.contains: expected features [N," + features.size(1) + "] but got "
                    + Arrays.toString(others.shape()) + ". Both sets must be seen by the same judge.");
        }
        boolean[] inside = new boolean[others.size(0)];
        to(features).from(others.data(), inside.length, (i, squares, from) -> {
            for (int j = 0; j < squaredRadii.length && !inside[i]; j++) {
                inside[i] = squares[from + j] <= squaredRadii[j];
            }
        });
        return inside;
    }

    private static Distances to(Tensor features) {
        int n = features.size(0);
        return new Distances(features.data(), n, features.size(1), Math.max(1, BLOCK / n));
    }
}
