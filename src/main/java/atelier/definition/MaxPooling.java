package atelier.definition;

/**
 * Max pooling: of each small window only the largest number is kept.
 *
 * <p>Shapes: x {@code [N,C,H,W]}, y {@code [N,C,I,J]} with {@code I = ⌊(H − R)/s⌋ + 1}. There is no padding; rows and columns
 * that fill no whole window are left out. It has nothing to learn: no parameters.
 *
 * <p>Walk-through: notebooks/04-pooling. Sources: Riesenhuber and Poggio 1999, doi:10.1038/14819; Scherer, Müller and
 * Behnke 2010, doi:10.1007/978-3-642-15825-4_10.
 */
public final class MaxPooling {

    private MaxPooling() {}

    /**
     * The largest number of each window.
     *
     * <pre>{@code
     * y[n,c,i,j] = max_{u,v} x[n,c, s·i + u, s·j + v]         u, v = 0 … R−1                     (P1)
     * }</pre>
     */
    public static double[][][][] forward(double[][][][] x, int windowSize, int stride) {
        int N = x.length;
        int C = x[0].length;
        int I = AveragePooling.outputSize(x[0][0].length, windowSize, stride);
        int J = AveragePooling.outputSize(x[0][0][0].length, windowSize, stride);
        double[][][][] y = new double[N][C][I][J];
        for (int n = 0; n < N; n++) {
            for (int c = 0; c < C; c++) {
                for (int i = 0; i < I; i++) {
                    for (int j = 0; j < J; j++) {
                        int[] winner = winner(x[n][c], windowSize, stride, i, j);
                        y[n][c][i][j] = x[n][c][winner[0]][winner[1]];
                    }
                }
            }
        }
        return y;
    }

    /**
     * Only the winner of a window touched the output, so it alone gets the blame.
     *
     * <pre>{@code
     * for all n, c, i, j:   dX[n,c, s·i + u*, s·j + v*] += dY[n,c,i,j]                           (P2)
     *                       (u*,v*) = the first (u,v), row by row, where the maximum stands
     * }</pre>
     *
     * <p>It adds, because with a stride below R one number can win several windows. At a tie the function has a kink and no
     * derivative: taking the first is a choice, the one that most libraries make.
     */
    public static double[][][][] dX(double[][][][] dY, double[][][][] x, int windowSize, int stride) {
        int N = x.length;
        int C = x[0].length;
        int H = x[0][0].length;
        int W = x[0][0][0].length;
        int I = AveragePooling.outputSize(H, windowSize, stride);
        int J = AveragePooling.outputSize(W, windowSize, stride);
        Nested.requireSizes("MaxPooling.dX", "dY", dY, N, C, I, J);
        double[][][][] dX = new double[N][C][H][W];
        for (int n = 0; n < N; n++) {
            for (int c = 0; c < C; c++) {
                for (int i = 0; i < I; i++) {
                    for (int j = 0; j < J; j++) {
                        int[] winner = winner(x[n][c], windowSize, stride, i, j);
                        dX[n][c][winner[0]][winner[1]] += dY[n][c][i][j];
                    }
                }
            }
        }
        return dX;
    }

    /** Row and column of the first largest number in the window of output (i,j). */
    private static int[] winner(double[][] image, int R, int stride, int i, int j) {
        int[] winner = {stride * i, stride * j};
        for (int u = 0; u < R; u++) {
            for (int v = 0; v < R; v++) {
                int row = stride * i + u;
                int column = stride * j + v;
                if (image[row][column] > image[winner[0]][winner[1]]) {
                    winner[0] = row;
                    winner[1] = column;
                }
            }
        }
        return winner;
    }
}
