package atelier.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Pictures of two players: phase portraits, gradient flows, runs beside each other. */
class GamesTest {

    private static final Plane SQUARE = new Plane(-2, 2, -2, 2);
    private static final int BLUE = Palette.series(0).getRGB();
    private static final int ORANGE = Palette.series(1).getRGB();

    // ---- phase portraits ----

    @Test
    void aCircleLooksLikeACircle() {
        double[] x = IntStream.rangeClosed(0, 100)
                .mapToDouble(i -> Math.cos(i * Math.PI / 50))
                .toArray();
        double[] y = IntStream.rangeClosed(0, 100)
                .mapToDouble(i -> Math.sin(i * Math.PI / 50))
                .toArray();
        for (Plane plane : new Plane[] {SQUARE, new Plane(-2, 4, -2, 2)}) {
            Picture portrait = PhasePortrait.of("", "x", "y", plane, (a, b) -> 0, (a, b) -> 0, new Line("a", x, y));
            int[] box = box(portrait, BLUE);
            assertEquals(1, (double) (box[2] - box[0]) / (box[3] - box[1]), 0.04);
        }
    }

    @Test
    void arrowsPointWhereTheyDrive() {
        // to the right only: the tips, where most of an arrow's ink is, lie right of the middle of each arrow
        Picture right = PhasePortrait.of("", "x", "y", SQUARE, (x, y) -> 1, (x, y) -> 0);
        Picture left = PhasePortrait.of("", "x", "y", SQUARE, (x, y) -> -1, (x, y) -> 0);
        Picture up = PhasePortrait.of("", "x", "y", SQUARE, (x, y) -> 0, (x, y) -> 1);
        Picture down = PhasePortrait.of("", "x", "y", SQUARE, (x, y) -> 0, (x, y) -> -1);
        assertTrue(centre(right)[0] > centre(left)[0] + 4, "across");
        assertTrue(centre(up)[1] < centre(down)[1] - 4, "up is towards smaller rows");
        assertEquals(centre(right)[1], centre(left)[1], 1);
    }

    @Test
    void theStartIsARingAndTheEndADot() {
        Line way = new Line("way", new double[] {-1, 1}, new double[] {0, 0});
        Picture portrait = PhasePortrait.of("t", "x", "y", SQUARE, (x, y) -> 0, (x, y) -> 0, way);
        assertEquals("t: arrows over x and y; paths: way from (-1, 0) to (1, 0).", portrait.alt());
        int[] box = box(portrait, BLUE);
        int middle = (box[1] + box[3]) / 2;
        int ring = 10; // its radius in stored pixels
        assertEquals(Color.WHITE.getRGB(), portrait.getRGB(box[0] + ring, middle));
        assertEquals(BLUE, portrait.getRGB(box[2] - ring, middle));
    }

    @Test
    void aPathThatLeavesIsCutOffAndSaid() {
        Line away = new Line("away", new double[] {0, 100}, new double[] {0, 100});
        Picture portrait = PhasePortrait.of("t", "x", "y", SQUARE, (x, y) -> -y, (x, y) -> x, away);
        assertTrue(portrait.alt().endsWith("away from (0, 0) to (100, 100), outside the picture."), portrait.alt());
        int[] box = box(portrait, BLUE);
        assertTrue(box[2] < portrait.getWidth() && box[1] > 2 * 26, "inside the axes");
    }

    @Test
    void portraitsOfAllSizesAndStrangeFieldsAreDrawn() {
        assertEquals(
                280,
                PhasePortrait.of(280, "t", "x", "y", SQUARE, (x, y) -> x, (x, y) -> y)
                        .width());
        PhasePortrait.of("t", "x", "y", SQUARE, (x, y) -> 1 / x, (x, y) -> Math.log(y), Line.of("empty"));
        PhasePortrait.of("t", "x", "y", new Plane(0, 1e-3, 0, 1e3), (x, y) -> 1, (x, y) -> 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> PhasePortrait.of(50, "t", "x", "y", SQUARE, (x, y) -> x, (x, y) -> y));
    }

