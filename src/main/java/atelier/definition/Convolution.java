package atelier.definition;

/**
 * Convolution: the same small kernels look at every place of an image.
 *
 * <p>The kernel is not flipped: strictly this is a cross-correlation, which deep learning calls a convolution. The flip
 * turns up in the backward pass instead, see {@link #dX}.
 *
 * <p>Shapes: x {@code [N,C,H,W]}, w {@code [K,C,R,R]}, b {@code [K]}, y {@code [N,K,I,J]}, and every gradient that of what
 * it belongs to. Stride s ≥ 1 is the step from one patch to the next, padding p ≥ 0 the border of zeros around the image,
 * dilation d ≥ 1 the distance between neighbouring kernel entries.
 *
 * <p>Walk-through: notebooks/02-convolution and 03-convolution-backward. Sources: LeCun, Bottou, Bengio and Haffner 1998,
 * doi:10.1109/5.726791 (C1); Dumoulin and Visin 2016, arXiv:1603.07285, relationships 6 and 15 (C4); Yu and Koltun 2016,
 * arXiv:1511.07122 (dilation).
 */
public final class Convolution {

    private Convolution() {}

    /**
     * One output number is a kernel times the patch of the image under it, summed, plus a bias.
     *
     * <pre>{@code
     * y[n,k,i,j] = b[k] + Σ_c Σ_u Σ_v  w[k,c,u,v] · x[n,c, s·i + d·u − p, s·j + d·v − p]         (C1)
     * }</pre>
     *
     * <p>Outside the image x counts as 0: that is all that padding means.
     */
    public static double[][][][] forward(
            double[][][][] x, double[][][][] w, double[] b, int stride, int padding, int dilation) {
        int N = x.length;
        int C = x[0].length;
        int K = w.length;
        int R = w[0][0].length;
        int I = outputSize(x[0][0].length, R, stride, padding, dilation);
        int J = outputSize(x[0][0][0].length, R, stride, padding, dilation);
        Nested.requireSizes("Convolution.forward", "w", w, K, C, R, R);
        Nested.requireSizes("Convolution.forward", "b", b, K);
        double[][][][] y = new double[N][K][I][J];
        for (int n = 0; n < N; n++) {
            for (int k = 0; k < K; k++) {
                for (int i = 0; i < I; i++) {
                    for (int j = 0; j < J; j++) {
                        double sum = b[k];
                        for (int c = 0; c < C; c++) {
                            for (int u = 0; u < R; u++) {
                                for (int v = 0; v < R; v++) {
                                    int row = stride * i + dilation * u - padding;
                                    int column = stride * j + dilation * v - padding;
                                    sum += w[k][c][u][v] * padded(x[n][c], row, column);
                                }
                            }
                        }
                        y[n][k][i][j] = sum;
                    }
                }
            }
        }
        return y;
    }

    /**
     * A weight meets one pixel for each output place of each image: it gathers the blame from all of them.
     *
     * <pre>{@code
     * dW[k,c,u,v] = Σ_n Σ_i Σ_j  dY[n,k,i,j] · x[n,c, s·i + d·u − p, s·j + d·v − p]              (C2)
     * }</pre>
     *
     * <p>This is itself a convolution: of the image with dY as the kernel, where stride and dilation change places.
     */
    public static double[][][][] dW(
            double[][][][] dY, double[][][][] x, int kernelSize, int stride, int padding, int dilation) {
        int N = x.length;
        int C = x[0].length;
        int K = dY[0].length;
        int R = kernelSize;
        int I = outputSize(x[0][0].length, R, stride, padding, dilation);
        int J = outputSize(x[0][0][0].length, R, stride, padding, dilation);
        Nested.requireSizes("Convolution.dW", "dY", dY, N, K, I, J);
        double[][][][] dW = new double[K][C][R][R];
        for (int k = 0; k < K; k++) {
            for (int c = 0; c < C; c++) {
                for (int u = 0; u < R; u++) {
                    for (int v = 0; v < R; v++) {
                        double sum = 0;
                        for (int n = 0; n < N; n++) {
                            for (int i = 0; i < I; i++) {
                                for (int j = 0; j < J; j++) {
                                    int row = stride * i + dilation * u - padding;
                                    int column = stride * j + dilation * v - padding;
                                    sum += dY[n][k][i][j] * padded(x[n][c], row, column);
                                }
                            }
                        }
                        dW[k][c][u][v] = sum;
                    }
                }
            }
        }
        return dW;
    }

