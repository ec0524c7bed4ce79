package atelier.definition;

/**
 * Transposed convolution: every pixel stamps a small kernel into a larger image, and stamps that overlap add up.
 *
 * <p>The name says what it is as a matrix: a convolution without bias is a linear map y = A·x, this one is y = Aᵀ·x. In sums:
 * whatever x, y and w,
 *
 * <pre>{@code
 * ⟨conv(x, w), y⟩ = ⟨x, convᵀ(y, w)⟩
 * }</pre>
 *
 * <p>So its forward pass (C5) is the backward pass (C3) of a convolution, and its backward pass (C7) that convolution's
 * forward pass (C1). It undoes the sizes, not the numbers: it is no inverse.
 *
 * <p>Shapes: x {@code [N,C,I,J]}, w {@code [C,K,R,R]}, b {@code [K]}, y {@code [N,K,H,W]}, and every gradient that of what it
 * belongs to. The weight is stored as that of the convolution from K channels to C whose adjoint this is. Stride s ≥ 1 is
 * the step from one stamp to the next, padding p ≥ 0 what is cut off the output on each side.
 *
 * <p>Walk-through: notebooks/07-autoencoder. Source: Dumoulin and Visin 2016, arXiv:1603.07285, chapter 4, relationship 13
 * for (C8).
 */
public final class TransposedConvolution {

    private TransposedConvolution() {}