    /** The left, upper, right and lower end of a colour. */
    private static int[] box(Picture picture, int rgb) {
        int[] box = {Integer.MAX_VALUE, Integer.MAX_VALUE, -1, -1};
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if (picture.getRGB(x, y) == rgb) {
                    box[0] = Math.min(box[0], x);
                    box[1] = Math.min(box[1], y);
                    box[2] = Math.max(box[2], x);
                    box[3] = Math.max(box[3], y);
                }
            }
        }
        return box;
    }

    /** The middle of the arrows' ink. */
    private static double[] centre(Picture picture) {
        double[] sum = new double[3];
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if (picture.getRGB(x, y) == PhasePortrait.ARROW.getRGB()) {
                    sum[0] += x;
                    sum[1] += y;
                    sum[2]++;
                }
            }
        }
        return new double[] {sum[0] / sum[2], sum[1] / sum[2]};
    }

    // ---- one step of the game ----

    @Test
    void inTheDiscriminatorsStepNoGradientReachesTheGenerator() {
        Picture step = GradientFlow.discriminatorStep();
        int[] gradient = box(step, ORANGE);
        assertTrue(gradient[0] > 2 * 366, "nothing orange left of the fake images, but at " + gradient[0] / 2);
        assertTrue(step.alt().contains("there the gradient stops, G is held."), step.alt());
    }

    @Test
    void inTheGeneratorsStepItRunsThroughTheDiscriminatorToTheGenerator() {
        int[] gradient = box(GradientFlow.generatorStep(), ORANGE);
        assertEquals(2 * 236, gradient[0], 4, "the right edge of the generator's box");
        assertFalse(GradientFlow.generatorStep().alt().contains("Norm"));
    }

    @Test
    void normsAreWrittenAndTold() {
        Picture step = GradientFlow.generatorStep(1.25, 0.5, 0);
        assertTrue(
                step.alt()
                        .endsWith("ends. Norm of the gradient of G's parameters: 1.25. Norm of the gradient of x̃: 0.5."
                                + " Norm of the gradient of D's parameters: 0."),
                step.alt());
        assertTrue(count(step, ORANGE) > count(GradientFlow.generatorStep(), ORANGE) + 100, "the numbers in orange");
    }

    @Test
    void aLeakIsCalledOne() {
        int red = Palette.CLASSES[3].getRGB();
        assertEquals(0, count(GradientFlow.discriminatorStep(0, 0.5, 0.3), red));
        assertTrue(count(GradientFlow.discriminatorStep(1e-9, 0.5, 0.3), red) > 50);
        assertTrue(count(GradientFlow.generatorStep(1, 0.5, 0.3), red) > 50);
    }

    private static int count(Picture picture, int rgb) {
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        return (int) IntStream.of(pixels).filter(pixel -> pixel == rgb).count();
    }

    // ---- runs ----

    @Test
    void runsStandBesideEachOtherOnTheSameAxes() {
        Map<String, Line[]> runs = new LinkedHashMap<>();
        runs.put("healthy", new Line[] {Line.of("D", 1, 1, 1), Line.of("G", 0, 0, 0)});
        runs.put("D wins", new Line[] {Line.of("D", 1, 1, 1), Line.of("G", 0, 4, 8)});
        Picture picture = Runs.of("epoch", Axes.LINEAR, runs);
        assertEquals("healthy: D from 1 to 1; G from 0 to 0. D wins: D from 1 to 1; G from 0 to 8.", picture.alt());
        assertEquals(880, picture.width());
        int half = picture.getWidth() / 2;
        int legend = picture.getHeight() - 2 * 22;
        int[] rows = {-1, -1};
        for (int y = 0; y < legend; y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if (picture.getRGB(x, y) == BLUE) {
                    rows[x / half] = y; // the lowest row of D's line in each run
                }
            }
        }
        assertEquals(rows[0], rows[1], "the same number at the same height");
        assertEquals(2 * (runs.size() + 1), columns(picture, legend), "two lines a run and the legend's two");
    }

    /** How often a stretch of a line's colour is met, run by run and in the legend. */
    private static int columns(Picture picture, int legend) {
        int half = picture.getWidth() / 2;
        int met = 0;
        for (int colour : new int[] {BLUE, ORANGE}) {
            boolean[] seen = new boolean[3];
            for (int i = 0; i < picture.getWidth() * picture.getHeight(); i++) {
                int x = i % picture.getWidth();
                int y = i / picture.getWidth();
                if (picture.getRGB(x, y) == colour) {
                    seen[y >= legend ? 2 : x / half] = true;
                }
            }
            met += (int) IntStream.range(0, 3).filter(k -> seen[k]).count();
        }
        return met;
    }

    @Test
    void tablesOfRunsGiveTheirColumns() {
        Table table = Table.create("h", DoubleColumn.create("epoch", 1, 2), DoubleColumn.create("d_loss", 1.4, 1.2));
        Map<String, Table> runs = new LinkedHashMap<>();
        runs.put("seed 1", table);
        runs.put("seed 2", table);
        assertEquals(
                "seed 1: d loss from 1.4 to 1.2. seed 2: d loss from 1.4 to 1.2.",
                Runs.of(runs, "epoch", "d_loss").alt());
    }

    @Test
    void runsThatCannotBeComparedAreRefused() {
        Map<String, Line[]> runs = new LinkedHashMap<>();
        assertEquals("No runs to show.", Runs.of("x", Axes.LINEAR, runs).alt());
        runs.put("a", new Line[] {Line.of("D", 1, 2)});
        runs.put("b", new Line[] {Line.of("G", 1, 2)});
        assertThrows(IllegalArgumentException.class, () -> Runs.of("x", Axes.LINEAR, runs));
        for (int i = 0; i < 5; i++) {
            runs.put("" + (char) ('a' + i), new Line[] {Line.of("D", 1, 2)});
        }
        assertThrows(IllegalArgumentException.class, () -> Runs.of("x", Axes.LINEAR, runs));
    }

    @Test
    void everyRangeOfARunIsDrawnInTime() {
        double[][] ranges = {{0, 0}, {1e-300, 2e-300}, {-1e300, 1e300}, {7}, {Double.NaN, 1}, {1, 1 + 1e-12}, {1, 1e9}};
        for (double[] range : ranges) {
            for (Axes axes : Axes.values()) {
                Map<String, Line[]> runs =
                        Map.of("a", new Line[] {Line.of("D", range)}, "b", new Line[] {Line.of("D", range)});
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Runs.of("x", axes, runs));
            }
        }
    }
}
