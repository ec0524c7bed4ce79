package atelier.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.RandomStream;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bands, histograms, columns, stacked bars, contours, ROC curves. */
class PlotsTest {

    private static final double[][] RANGES = {
        {0, 0, 0}, {1e-300, 2e-300}, {-1e300, 1e300}, {1e15, 1e15 + 1}, {-1, -2, -3}, {7}, {1, 1 + 1e-12}
    };

    // ---- the gap between two curves ----

    @Test
    void theGapIsFilledAndItsSizeTold() {
        double[] x = {0, 1, 2};
        Line upper = new Line("ln p", x, new double[] {0, 0, 0});
        Line lower = new Line("ELBO", x, new double[] {-1, -3, -1});
        Picture wide = Band.of("Bound", "x", "nats", "the gap", upper, lower);
        assertEquals("Bound, over x: between ln p and ELBO lies the gap, at most 3.", wide.alt());
        Picture narrow =
                Band.of("Bound", "x", "nats", "g", upper, new Line("ELBO", x, new double[] {-0.01, -3, -0.01}));
        assertEquals(2 / 1.505, (double) green(wide) / green(narrow), 0.06, "the area is the mean gap");
        assertTrue(green(narrow) > 10_000, "filled");
    }

    private static int green(Picture picture) {
        int count = 0;
        for (int rgb : picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth())) {
            Color c = new Color(rgb);
            count += c.getGreen() > c.getRed() + 15 && c.getGreen() > c.getBlue() + 5 ? 1 : 0;
        }
        return count;
    }

    @Test
    void aBandNeedsOneXAndFiniteNumbers() {
        Line a = Line.of("a", 1, 2);
        assertThrows(IllegalArgumentException.class, () -> Band.of("t", "x", "y", "g", a, Line.of("b", 1, 2, 3)));
        assertThrows(IllegalArgumentException.class, () -> Band.of("t", "x", "y", "g", a, Line.of("b", 1, 0.0 / 0)));
        assertEquals(
                "t: no numbers to show.",
                Band.of("t", "x", "y", "g", Line.of("a"), Line.of("b")).alt());
    }

    // ---- how samples are spread ----

    @Test
    void aHistogramTellsMeanAndDeviationAndLeavesOutWhatIsVeryFar() {
        RandomStream random = RandomStream.seed(1);
        double[] some =
                IntStream.range(0, 2000).mapToDouble(i -> random.normal()).toArray();
        assertEquals(
                "G, the spread of dμ: two: 3 ± 1; one: 5 ± 0.",
                Histogram.of("G", "dμ", Line.of("two", 2, 4), Line.of("one", 5)).alt());
        assertTrue(!Histogram.of("G", "g", Line.of("a", some)).alt().contains("not drawn"));
        some[7] = 1e6;
        some[8] = -1e6;
        assertTrue(Histogram.of("G", "g", Line.of("a", some)).alt().endsWith("; 2 further out are not drawn."));
        assertEquals(
                "G: no numbers to show.",
                Histogram.of("G", "g", Line.of("a", Double.NaN)).alt());
    }

    @Test
    void twiceAsManySamplesInHalfTheRangeStandFourTimesAsHigh() {
        double[] samples = IntStream.range(0, 3000)
                .mapToDouble(i -> i < 2000 ? i / 2000.0 : 1 + (i - 2000) / 500.0)
                .toArray();
        Picture picture = Histogram.of("", "x", Line.of("a", samples));
        int low = filled(picture, 2 * 400);
        int high = filled(picture, 2 * 140);
        assertEquals(4, (double) high / low, 0.25, high + " and " + low);
    }

    private static int filled(Picture picture, int x) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            Color c = new Color(picture.getRGB(x, y));
            count += c.getBlue() > c.getRed() + 30 ? 1 : 0;
        }
        return count;
    }

    @Test
    void everyRangeIsDrawnInTime() {
        for (double[] range : RANGES) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Histogram.of("h", "x", Line.of("a", range)));
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Columns.of("c", "x", "y", Line.of("a", range)));
        }
    }

    // ---- bars ----

    @Test
    void columnsStandOnTheZeroLine() {
        Picture picture = Columns.of("KL", "latent", "nats", Line.of("β = 1", 2, -1, 0));
        assertEquals("KL, nats over latent: β = 1 from -1 to 2.", picture.alt());
        int up = height(picture, 56 + 15);
        int down = height(picture, 56 + 45);
        assertEquals(2, (double) up / down, 0.05);
        assertEquals(0, height(picture, 56 + 75));
        assertTrue(Columns.of("KL", "l", "n", Line.of("a", new double[100]), Line.of("b", new double[100]))
                        .width()
                <= 900);
        assertEquals("KL: no bars to show.", Columns.of("KL", "l", "n").alt());
        assertEquals(
                "KL: too many bars to show.",
                Columns.of("KL", "l", "n", Line.of("a", new double[1000])).alt());
    }

    private static int height(Picture picture, int x) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            count += picture.getRGB(2 * x, y) == Palette.series(0).getRGB() ? 1 : 0;
        }
        return count;
    }

    @Test
    void partsOfABarAddUp() {
        Map<String, double[]> bars = new LinkedHashMap<>();
        bars.put("vae", new double[] {70, 30});
        bars.put("β = 4", new double[] {45, 5});
        Picture picture = StackedBars.of("−ELBO", "nats", List.of("reconstruction", "KL"), bars);
        assertEquals("−ELBO: vae = reconstruction 70 + KL 30; β = 4 = reconstruction 45 + KL 5 nats.", picture.alt());
        assertEquals(0.7 * 460 * 2, across(picture, 36, 0), 2);
        assertEquals(0.3 * 460 * 2, across(picture, 36, 1), 2);
        assertEquals(0.45 * 460 * 2, across(picture, 68, 0), 2);
        bars.put("wrong", new double[] {1, -1});
        assertThrows(IllegalArgumentException.class, () -> StackedBars.of("t", "", List.of("a", "b"), bars));
        assertThrows(
                IllegalArgumentException.class,
                () -> StackedBars.of("t", "", List.of("a"), Map.of("two", new double[2])));
        assertEquals(
                "t: no bars to show.",
                StackedBars.of("t", "", List.of("a"), Map.of()).alt());
    }

    private static int across(Picture picture, int y, int part) {
        int count = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            count += picture.getRGB(x, 2 * y) == Palette.series(part).getRGB() ? 1 : 0;
        }
        return count;
    }

    // ---- contours ----

    @Test
    void theContourOfADistanceIsACircle() {
        double[][] heights = new double[41][61];
        for (int i = 0; i < heights.length; i++) {
            for (int j = 0; j < heights[0].length; j++) {
                heights[i][j] = Math.hypot(j / 60.0 - 0.5, i / 40.0 - 0.5);
            }
        }
        List<Line2D> circle = Contours.contour(heights, 0.3);
        double length = 0;
        for (Line2D part : circle) {
            assertEquals(0.3, part.getP1().distance(0.5, 0.5), 0.002);
            length += part.getP1().distance(part.getP2());
        }
        assertEquals(2 * Math.PI * 0.3, length, 0.01);
        assertEquals(List.of(), Contours.contour(heights, 5));
    }

    @Test
    void aSurfaceTellsItsRangeAndCarriesPoints() {
        Plane plane = new Plane(-2, 2, -1, 1);
        Line prior = new Line("prior", new double[] {0}, new double[] {0});
        Picture picture = Contours.of("KL", "μ", "ℓ", plane, (x, y) -> x * x + y * y, prior);
        assertEquals("KL, over μ and ℓ: from 0 to 5.", picture.alt());
        int marked = 0;
        for (int rgb : picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth())) {
            marked += rgb == Palette.series(1).getRGB() ? 1 : 0;
        }
        assertTrue(marked > 100, "a dot: " + marked);
        assertEquals(
                "C, over x and y: from 3 to 3.",
                Contours.of("C", "x", "y", plane, (x, y) -> 3).alt());
        Contours.of("N", "x", "y", plane, (x, y) -> Math.log(x));
        assertThrows(IllegalArgumentException.class, () -> new Plane(1, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Plane(0, 1, 0, Double.NaN));
    }

    // ---- ROC ----

    @Test
    void tenCurvesHaveTenColoursAndChanceItsDiagonal() {
        Line[] curves = IntStream.range(0, 10)
                .mapToObj(k -> new Line("digit " + k, new double[] {0, 0.1 + 0.05 * k, 1}, new double[] {0, 0.9, 1}))
                .toArray(Line[]::new);
        Picture picture = RocCurves.of("Held out", curves);
        assertTrue(picture.alt().startsWith("Held out, right alarms over false alarms: digit 0; digit 1;"));
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        for (Color colour : Palette.CLASSES) {
            assertTrue(
                    IntStream.of(pixels).filter(rgb -> rgb == colour.getRGB()).count() > 300);
        }
        assertTrue(IntStream.of(pixels).anyMatch(rgb -> rgb == Palette.SOFT_INK.getRGB()));
        assertThrows(IllegalArgumentException.class, () -> RocCurves.of("t", Line.of("counts", 0, 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> RocCurves.of("t", new Line("n", new double[] {0}, new double[] {Double.NaN})));
    }
}
