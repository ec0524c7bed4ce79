package atelier.show;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GridsTest {

    private static final int WHITE = 0xFFFFFFFF;

    // ---- colours ----

    @Test
    void whiteIsZeroAndTheEndsAreEquallyFar() {
        Ramp signed = Ramp.of(Arrays.stream(new double[] {-1, 0, 4}));
        assertEquals(WHITE, signed.colour(0).getRGB());
        assertEquals(Palette.diverging(1), signed.colour(4));
        assertEquals(Palette.diverging(-0.25), signed.colour(-1));
        Ramp unsigned = Ramp.of(Arrays.stream(new double[] {1, 4, Double.NaN, Double.POSITIVE_INFINITY}));
        assertEquals(Palette.sequential(0.25), unsigned.colour(1));
        assertEquals(Palette.NOT_A_NUMBER, unsigned.colour(Double.NaN));
        assertEquals(WHITE, Ramp.of(Arrays.stream(new double[3])).colour(0).getRGB());
    }

    // ---- matrices ----

    @Test
    void aMatrixSaysItsNumbers() {
        Picture picture = Matrix.of("X", new double[][] {{1, -0.5}, {1e-9, 12345678}}, Window.cell(1, 0));
        assertEquals("X, 2 by 2: 1 −0.50; 1e−09 1e+07, marked from row 1 and column 0.", picture.alt());
    }

    @Test
    void cellsStandWhereTheirNumbersStand() {
        Picture picture = Matrix.of("", new double[][] {{-1, 0, 0}, {0, 0, 1}});
        int cell = 32 * 2;
        assertEquals(Palette.diverging(-1).getRGB(), picture.getRGB(4 + 6, 4 + 6));
        assertEquals(WHITE, picture.getRGB(4 + cell + 6, 4 + 6));
        assertEquals(Palette.diverging(1).getRGB(), picture.getRGB(4 + 2 * cell + 6, 4 + cell + 6));
    }

    @Test
    void tensorsAndArraysLookTheSame() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 1, 2, 3);
        Picture picture = Matrix.of("X", new double[][] {{1, 2, 3}, {4, 5, 6}});
        assertArrayEquals(picture.png(), Matrix.of("X", x).png());
        assertThrows(ShapeException.class, () -> Matrix.of("X", Tensor.zeros(2, 1, 2, 3)));
        assertThrows(ShapeException.class, () -> Matrix.of("X", new double[][] {{1, 2}, {3}}));
    }

    @Test
    void emptyAndStrangeMatricesAreShown() {
        assertEquals("X: an empty matrix.", Matrix.of("X", new double[0][0]).alt());
        assertEquals("X: an empty matrix.", HeatMap.of("X", Tensor.zeros(1, 0)).alt());
        assertEquals(
                "X, 1 by 3: NaN ∞ −∞.",
                Matrix.of("X", new double[][] {{0.0 / 0, 1 / 0.0, -1 / 0.0}}).alt());
        assertTrue(Matrix.of("X", new double[100][100]).width() <= 900);
    }

    @Test
    void aHeatMapSaysItsRange() {
        Picture picture = HeatMap.of("dX", new double[][] {{-0.5, 0}, {0.25, 2}});
        assertEquals("dX, 2 by 2, values from -0.5 to 2.", picture.alt());
        assertEquals(Palette.diverging(-0.25).getRGB(), picture.getRGB(20, 80));
    }

    // ---- kernels and feature maps ----

    @Test
    void aKernelLiesInItsRowAndColumn() {
        Tensor weights = Tensor.zeros(3, 2, 5, 5);
        weights.set(2, 1, 0, 0, 0);
        weights.set(-2, 2, 1, 4, 4);
        Picture picture = Kernels.grid(weights);
        int cell = 36 / 5;
        int step = cell * 5 + 4;
        assertEquals(Palette.diverging(1).getRGB(), picture.getRGB((34 + 2) * 2, (18 + step + 2) * 2));
        assertEquals(
                Palette.diverging(-1).getRGB(),
                picture.getRGB((34 + step + 4 * cell + 2) * 2, (18 + 2 * step + 4 * cell + 2) * 2));
        assertEquals(WHITE, picture.getRGB((34 + 2) * 2, (18 + 2) * 2));
    }

    @Test
    void allKernelsOfTheCourseFitThePage() {
        Picture first = Kernels.grid(Tensor.normal(RandomStream.seed(1), 1, 16, 1, 5, 5));
        Picture second = Kernels.grid(Tensor.normal(RandomStream.seed(1), 1, 32, 16, 5, 5));
        assertTrue(first.width() <= 900 && second.width() <= 900);
        assertTrue(second.png().length < 200_000);
        assertTrue(first.alt().startsWith("16 kernels of 5 by 5;"), first.alt());
        assertEquals(
                "No kernels to show.", Kernels.grid(Tensor.zeros(0, 1, 5, 5)).alt());
        assertThrows(ShapeException.class, () -> Kernels.grid(Tensor.zeros(5, 5)));
        assertThrows(IllegalArgumentException.class, () -> Kernels.grid(Tensor.zeros(100, 100, 1, 1)));
    }

    @Test
    void featureMapsAreThoseOfTheChosenImage() {
        Tensor y = Tensor.zeros(2, 3, 4, 4);
        y.set(1, 1, 2, 0, 0);
        assertNotEquals(
                FeatureMaps.grid(y, 0).getRGB(2 * (2 + 2 * 76 + 3), 10),
                FeatureMaps.grid(y, 1).getRGB(2 * (2 + 2 * 76 + 3), 10));
        assertArrayEquals(
                FeatureMaps.grid(y, 1).png(),
                FeatureMaps.grid(y.channelsLast(), 1).png());
        assertEquals(
                "3 feature maps of 4 by 4 for one image; the stronger the answer, the darker.",
                FeatureMaps.grid(y).alt());
        assertThrows(IllegalArgumentException.class, () -> FeatureMaps.grid(y, 2));
        assertThrows(ShapeException.class, () -> FeatureMaps.grid(Tensor.zeros(2, 10)));
    }

    // ---- the sliding window ----

    @Test
    void aFilmstripTellsWhatSlides() {
        Picture film = Filmstrip.of(new double[5][5], new double[3][3], 3, 2, 1);
        assertEquals(
                "A window of 3 by 3 slides over an input of 5 by 5 with stride 2 and padding 1 and fills an output of 3 by 3.",
                film.alt());
        assertTrue(film.width() <= 900, film.toString());
        assertTrue(Filmstrip.of(Tensor.zeros(8, 8), Tensor.zeros(6, 6), 3, 1, 0)
                .alt()
                .endsWith("the first 12 of 36 steps."));
    }

    @Test
    void aFilmstripRefusesAnOutputOfAnotherSize() {
        ShapeException wrong =
                assertThrows(ShapeException.class, () -> Filmstrip.of(new double[5][5], new double[2][3], 3, 1, 0));
        assertTrue(wrong.getMessage().contains("expected an output of 3×3"), wrong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Filmstrip.of(new double[5][5], new double[3][3], 3, 0, 0));
        assertThrows(
                IllegalArgumentException.class, () -> Filmstrip.of(new double[40][40], new double[38][38], 3, 1, 0));
    }

    // ---- classes ----

    @Test
    void aConfusionMatrixNamesItsWorstPair() {
        int[][] counts = {{980, 0, 0}, {2, 990, 1}, {0, 12, 970}};
        Picture picture = Confusion.of(counts);
        assertEquals(
                "Confusion matrix of 2,955 images in 3 classes; 2,940 on the diagonal; most confused: 2 as 1, 12 times.",
                picture.alt());
        assertTrue(Confusion.of(counts, "zero", "one", "two").alt().contains("most confused: two as one"));
        assertTrue(Confusion.of(new int[100][100]).width() <= 900);
        assertEquals(
                "Confusion matrix: no classes to show.",
                Confusion.of(new int[0][0]).alt());
        assertThrows(IllegalArgumentException.class, () -> Confusion.of(new int[][] {{1, 2}}));
        assertThrows(IllegalArgumentException.class, () -> Confusion.of(counts, "one"));
    }

    @Test
    void aHistogramCountsEachClass() {
        Picture picture = ClassHistogram.of("Digits", new int[] {0, 0, 2, 2, 2});
        assertEquals("Digits: 5 examples in 3 classes, from 0 to 3 a class.", picture.alt());
        assertTrue(
                ClassHistogram.of("h", java.util.stream.IntStream.range(0, 500).toArray())
                                .width()
                        <= 900);
        assertEquals(
                "Digits: no labels to count.",
                ClassHistogram.of("Digits", new int[0]).alt());
        assertThrows(IllegalArgumentException.class, () -> ClassHistogram.of("Digits", new int[] {-1}));
    }
}
