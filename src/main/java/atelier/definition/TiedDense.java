package atelier.definition;

/**
 * A dense layer back to where another came from, with that layer's weights: a tied decoder.
 *
 * <p>The encoder is h = x·W + b, (D1), perhaps bent by an activation; the decoder reads the same W the other way. An
 * autoencoder has half as many weights then, and cannot hide a small code behind large weights of the decoder.
 *
 * <p>Shapes: h {@code [N,K]}, w {@code [F,K]} as the encoder's, c {@code [F]}, x̂ {@code [N,F]}.
 *
 * <p>Walk-through: notebooks/07-autoencoder. Source: Vincent, Larochelle, Lajoie, Bengio and Manzagol 2010, "Stacked
 * denoising autoencoders", JMLR 11, section 2.2.
 */
public final class TiedDense {

    private TiedDense() {}

    /**
     * A weighted sum of the code for each output, with the weight that the encoder gave that output when it was an input.
     *
     * <pre>{@code
     * x̂[n,f] = c[f] + Σ_k h[n,k] · w[f,k]            x̂ = h·Wᵀ + c                                (D4)
     * }</pre>
     */
    public static double[][] forward(double[][] h, double[][] w, double[] c) {
        int N = h.length;
        int K = h[0].length;
        int F = c.length;
        Nested.requireSizes("TiedDense.forward", "w", w, F, K);
        double[][] y = new double[N][F];
        for (int n = 0; n < N; n++) {
            for (int f = 0; f < F; f++) {
                double sum = c[f];
                for (int k = 0; k < K; k++) {
                    sum += h[n][k] * w[f][k];
                }
                y[n][f] = sum;
            }
        }
        return y;
    }

    /**
     * The decoder's part of the gradient of W. The same W made the code, so the encoder's part (D2) is added to it.
     *
     * <pre>{@code
     * dW[f,k] = Σ_n dX̂[n,f] · h[n,k]  + Σ_n x[n,f] · dh[n,k]       dW = dX̂ᵀ·h + xᵀ·dh             (D5)
     * }</pre>
     *
     * @return the first of the two sums; the second is {@link Dense#dW}
     */
    public static double[][] dW(double[][] dY, double[][] h) {
        int N = h.length;
        int K = h[0].length;
        int F = dY[0].length;
        Nested.requireSizes("TiedDense.dW", "dY", dY, N, F);
        double[][] dW = new double[F][K];
        for (int f = 0; f < F; f++) {
            for (int k = 0; k < K; k++) {
                for (int n = 0; n < N; n++) {
                    dW[f][k] += dY[n][f] * h[n][k];
                }
            }
        }
        return dW;
    }

    /**
     * A bias answers for its output in every image of the batch.
     *
     * <pre>{@code
     * dc[f] = Σ_n dX̂[n,f]                                                                        (D5)
     * }</pre>
     */
    public static double[] dc(double[][] dY) {
        return Dense.db(dY);
    }

    /**
     * A number of the code touched every output.
     *
     * <pre>{@code
     * dh[n,k] = Σ_f dX̂[n,f] · w[f,k]                 dh = dX̂·W                                   (D5)
     * }</pre>
     */
    public static double[][] dH(double[][] dY, double[][] w) {
        int N = dY.length;
        int F = w.length;
        int K = w[0].length;
        Nested.requireSizes("TiedDense.dH", "dY", dY, N, F);
        double[][] dH = new double[N][K];
        for (int n = 0; n < N; n++) {
            for (int k = 0; k < K; k++) {
                for (int f = 0; f < F; f++) {
                    dH[n][k] += dY[n][f] * w[f][k];
                }
            }
        }
        return dH;
    }
}
