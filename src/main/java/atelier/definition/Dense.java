package atelier.definition;

/**
 * A dense layer: every output number looks at every input number.
 *
 * <p>Shapes: x {@code [N,F]}, w {@code [F,K]}, b {@code [K]}, y {@code [N,K]}.
 *
 * <p>Walk-through: notebooks/05-convnet. Source: Rumelhart, Hinton and Williams 1986, doi:10.1038/323533a0, equations 1
 * (D1) and 4 to 7 (D2, D3).
 */
public final class Dense {

    private Dense() {}

    /**
     * A weighted sum of all inputs for each output, plus a bias.
     *
     * <pre>{@code
     * y[n,k] = b[k] + Σ_f x[n,f] · w[f,k]            Y = X·W + b                                 (D1)
     * }</pre>
     *
     * <p>A convolution whose kernel is as large as the image does the same.
     */
    public static double[][] forward(double[][] x, double[][] w, double[] b) {
        int N = x.length;
        int F = x[0].length;
        int K = b.length;
        Nested.requireSizes("Dense.forward", "w", w, F, K);
        double[][] y = new double[N][K];
        for (int n = 0; n < N; n++) {
            for (int k = 0; k < K; k++) {
                double sum = b[k];
                for (int f = 0; f < F; f++) {
                    sum += x[n][f] * w[f][k];
                }
                y[n][k] = sum;
            }
        }
        return y;
    }

    /**
     * The weight between f and k: what came in at f times what was blamed on k, over all of the batch.
     *
     * <pre>{@code
     * dW[f,k] = Σ_n x[n,f] · dY[n,k]                 dW = Xᵀ·dY                                  (D2)
     * }</pre>
     */
    public static double[][] dW(double[][] dY, double[][] x) {
        int N = x.length;
        int F = x[0].length;
        int K = dY[0].length;
        Nested.requireSizes("Dense.dW", "dY", dY, N, K);
        double[][] dW = new double[F][K];
        for (int f = 0; f < F; f++) {
            for (int k = 0; k < K; k++) {
                double sum = 0;
                for (int n = 0; n < N; n++) {
                    sum += x[n][f] * dY[n][k];
                }
                dW[f][k] = sum;
            }
        }
        return dW;
    }

    /**
     * A bias answers for its output in every image of the batch.
     *
     * <pre>{@code
     * db[k] = Σ_n dY[n,k]                                                                        (D2)
     * }</pre>
     */
    public static double[] db(double[][] dY) {
        double[] db = new double[dY[0].length];
        for (double[] row : dY) {
            for (int k = 0; k < row.length; k++) {
                db[k] += row[k];
            }
        }
        return db;
    }

    /**
     * An input touched every output: it gathers the blame of all, each times the weight between them.
     *
     * <pre>{@code
     * dX[n,f] = Σ_k dY[n,k] · w[f,k]                 dX = dY·Wᵀ                                  (D3)
     * }</pre>
     */
    public static double[][] dX(double[][] dY, double[][] w) {
        int N = dY.length;
        int F = w.length;
        int K = w[0].length;
        Nested.requireSizes("Dense.dX", "dY", dY, N, K);
        double[][] dX = new double[N][F];
        for (int n = 0; n < N; n++) {
            for (int f = 0; f < F; f++) {
                double sum = 0;
                for (int k = 0; k < K; k++) {
                    sum += dY[n][k] * w[f][k];
                }
                dX[n][f] = sum;
            }
        }
        return dX;
    }
}
