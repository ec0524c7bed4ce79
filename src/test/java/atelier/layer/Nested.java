package atelier.layer;

import atelier.tensor.Layout;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.Arrays;

/** Tensors as the nested double arrays of the definitions, and back. */
final class Nested {

    private Nested() {}

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
