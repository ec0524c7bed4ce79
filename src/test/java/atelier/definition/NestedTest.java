package atelier.definition;

import static atelier.definition.ConvolutionTest.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NestedTest {

    private static final double[][] X = {{1, 2, 3}, {4, 5, 6}};

    @Test
    void sizesAreAxisByAxis() {
        assertArrayEquals(new int[] {2, 3}, Nested.sizes(X));
        assertArrayEquals(new int[] {2, 3, 4, 5}, Nested.sizes(new double[2][3][4][5]));
        assertArrayEquals(new int[] {7}, Nested.sizes(new double[7]));
    }

    @Test
    void flatIsRowMajorAndMatrixAndImagesGoBack() {
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, Nested.flat(X));
        assertArrayEquals(X, Nested.matrix(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        double[][][][] images = Nested.images(new float[] {1, 2, 3, 4, 5, 6}, 1, 3, 1, 2);
        assertArrayEquals(new double[][][][] {{{{1, 2}}, {{3, 4}}, {{5, 6}}}}, images);
    }

    @Test
    void floatsBecomeTheSameNumbersAsDoubles() {
        assertArrayEquals(new double[] {1.5, -0.25, 0.1f}, Nested.toDoubles(new float[] {1.5f, -0.25f, 0.1f}));
    }

    @Test
    void copyAndMapShareNothing() {
        double[][] copy = Nested.copy(X);
        assertArrayEquals(X, copy);
        assertNotSame(X[0], copy[0]);
        assertArrayEquals(new double[][] {{1, 4, 9}, {16, 25, 36}}, Nested.map(X, X, (a, b) -> a * b));
        assertArrayEquals(new double[][] {{-1, -2, -3}, {-4, -5, -6}}, Nested.map(X, a -> -a));
        assertEquals(1, X[0][0]);
    }

    @Test
    void saysWhatDoesNotFit() {
        assertSays(
                "Nested: expected rows of one length, 2 along axis 1, but got one of 3. Make the array rectangular.",
                () -> Nested.sizes(new double[][] {{1, 2}, {1, 2, 3}}));
        assertSays(
                "Nested: expected numbers along every axis but got none along axis 0. Fill the array.",
                () -> Nested.sizes(new double[0][3]));
        assertSays(
                "Nested: expected 6 numbers for shape [2, 3] but got 5. Check the product of the sizes.",
                () -> Nested.matrix(new double[5], 2, 3));
        assertSays(
                "Nested.map: expected the second array of shape [2, 3] but got [3, 2]. "
                        + "Compare with the shapes in its Javadoc.",
                () -> Nested.map(X, new double[3][2], (a, b) -> a));
    }

    @Test
    void randomArraysRepeatAndFillTheirInterval() {
        double[] a = RandomArrays.vector(5, 10000);
        assertArrayEquals(a, Nested.flat(RandomArrays.images(5, 5, 10, 8, 25)));
        assertArrayEquals(new int[] {2, 3, 4, 5}, Nested.sizes(RandomArrays.images(5, 2, 3, 4, 5)));
        assertArrayEquals(new int[] {2, 3}, Nested.sizes(RandomArrays.matrix(5, 2, 3)));
        double[] published = {
            0xE220A8397B1DCDAFL * 0x1p-63, 0x6E789E6AA1B965F4L * 0x1p-63, 0x06C45D188009454FL * 0x1p-63
        };
        assertArrayEquals(published, RandomArrays.vector(0, 3), 0x1p-50); // the generator's first numbers for seed 0
        assertFalse(Arrays.equals(a, RandomArrays.vector(6, 10000)));
        assertTrue(Arrays.stream(a).allMatch(v -> v >= -1 && v < 1));
        assertEquals(0, Arrays.stream(a).average().orElseThrow(), 0.02);
        assertEquals(1 / 3.0, Arrays.stream(a).map(v -> v * v).average().orElseThrow(), 0.01);
    }

    @Test
    void differenceFindsTheLargest() {
        float[] fast = {1, 2, 3, 4, 5.5f, 6};
        Difference difference = Difference.largest(X, fast);
        assertEquals(new Difference(List.of(1, 1), 5, 5.5, 0.5 / 6), difference);
        assertEquals(
                "largest difference at [1, 1]: expected 5.000000000, got 5.500000000, relative difference 8.3e-02",
                difference.toString());
        assertEquals(0, Difference.largest(X, Nested.copy(X)).relative());
        assertEquals(2, Difference.largest(new double[2], new double[] {0, 2}).relative());
        assertEquals(
                new Difference(List.of(0), 0.25, 0.375, 0.5),
                Difference.largest(new double[] {0.25, 0.25, 0.25}, new double[] {0.375, 0.375, 0.25}));
    }

    @Test
    void differenceTakesNotANumberForTheLargest() {
        float[] fast = {1, Float.NaN, 30, 4, 5, 6};
        assertEquals(List.of(0, 1), Difference.largest(X, fast).index());
        assertFalse(Difference.largest(X, fast).relative() < 1e-5);
    }

    @Test
    void differenceRefusesOtherShapes() {
        assertSays(
                "Difference.largest: expected 6 numbers for shape [2, 3] but got 5. Compare arrays of the same shape.",
                () -> Difference.largest(X, new float[5]));
        assertSays(
                "Difference.largest: expected an array of shape [2, 3] but got [3, 2]. "
                        + "Compare with the shapes in its Javadoc.",
                () -> Difference.largest(X, new double[3][2]));
    }
}
