package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static atelier.definition.ConvolutionTest.assertSays;
import static atelier.definition.ConvolutionTest.dot;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseTest {

    private static final double[][] X = {{1, 2, 3}, {4, 5, 6}};
    private static final double[][] W = {{1, -1}, {10, 0}, {100, 2}};
    private static final double[][] DY = {{1, 10}, {100, 1000}};

    @Test
    void d1_matchesTheCaseWorkedByHand() {
        double[][] y = Dense.forward(X, W, new double[] {0.5, 0.25});
        assertArrayEquals(new double[][] {{321.5, 5.25}, {654.5, 8.25}}, y);
    }

    @Test
    void d2_matchesTheCaseWorkedByHand() {
        assertArrayEquals(new double[][] {{401, 4010}, {502, 5020}, {603, 6030}}, Dense.dW(DY, X));
        assertArrayEquals(new double[] {101, 1010}, Dense.db(DY));
    }

    @Test
    void d3_matchesTheCaseWorkedByHand() {
        assertArrayEquals(new double[][] {{-9, 10, 120}, {-900, 1000, 12000}}, Dense.dX(DY, W));
    }

    @ParameterizedTest(name = "N={0} F={1} K={2}")
    @CsvSource({"1, 1, 1", "2, 3, 4", "5, 4, 2", "1, 7, 3"})
    void d2_matchesFiniteDifferences(int n, int f, int k) {
        double[][] x = RandomArrays.matrix(1, n, f);
        double[][] w = RandomArrays.matrix(2, f, k);
        double[] b = RandomArrays.vector(3, k);
        assertRight(GradientCheck.of(w, v -> Dense.forward(x, v, b), dY -> Dense.dW(dY, x)));
        assertRight(GradientCheck.of(b, v -> Dense.forward(x, w, v), Dense::db));
    }

    @ParameterizedTest(name = "N={0} F={1} K={2}")
    @CsvSource({"1, 1, 1", "2, 3, 4", "5, 4, 2", "1, 7, 3"})
    void d3_matchesFiniteDifferences(int n, int f, int k) {
        double[][] x = RandomArrays.matrix(4, n, f);
        double[][] w = RandomArrays.matrix(5, f, k);
        double[] b = RandomArrays.vector(6, k);
        assertRight(GradientCheck.of(x, v -> Dense.forward(v, w, b), dY -> Dense.dX(dY, w)));
    }

    @Test
    void d3_isTheAdjointOfD1() {
        double[][] x = RandomArrays.matrix(7, 3, 5);
        double[][] w = RandomArrays.matrix(8, 5, 4);
        double[][] dY = RandomArrays.matrix(9, 3, 4);
        double both = dot(Dense.forward(x, w, new double[4]), dY);
        assertEquals(both, dot(x, Dense.dX(dY, w)), 1e-12);
        assertEquals(both, dot(w, Dense.dW(dY, x)), 1e-12);
    }

    @Test
    void d1_isAConvolutionWhoseKernelIsAsLargeAsTheImage() {
        double[][][][] images = RandomArrays.images(10, 2, 3, 4, 4);
        double[][][][] kernels = RandomArrays.images(11, 5, 3, 4, 4);
        double[] b = RandomArrays.vector(12, 5);
        double[][] x = Nested.matrix(Nested.flat(images), 2, 48);
        double[][] w = new double[48][5];
        for (int k = 0; k < 5; k++) {
            double[] kernel = Nested.flat(kernels[k]);
            for (int f = 0; f < 48; f++) {
                w[f][k] = kernel[f];
            }
        }
        double[] convolved = Nested.flat(Convolution.forward(images, kernels, b, 1, 0, 1));
        assertArrayEquals(convolved, Nested.flat(Dense.forward(x, w, b)), 1e-13);
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "Dense.forward: expected w of shape [3, 2] but got [2, 2]. Compare with the shapes in its Javadoc.",
                () -> Dense.forward(X, DY, new double[2]));
        assertThrows(IllegalArgumentException.class, () -> Dense.dW(X, W));
        assertThrows(IllegalArgumentException.class, () -> Dense.dX(X, W));
    }
}