    /**
     * One output number gathers from every pixel whose stamp reaches it.
     *
     * <pre>{@code
     * y[n,k,h,w] = b[k] + Σ x[n,c,i,j] · w[c,k,u,v]
     *              over all c, i, j, u, v with s·i + u − p = h and s·j + v − p = w               (C5)
     * }</pre>
     *
     * <p>Written as loops it is easier the other way round: each pixel gives, each output receives.
     */
    public static double[][][][] forward(double[][][][] x, double[][][][] w, double[] b, int stride, int padding) {
        int N = x.length;
        int C = w.length;
        int K = b.length;
        int I = x[0][0].length;
        int J = x[0][0][0].length;
        int R = w[0][0].length;
        int H = outputSize(I, R, stride, padding);
        int W = outputSize(J, R, stride, padding);
        Nested.requireSizes("TransposedConvolution.forward", "w", w, C, K, R, R);
        Nested.requireSizes("TransposedConvolution.forward", "x", x, N, C, I, J);
        double[][][][] y = new double[N][K][H][W];
        for (int n = 0; n < N; n++) {
            for (int k = 0; k < K; k++) {
                for (int h = 0; h < H; h++) {
                    for (int column = 0; column < W; column++) {
                        y[n][k][h][column] = b[k];
                    }
                }
                for (int c = 0; c < C; c++) {
                    for (int i = 0; i < I; i++) {
                        for (int j = 0; j < J; j++) {
                            for (int u = 0; u < R; u++) {
                                for (int v = 0; v < R; v++) {
                                    int row = stride * i + u - padding;
                                    int column = stride * j + v - padding;
                                    if (inside(y[n][k], row, column)) {
                                        y[n][k][row][column] += x[n][c][i][j] * w[c][k][u][v];
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return y;
    }

    /**
     * A weight met every pixel of its input channel once, and left the product at one place of the output.
     *
     * <pre>{@code
     * dW[c,k,u,v] = Σ_n Σ_i Σ_j  x[n,c,i,j] · dY[n,k, s·i + u − p, s·j + v − p]                  (C6)
     * }</pre>
     *
     * <p>It is (C2) with x and dY in each other's place. What was cut off counts as 0.
     */
    public static double[][][][] dW(double[][][][] dY, double[][][][] x, int kernelSize, int stride, int padding) {
        int N = x.length;
        int C = x[0].length;
        int I = x[0][0].length;
        int J = x[0][0][0].length;
        int K = dY[0].length;
        int R = kernelSize;
        requireUpstream("TransposedConvolution.dW", dY, N, K, I, J, R, stride, padding);
        double[][][][] dW = new double[C][K][R][R];
        for (int c = 0; c < C; c++) {
            for (int k = 0; k < K; k++) {
                for (int u = 0; u < R; u++) {
                    for (int v = 0; v < R; v++) {
                        double sum = 0;
                        for (int n = 0; n < N; n++) {
                            for (int i = 0; i < I; i++) {
                                for (int j = 0; j < J; j++) {
                                    int row = stride * i + u - padding;
                                    int column = stride * j + v - padding;
                                    sum += x[n][c][i][j] * cut(dY[n][k], row, column);
                                }
                            }
                        }
                        dW[c][k][u][v] = sum;
                    }
                }
            }
        }
        return dW;
    }

    /**
     * A bias is added at every place of its channel, as in a convolution.
     *
     * <pre>{@code
     * db[k] = Σ_n Σ_h Σ_w  dY[n,k,h,w]                                                           (C6)
     * }</pre>
     */
    public static double[] db(double[][][][] dY) {
        return Convolution.db(dY);
    }

    /**
     * A pixel asks the patch of dY that it was stamped on: a convolution.
     *
     * <pre>{@code
     * dX[n,c,i,j] = Σ_k Σ_u Σ_v  w[c,k,u,v] · dY[n,k, s·i + u − p, s·j + v − p]                  (C7)
     * }</pre>
     *
     * @param height I of x
     * @param width J of x
     */
    public static double[][][][] dX(
            double[][][][] dY, double[][][][] w, int height, int width, int stride, int padding) {
        int N = dY.length;
        int C = w.length;
        int K = w[0].length;
        int R = w[0][0].length;
        Nested.requireSizes("TransposedConvolution.dX", "w", w, C, K, R, R);
        requireUpstream("TransposedConvolution.dX", dY, N, K, height, width, R, stride, padding);
        double[][][][] dX = new double[N][C][height][width];
        for (int n = 0; n < N; n++) {
            for (int c = 0; c < C; c++) {
                for (int i = 0; i < height; i++) {
                    for (int j = 0; j < width; j++) {
                        double sum = 0;
                        for (int k = 0; k < K; k++) {
                            for (int u = 0; u < R; u++) {
                                for (int v = 0; v < R; v++) {
                                    int row = stride * i + u - padding;
                                    int column = stride * j + v - padding;
                                    sum += w[c][k][u][v] * cut(dY[n][k], row, column);
                                }
                            }
                        }
                        dX[n][c][i][j] = sum;
                    }
                }
            }
        }
        return dX;
    }

    /**
     * How long the output is along one axis: the first stamp, and s more for each of the others, less what is cut off.
     *
     * <pre>{@code
     * H = (I − 1)·s − 2p + R                                                                     (C8)
     * }</pre>
     *
     * <p>It is (C4) solved for H. Where (C4) rounds down, several H have the same I: this is the smallest of them.
     *
     * @throws IllegalArgumentException when the padding cuts everything off
     */
    public static int outputSize(int size, int kernelSize, int stride, int padding) {
        if (size < 1 || kernelSize < 1 || stride < 1 || padding < 0) {
            throw new IllegalArgumentException("TransposedConvolution: expected an image, a kernel and a stride of at "
                    + "least 1 and padding of at least 0 but got " + size + ", " + kernelSize + ", " + stride + " and "
                    + padding + ". Mind the order of the arguments: stride, padding.");
        }
        int whole = (size - 1) * stride + kernelSize;
        if (whole <= 2 * padding) {
            throw new IllegalArgumentException("TransposedConvolution: expected padding of less than half of the "
                    + whole + " pixels that the stamps cover but got " + padding + ". Use less padding.");
        }
        return whole - 2 * padding;
    }

    private static void requireUpstream(
            String where, double[][][][] dY, int n, int k, int i, int j, int r, int stride, int padding) {
        Nested.requireSizes(
                where, "dY", dY, n, k, outputSize(i, r, stride, padding), outputSize(j, r, stride, padding));
    }

    private static double cut(double[][] image, int row, int column) {
        return inside(image, row, column) ? image[row][column] : 0;
    }

    private static boolean inside(double[][] image, int row, int column) {
        return row >= 0 && row < image.length && column >= 0 && column < image[0].length;
    }
}
