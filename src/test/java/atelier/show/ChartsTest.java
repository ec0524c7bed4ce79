package atelier.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.Tensor;
import java.awt.Color;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ChartsTest {

    @Test
    void numbersReadWell() {
        assertEquals("2.303", Numbers.text(2.302585));
        assertEquals("60,000", Numbers.text(60000));
        assertEquals("5,400", Numbers.text(5400.2));
        assertEquals("0.05", Numbers.text(0.05));
        assertEquals("-0.25", Numbers.text(-0.25));
        assertEquals("1.25·10⁻¹⁰", Numbers.text(1.25e-10));
        assertEquals("3·10⁹", Numbers.text(3e9));
        assertEquals("NaN", Numbers.text(Double.NaN));
        assertEquals("4.9·10⁻³²⁴", Numbers.text(Double.MIN_VALUE));
        assertEquals("0", Numbers.text(0));
    }

    @Test
    void ticksAreRoundNumbers() {
        Scale steps = Scale.of(false, DoubleStream.of(1, 2000));
        assertEquals("0", steps.label(0));
        assertEquals("500", steps.label(1));
        assertEquals(0.5, steps.position(250), 1e-12);
        Scale accuracy = Scale.of(false, DoubleStream.of(0.93, 0.992));
        assertEquals("0.93", accuracy.label(0));
        assertEquals("0.94", accuracy.label(1));
        Scale epochs = Scale.of(false, DoubleStream.of(1, 2, 3));
        assertEquals("2", epochs.label(1));
        Scale powers = Scale.of(true, DoubleStream.of(1e-10, 1));
        assertEquals("10⁻¹⁰", powers.label(0));
        assertEquals("10⁻⁸", powers.label(1));
        assertEquals(2.5, powers.position(1e-5), 1e-9);
        assertTrue(Double.isNaN(powers.position(-1)));
        assertTrue(Double.isNaN(powers.position(0)));
    }

    @ParameterizedTest
    @EnumSource
    void everyRangeIsDrawnInTime(Axes axes) {
        double[][] ranges = {
            {0.5, 0.5, 0.5},
            {1e-300, 2e-300, 1.5e-300},
            {1e300, 1e-300, 1},
            {Double.MIN_VALUE, 1, Double.MAX_VALUE},
            {-Double.MAX_VALUE, 0, Double.MAX_VALUE},
            {1, 1 + 1e-12, 1 + 2e-12},
            {1e15, 1e15 + 1, 1e15 + 2},
            {0, 0, 0},
            {1, 1 + 2e-9, 1 + 4e-9},
            {1e9, 1.00001e9},
            {1e-320, 3e-320},
            {-1, -2, -3},
            {Double.NaN, 1, Double.NaN},
            {Double.POSITIVE_INFINITY, 1, 2},
            {7},
            {}
        };
        for (double[] range : ranges) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> Curves.of("y", "x", "y", axes, Line.of("a", range)));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> Curves.of(
                            "x",
                            "x",
                            "y",
                            axes,
                            new Line("a", range, Line.of("b", range).x())));
        }
    }

    @Test
    void aCurveSaysWhereItBeginsAndEnds() {
        Picture picture = Curves.of("Loss", "epoch", "nats", Line.of("training", 2.3, 1.1), Line.of("test", 2.2, 1.2));
        assertEquals("Loss, over epoch: training from 2.3 to 1.1; test from 2.2 to 1.2.", picture.alt());
        assertTrue(has(picture, Palette.series(0)) && has(picture, Palette.series(1)), "both colours");
        assertTrue(picture.png().length < 200_000);
    }

    @Test
    void aTableGivesItsColumns() {
        Table table = Table.create(
                "h",
                IntColumn.create("epoch", 1, 2),
                DoubleColumn.create("train_loss", 2, 1),
                StringColumn.create("s", "a", "b"));
        assertEquals(
                "Loss, over epoch: train loss from 2 to 1.",
                Curves.of("Loss", table, "epoch", "train_loss").alt());
        assertThrows(IllegalArgumentException.class, () -> Curves.of("Loss", table, "epoch", "loss"));
        assertThrows(IllegalArgumentException.class, () -> Curves.of("Loss", table, "epoch", "s"));
        assertThrows(IllegalArgumentException.class, () -> new Line("a", new double[2], new double[3]));
    }

    @Test
    void aGapStaysAGap() {
        assertEquals(
                "Loss: no numbers to show.",
                Curves.of("Loss", "x", "y", Line.of("a", Double.NaN)).alt());
        assertEquals("Loss: no numbers to show.", Curves.of("Loss", "x", "y").alt());
        Picture gap = Curves.of("", "", "", Line.of("a", 1, Double.NaN, 1));
        Picture line = Curves.of("", "", "", Line.of("a", 1, 1, 1));
        assertTrue(count(gap, Palette.series(0)) < count(line, Palette.series(0)) / 4);
    }

    @Test
    void onGivenAxesEveryPictureHasTheSameFrameAndALineEndsAtIt() {
        Plane part = new Plane(0, 4, 0, 2);
        Line high = new Line("high", new double[] {0, 1, 2, 3, 4}, new double[] {9, 1, 1, 1, 9});
        Line low = new Line("low", new double[] {0, 1, 2, 3, 4}, new double[] {0, 0, 0, 0, 0});
        Picture first = Curves.of("", "x", "y", part, high);
        Picture second = Curves.of("", "x", "y", part, low);
        assertEquals(", over x: high from 1 to 1.", first.alt());
        int[] bottom = edge(second);
        int[] middle = edge(first);
        assertEquals((bottom[1] - bottom[0]) / 2.0, middle[1] - middle[0], 8, "from 1 to 3 of 0 to 4");
        for (int y = 0; y < bottom[2] - 150; y++) { // above the axis both are grid and letters: the same
            int column = first.getWidth() / 8;
            assertEquals(first.getRGB(column, y), second.getRGB(column, y), "row " + y);
        }
        assertEquals(
                "far: no numbers to show.",
                Curves.of("far", "x", "y", part, Line.of("f", 5, 6)).alt());
    }

    /** The columns in which the first colour begins and ends, and its lowest row. */
    private static int[] edge(Picture picture) {
        int[] edge = {Integer.MAX_VALUE, 0, 0};
        for (int i = 0; i < picture.getWidth() * picture.getHeight(); i++) {
            if (picture.getRGB(i % picture.getWidth(), i / picture.getWidth())
                    == Palette.series(0).getRGB()) {
                edge[0] = Math.min(edge[0], i % picture.getWidth());
                edge[1] = Math.max(edge[1], i % picture.getWidth());
                edge[2] = i / picture.getWidth();
            }
        }
        return edge;
    }

    @Test
    void parityTellsTheLargestDifference() {
        Tensor a = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
        Tensor b = Tensor.of(new float[] {1, 2, 3.5f, 4}, 2, 2);
        assertEquals(
                "Gradient, DL4J against ours: 4 points; the largest difference is 0.5.",
                Scatter.parity("Gradient", "ours", "DL4J", a, b).alt());
        assertThrows(IllegalArgumentException.class, () -> Scatter.parity("g", "x", "y", a, Tensor.zeros(4)));
        double[] many = IntStream.range(0, 10_000).mapToDouble(i -> Math.sin(i)).toArray();
        assertTrue(Scatter.parity("g", "x", "y", many, many).alt().contains("10,000 points; one in 4 drawn"));
        assertEquals(
                "g: no points to show.",
                Scatter.of("g", "x", "y", new double[0], new double[0]).alt());
    }

    @Test
    void barsAreAsLongAsTheirNumbers() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("one", 10.0);
        values.put("ten", 100.0);
        Picture linear = Bars.of("Speed", "images/s", values);
        assertEquals("Speed: one 10 images/s; ten 100 images/s.", linear.alt());
        assertEquals(42.0 / 420, bar(linear, 44) / (double) bar(linear, 74), 0.01);
        values.put("hundred", 1000.0);
        Picture log = Bars.log("Speed", "images/s", values);
        int first = bar(log, 44);
        int second = bar(log, 74);
        int third = bar(log, 104);
        assertEquals(second - first, third - second, 3, "equal ratios, equal steps");
        values.put("broken", Double.NaN);
        values.put("nothing", 0.0);
        assertTrue(Bars.log("Speed", "", values).alt().endsWith("broken NaN; nothing 0."));
        assertEquals("Speed: no bars to show.", Bars.of("Speed", "", Map.of()).alt());
    }

    private static int bar(Picture picture, int y) {
        int length = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            length += picture.getRGB(x, y * 2) == Palette.series(0).getRGB() ? 1 : 0;
        }
        return length;
    }

    private static boolean has(Picture picture, Color colour) {
        return count(picture, colour) > 0;
    }

    private static int count(Picture picture, Color colour) {
        int count = 0;
        for (int i = 0; i < picture.getWidth() * picture.getHeight(); i++) {
            count += picture.getRGB(i % picture.getWidth(), i / picture.getWidth()) == colour.getRGB() ? 1 : 0;
        }
        return count;
    }
}
