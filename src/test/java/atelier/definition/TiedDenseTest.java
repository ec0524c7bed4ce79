package atelier.definition;

import static atelier.definition.ConvolutionTest.assertRight;
import static atelier.definition.ConvolutionTest.assertSays;
import static atelier.definition.ConvolutionTest.dot;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiedDenseTest {

    private static final double[][] H = {{1, 2}, {3, 4}};
    private static final double[][] W = {{1, -1}, {10, 0}, {100, 2}};
    private static final double[][] DY = {{1, 10, 100}, {2, 20, 200}};

    @Test
    void d4_matchesTheCaseWorkedByHand() {
        double[][] y = TiedDense.forward(H, W, new double[] {0.5, 0.25, 0});
        assertArrayEquals(new double[][] {{-0.5, 10.25, 104}, {-0.5, 30.25, 308}}, y);
    }

    @Test
    void d5_matchesTheCaseWorkedByHand() {
        assertArrayEquals(new double[][] {{7, 10}, {70, 100}, {700, 1000}}, TiedDense.dW(DY, H));
        assertArrayEquals(new double[] {3, 30, 300}, TiedDense.dc(DY));
        assertArrayEquals(new double[][] {{10101, 199}, {20202, 398}}, TiedDense.dH(DY, W));
    }

    @ParameterizedTest(name = "N={0} F={1} K={2}")
    @CsvSource({"1, 1, 1", "2, 3, 4", "5, 4, 2", "1, 7, 3"})
    void d5_matchesFiniteDifferences(int n, int f, int k) {
        double[][] h = RandomArrays.matrix(1, n, k);
        double[][] w = RandomArrays.matrix(2, f, k);
        double[] c = RandomArrays.vector(3, f);
        assertRight(GradientCheck.of(w, v -> TiedDense.forward(h, v, c), dY -> TiedDense.dW(dY, h)));
        assertRight(GradientCheck.of(c, v -> TiedDense.forward(h, w, v), TiedDense::dc));
        assertRight(GradientCheck.of(h, v -> TiedDense.forward(v, w, c), dY -> TiedDense.dH(dY, w)));
    }

    /** The whole autoencoder x̂ = tanh(x·W + b)·Wᵀ + c as a function of the one W. */
    @Test
    void d5_theEncodersPartAndTheDecodersPartAdd() {
        double[][] x = RandomArrays.matrix(4, 3, 5);
        double[][] w = RandomArrays.matrix(5, 5, 2);
        double[] b = RandomArrays.vector(6, 2);
        double[] c = RandomArrays.vector(7, 5);
        double[][] h = Nested.map(Dense.forward(x, w, b), Tanh::forward);
        GradientCheck both = GradientCheck.of(
                w,
                v -> autoencoder(x, v, b, c),
                dY -> Nested.map(TiedDense.dW(dY, h), encoderPart(dY, x, w, h), Double::sum));
        assertRight(both);
        assertFalse(GradientCheck.of(w, v -> autoencoder(x, v, b, c), dY -> TiedDense.dW(dY, h))
                .passes());
        assertFalse(GradientCheck.of(w, v -> autoencoder(x, v, b, c), dY -> encoderPart(dY, x, w, h))
                .passes());
    }

    private static double[][] autoencoder(double[][] x, double[][] w, double[] b, double[] c) {
        return TiedDense.forward(Nested.map(Dense.forward(x, w, b), Tanh::forward), w, c);
    }

    private static double[][] encoderPart(double[][] dY, double[][] x, double[][] w, double[][] h) {
        return Dense.dW(Nested.map(TiedDense.dH(dY, w), h, Tanh::dX), x);
    }

    @Test
    void d4_isTheAdjointOfTheEncoder() {
        double[][] x = RandomArrays.matrix(8, 3, 5);
        double[][] w = RandomArrays.matrix(9, 5, 4);
        double[][] h = RandomArrays.matrix(10, 3, 4);
        double both = dot(Dense.forward(x, w, new double[4]), h);
        assertEquals(both, dot(x, TiedDense.forward(h, w, new double[5])), 1e-12);
    }

    @Test
    void d4_withOrthonormalColumnsProjects() {
        double[][] w = {{0.6, 0}, {0.8, 0}, {0, 1}};
        double[][] once =
                TiedDense.forward(Dense.forward(RandomArrays.matrix(11, 4, 3), w, new double[2]), w, new double[3]);
        double[][] twice = TiedDense.forward(Dense.forward(once, w, new double[2]), w, new double[3]);
        assertEquals(0, Difference.largest(once, twice).relative(), 1e-15);
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "TiedDense.forward: expected w of shape [2, 2] but got [3, 2]. Compare with the shapes in its Javadoc.",
                () -> TiedDense.forward(H, W, new double[2]));
        assertThrows(IllegalArgumentException.class, () -> TiedDense.dW(DY, new double[3][2]));
        assertThrows(IllegalArgumentException.class, () -> TiedDense.dH(DY, new double[2][2]));
    }
}