    /**
     * A bias is added at every place of its channel, so it answers for all of them.
     *
     * <pre>{@code
     * db[k] = Σ_n Σ_i Σ_j  dY[n,k,i,j]                                                           (C2)
     * }</pre>
     */
    public static double[] db(double[][][][] dY) {
        double[] db = new double[dY[0].length];
        for (double[][][] image : dY) {
            for (int k = 0; k < image.length; k++) {
                for (double[] row : image[k]) {
                    for (double d : row) {
                        db[k] += d;
                    }
                }
            }
        }
        return db;
    }

    /**
     * A pixel lies in several patches: every product of (C1) that used it sends its share of the blame back.
     *
     * <pre>{@code
     * for all n, k, c, i, j, u, v:
     * dX[n,c, s·i + d·u − p, s·j + d·v − p] += dY[n,k,i,j] · w[k,c,u,v]                          (C3)
     * }</pre>
     *
     * <p>What falls on the padding is dropped: nobody asks how the loss depends on those zeros. With s = d = 1 the sum is a
     * convolution of dY, padded by R − 1 − p, with the kernel turned by 180°: here is the flip.
     *
     * @param height H of x; with a stride above 1 it cannot be told from I alone
     * @param width W of x
     */
    public static double[][][][] dX(
            double[][][][] dY, double[][][][] w, int height, int width, int stride, int padding, int dilation) {
        int N = dY.length;
        int K = w.length;
        int C = w[0].length;
        int R = w[0][0].length;
        int I = outputSize(height, R, stride, padding, dilation);
        int J = outputSize(width, R, stride, padding, dilation);
        Nested.requireSizes("Convolution.dX", "w", w, K, C, R, R);
        Nested.requireSizes("Convolution.dX", "dY", dY, N, K, I, J);
        double[][][][] dX = new double[N][C][height][width];
        for (int n = 0; n < N; n++) {
            for (int k = 0; k < K; k++) {
                for (int c = 0; c < C; c++) {
                    for (int i = 0; i < I; i++) {
                        for (int j = 0; j < J; j++) {
                            for (int u = 0; u < R; u++) {
                                for (int v = 0; v < R; v++) {
                                    int row = stride * i + dilation * u - padding;
                                    int column = stride * j + dilation * v - padding;
                                    if (inside(dX[n][c], row, column)) {
                                        dX[n][c][row][column] += dY[n][k][i][j] * w[k][c][u][v];
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return dX;
    }

    /**
     * How many places the kernel finds along one axis.
     *
     * <pre>{@code
     * I = ⌊(H + 2p − d·(R−1) − 1) / s⌋ + 1                                                       (C4)
     * }</pre>
     *
     * <p>Rounding down means that with a stride the last rows of the image may be seen by no kernel at all.
     *
     * @throws IllegalArgumentException when the kernel, spread by its dilation, is larger than the padded image
     */
    public static int outputSize(int size, int kernelSize, int stride, int padding, int dilation) {
        if (kernelSize < 1 || stride < 1 || padding < 0 || dilation < 1) {
            throw new IllegalArgumentException(
                    "Convolution: expected kernel size, stride and dilation of at least 1 and "
                            + "padding of at least 0 but got " + kernelSize + ", " + stride + ", " + dilation + " and "
                            + padding
                            + ". Mind the order of the arguments: stride, padding, dilation.");
        }
        int reach = dilation * (kernelSize - 1) + 1;
        if (reach > size + 2 * padding) {
            throw new IllegalArgumentException("Convolution: expected a kernel that fits into " + (size + 2 * padding)
                    + " padded pixels but got one that reaches over " + reach
                    + ". Use a smaller kernel or dilation, or more padding.");
        }
        return (size + 2 * padding - reach) / stride + 1;
    }

    private static double padded(double[][] image, int row, int column) {
        return inside(image, row, column) ? image[row][column] : 0;
    }

    private static boolean inside(double[][] image, int row, int column) {
        return row >= 0 && row < image.length && column >= 0 && column < image[0].length;
    }
}
