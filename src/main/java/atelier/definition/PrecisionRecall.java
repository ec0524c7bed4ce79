package atelier.definition;

import java.util.Arrays;

/**
 * Whether points y look like points x, and whether they leave out some of them.
 *
 * <p>Around each point a ball reaches to its k-th nearest neighbour: there, other points of its kind may lie.
 *
 * <p>Walk-through: notebooks/17-measuring-generators. Source: Kynkäänniemi et al. 2019, arXiv:1904.06991.
 */
public final class PrecisionRecall {

    private PrecisionRecall() {}

    /**
     * The share of the y {@code [M,F]} that could be x {@code [N,F]}, from 0 to 1.
     *
     * <pre>{@code
     * precision = (1/M) Σ_j [y_j lies in a ball of the x]                   (E3)
     * }</pre>
     */
    public static double precision(double[][] x, double[][] y, int k) {
        double inside = 0;
        for (double[] point : y) {
            inside += liesInABall(point, x, k) ? 1 : 0;
        }
        return inside / y.length;
    }

    /**
     * The share of the x {@code [N,F]} that y {@code [M,F]} could be, from 0 to 1: the same with the roles exchanged.
     *
     * <pre>{@code
     * recall    = (1/N) Σ_i [x_i lies in a ball of the y]                   (E4)
     * }</pre>
     */
    public static double recall(double[][] x, double[][] y, int k) {
        return precision(y, x, k);
    }

    /** Whether some ball of the set reaches as far as the point; its skin belongs to a ball. */
    public static boolean liesInABall(double[] point, double[][] set, int k) {
        for (int i = 0; i < set.length; i++) {
            if (distance(point, set[i]) <= radius(i, set, k)) {
                return true;
            }
        }
        return false;
    }

    /** From point i to the k-th nearest of the others. */
    public static double radius(int i, double[][] set, int k) {
        if (k < 1 || k >= set.length) {
            throw new IllegalArgumentException("PrecisionRecall: expected a neighbour from 1 to " + (set.length - 1)
                    + " but got " + k + ". Each of " + set.length + " points has so many.");
        }
        double[] distances = new double[set.length];
        for (int j = 0; j < set.length; j++) {
            distances[j] = distance(set[i], set[j]);
        }
        distances[i] = Double.POSITIVE_INFINITY; // no neighbour of its own
        Arrays.sort(distances);
        return distances[k - 1];
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int f = 0; f < a.length; f++) {
            sum += (a[f] - b[f]) * (a[f] - b[f]);
        }
        return Math.sqrt(sum);
    }
}
