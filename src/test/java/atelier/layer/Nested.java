package atelier.layer;

import atelier.tensor.Layout;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.Arrays;

/** Tensors as the nested double arrays of the definitions, and back. */
final class Nested {

    private Nested() {}

    static double[][][][] images(Tensor t) {
        double[][][][] x = new double[t.size(0)][t.size(1)][t.size(2)][t.size(3)];
        for (int n = 0; n < t.size(0); n++) {
            for (int c = 0; c < t.size(1); c++) {
                for (int h = 0; h < t.size(2); h++) {
                    for (int w = 0; w < t.size(3); w++) {
                        x[n][c][h][w] = t.at(n, c, h, w);
                    }
                }
            }
        }
        return x;
    }

    static double[][] matrix(Tensor t) {
        double[][] x = new double[t.size(0)][t.size(1)];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[i].length; j++) {
                x[i][j] = t.at(i, j);
            }
        }
        return x;
    }

    static double[] vector(Tensor t) {
        double[] x = new double[t.length()];
        Arrays.setAll(x, i -> t.data()[i]);
        return x;
    }

    /** Random images in this layout. */
    static Tensor random(RandomStream random, Layout layout, int n, int c, int h, int w) {
        Tensor x = Tensor.normal(random, 1, n, c, h, w);
        return layout == Layout.CHANNELS_LAST ? x.channelsLast() : x;
    }
}
