package atelier.grade;

import atelier.definition.Nested;

/** The ways to slip that tasks share: what is turned, swapped or scaled. What is given here may be overwritten. */
final class Slips {

    private Slips() {}

    /** A kernel, or every plane of every kernel, turned by 180°. */
    static double[][] turned(double[][] w) {
        int R = w.length;
        double[][] turned = new double[R][R];
        for (int u = 0; u < R; u++) {
            for (int v = 0; v < R; v++) {
                turned[u][v] = w[R - 1 - u][R - 1 - v];
            }
        }
        return turned;
    }

    /** A kernel, or every plane of every kernel, turned by 180°. */
    static double[][][][] turned(double[][][][] w) {
        for (double[][][] kernel : w) {
            for (int c = 0; c < kernel.length; c++) {
                kernel[c] = turned(kernel[c]);
            }
        }
        return w;
    }

    /** Rows for columns. */
    static double[][] transposed(double[][] a) {
        double[][] transposed = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                transposed[j][i] = a[i][j];
            }
        }
        return transposed;
    }

    /** Every number times the factor. */
    static <A> A scaled(A array, double factor) {
        return Nested.map(array, v -> factor * v);
    }
}
