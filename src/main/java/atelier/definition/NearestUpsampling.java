package atelier.definition;

/**
 * Nearest-neighbour upsampling: every pixel becomes a square of f×f equal pixels.
 *
 * <p>Shapes: x {@code [N,C,I,J]}, y {@code [N,C,f·I,f·J]}; f ≥ 1 is the factor.
 *
 * <p>It is f² times the adjoint of average pooling with windows of f×f that lie f apart.
 *
 * <p>Walk-through: notebooks/07-autoencoder. Source: Odena, Dumoulin and Olah 2016, doi:10.23915/distill.00003.
 */
public final class NearestUpsampling {

    private NearestUpsampling() {}

    /**
     * An output pixel is the input pixel that lies nearest to it.
     *
     * <pre>{@code
     * y[n,c,h,w] = x[n,c, ⌊h/f⌋, ⌊w/f⌋]                                                          (X1)
     * }</pre>
     */
    public static double[][][][] forward(double[][][][] x, int factor) {
        requireFactor(factor);
        int N = x.length;
        int C = x[0].length;
        int H = factor * x[0][0].length;
        int W = factor * x[0][0][0].length;
        double[][][][] y = new double[N][C][H][W];
        for (int n = 0; n < N; n++) {
            for (int c = 0; c < C; c++) {
                for (int h = 0; h < H; h++) {
                    for (int w = 0; w < W; w++) {
                        y[n][c][h][w] = x[n][c][h / factor][w / factor];
                    }
                }
            }
        }
        return y;
    }

    /**
     * A pixel stands in its whole square, so it answers for all of it.
     *
     * <pre>{@code
     * dX[n,c,i,j] = Σ_u Σ_v dY[n,c, f·i + u, f·j + v]          0 ≤ u, v < f                      (X2)
     * }</pre>
     */
    public static double[][][][] dX(double[][][][] dY, int factor) {
        requireFactor(factor);
        int N = dY.length;
        int C = dY[0].length;
        int I = dY[0][0].length / factor;
        int J = dY[0][0][0].length / factor;
        Nested.requireSizes("NearestUpsampling.dX", "dY", dY, N, C, factor * I, factor * J);
        double[][][][] dX = new double[N][C][I][J];
        for (int n = 0; n < N; n++) {
            for (int c = 0; c < C; c++) {
                for (int i = 0; i < I; i++) {
                    for (int j = 0; j < J; j++) {
                        for (int u = 0; u < factor; u++) {
                            for (int v = 0; v < factor; v++) {
                                dX[n][c][i][j] += dY[n][c][factor * i + u][factor * j + v];
                            }
                        }
                    }
                }
            }
        }
        return dX;
    }

    private static void requireFactor(int factor) {
        if (factor < 1) {
            throw new IllegalArgumentException("NearestUpsampling: expected a factor of at least 1 but got " + factor
                    + ". To make images smaller, pool them.");
        }
    }
}
