package atelier.definition;

/**
 * Average pooling: each small window becomes its mean.
 *
 * <p>Shapes: x {@code [N,C,H,W]}, y {@code [N,C,I,J]} with {@code I = ⌊(H − R)/s⌋ + 1}. There is no padding, so the divisor is
 * always R²; rows and columns that fill no whole window are left out.
 *
 * <p>Walk-through: notebooks/04-pooling. Source: LeCun, Bottou, Bengio and Haffner 1998, doi:10.1109/5.726791, section II.B
 * (there with a trained factor and bias, which later networks dropped).
 */
public final class AveragePooling {

    private AveragePooling() {}

    /**
     * The mean of each window.
     *
     * <pre>{@code
     * y[n,c,i,j] = 1/R² Σ_u Σ_v x[n,c, s·i + u, s·j + v]                                         (P3)
     * }</pre>
     */
    public static double[][][][] forward(double[][][][] x, int windowSize, int stride) {
        int N = x.length;
        int C = x[0].length;
        int R = windowSize;
        int I = outputSize(x[0][0].length, R, stride);
        int J = outputSize(x[0][0][0].length, R, stride);
        double[][][][] y = new double[N][C][I][J];
        for (int n = 0; n < N; n++) {
            for (int c = 0; c < C; c++) {
                for (int i = 0; i < I; i++) {
                    for (int j = 0; j < J; j++) {
                        double sum = 0;
                        for (int u = 0; u < R; u++) {
                            for (int v = 0; v < R; v++) {
                                sum += x[n][c][stride * i + u][stride * j + v];
                            }
                        }
                        y[n][c][i][j] = sum / (R * R);
                    }
                }
            }
        }
        return y;
    }

    /**
     * Every number of a window had the same say, so each gets the same share of the blame.
     *
     * <pre>{@code
     * for all n, c, i, j, u, v:   dX[n,c, s·i + u, s·j + v] += dY[n,c,i,j] / R²                  (P4)
     * }</pre>
     *
     * @param height H of x; with a stride above 1 it cannot be told from I alone
     * @param width W of x
     */
    public static double[][][][] dX(double[][][][] dY, int height, int width, int windowSize, int stride) {
        int N = dY.length;
        int C = dY[0].length;
        int R = windowSize;
        int I = outputSize(height, R, stride);
        int J = outputSize(width, R, stride);
        Nested.requireSizes("AveragePooling.dX", "dY", dY, N, C, I, J);
        double[][][][] dX = new double[N][C][height][width];
        for (int n = 0; n < N; n++) {
            for (int c = 0; c < C; c++) {
                for (int i = 0; i < I; i++) {
                    for (int j = 0; j < J; j++) {
                        for (int u = 0; u < R; u++) {
                            for (int v = 0; v < R; v++) {
                                dX[n][c][stride * i + u][stride * j + v] += dY[n][c][i][j] / (R * R);
                            }
                        }
                    }
                }
            }
        }
        return dX;
    }

    /** (C4) without padding and dilation: how many whole windows stand along one axis. */
    static int outputSize(int size, int windowSize, int stride) {
        if (windowSize < 1 || stride < 1 || windowSize > size) {
            throw new IllegalArgumentException("Pooling: expected a window of 1 to " + size
                    + " pixels and a stride of at least 1 but got " + windowSize + " and " + stride
                    + ". Use a window that fits into the image.");
        }
        return (size - windowSize) / stride + 1;
    }
}
