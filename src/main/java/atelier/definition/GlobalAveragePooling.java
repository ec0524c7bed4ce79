package atelier.definition;

/**
 * Global average pooling: each channel of an image becomes one number, its mean.
 *
 * <p>Shapes: x {@code [N,C,H,W]}, y {@code [N,C]}. It takes images of any size to vectors of one length.
 *
 * <p>Walk-through: notebooks/04-pooling. Source: Lin, Chen and Yan 2014, arXiv:1312.4400, section 3.2.
 */
public final class GlobalAveragePooling {

    private GlobalAveragePooling() {}

    /**
     * The mean of each channel.
     *
     * <pre>{@code
     * y[n,c] = 1/(H·W) Σ_h Σ_w x[n,c,h,w]                                                        (P5)
     * }</pre>
     */
    public static double[][] forward(double[][][][] x) {
        int N = x.length;
        int C = x[0].length;
        int H = x[0][0].length;
        int W = x[0][0][0].length;
        double[][] y = new double[N][C];
        for (int n = 0; n < N; n++) {
            for (int c = 0; c < C; c++) {
                double sum = 0;
                for (int h = 0; h < H; h++) {
                    for (int w = 0; w < W; w++) {
                        sum += x[n][c][h][w];
                    }
                }
                y[n][c] = sum / (H * W);
            }
        }
        return y;
    }

    /**
     * Every pixel of a channel gets the same share of the blame.
     *
     * <pre>{@code
     * dX[n,c,h,w] = dY[n,c] / (H·W)                                                              (P6)
     * }</pre>
     */
    public static double[][][][] dX(double[][] dY, int height, int width) {
        int N = dY.length;
        int C = dY[0].length;
        double[][][][] dX = new double[N][C][height][width];
        for (int n = 0; n < N; n++) {
            for (int c = 0; c < C; c++) {
                for (int h = 0; h < height; h++) {
                    for (int w = 0; w < width; w++) {
                        dX[n][c][h][w] = dY[n][c] / (height * width);
                    }
                }
            }
        }
        return dX;
    }
}
