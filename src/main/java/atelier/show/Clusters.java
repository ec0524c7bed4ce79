package atelier.show;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.font.GlyphVector;
import java.awt.geom.Ellipse2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/**
 * Points of a plane, each in the colour of its class: codes of two numbers, or the first two principal components.
 *
 * <p>Each class also stands by its name in the middle of its points, for those who cannot tell the colours apart.
 */
public final class Clusters {

    private static final int SIDE = 520;
    private static final int KEY = 46;
    private static final int MOST = 20_000;

    private Clusters() {}

    /** Points {@code [N,2]} with their labels 0, 1, 2 …; points that are not finite are left out. */
    public static Picture of(String title, String xLabel, String yLabel, Tensor points, int[] labels) {
        if (points.rank() != 2 || points.size(1) != 2 || points.size(0) != labels.length) {
            throw new ShapeException("Clusters.of: expected points [" + labels.length + ",2], one a label, but got "
                    + Arrays.toString(points.shape()) + ". Take two columns of wider codes.");
        }
        int[] shown = IntStream.range(0, labels.length)
                .filter(i -> Float.isFinite(points.at(i, 0)) && Float.isFinite(points.at(i, 1)))
                .limit(MOST)
                .toArray();
        if (shown.length == 0) {
            return Text.note(title + ": no points to show.");
        }
        List<Integer> classes = Arrays.stream(shown)
                .map(i -> labels[i])
                .sorted()
                .distinct()
                .boxed()
                .toList();
        if (classes.get(0) < 0) {
            throw new IllegalArgumentException("Clusters.of: expected labels of 0 or more but got " + classes.get(0)
                    + ". Give each class a small number.");
        }
        Scale across = Scale.of(false, Arrays.stream(shown).mapToDouble(i -> points.at(i, 0)));
        Scale up = Scale.of(false, Arrays.stream(shown).mapToDouble(i -> points.at(i, 1)));
        XYChart chart = Charts.xy(title, xLabel, yLabel, SIDE, SIDE);
        Charts.frame(chart, across, up);
        Picture picture = new Picture(
                SIDE + KEY,
                SIDE,
                title + ", " + yLabel + " against " + xLabel + ": " + Numbers.text(shown.length) + " points in "
                        + classes.size() + " classes: "
                        + classes.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".");
        Graphics2D pen = picture.pen();
        chart.paint(pen, SIDE, SIDE);
        double size = shown.length > 4000 ? 2.2 : shown.length > 1000 ? 3.2 : 5;
        for (int i : shown) {
            double x = chart.getScreenXFromChart(across.position(points.at(i, 0)));
            double y = chart.getScreenYFromChart(up.position(points.at(i, 1)));
            pen.setColor(Palette.ofClass(labels[i]));
            pen.fill(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size));
        }
        for (int k = 0; k < classes.size(); k++) {
            int label = classes.get(k);
            int[] own = Arrays.stream(shown).filter(i -> labels[i] == label).toArray();
            double x = chart.getScreenXFromChart(across.position(median(points, 0, own)));
            double y = chart.getScreenYFromChart(up.position(median(points, 1, own)));
            name(pen, String.valueOf(label), x, y, Palette.ofClass(label));
            pen.setColor(Palette.ofClass(label));
            pen.fill(new Ellipse2D.Double(SIDE + 2, 44 + k * 20, 11, 11));
            pen.setColor(Palette.INK);
            Text.left(pen, String.valueOf(label), SIDE + 19, 54 + k * 20, Text.NORMAL);
        }
        pen.dispose();
        return picture;
    }

    /** The name of a class on a disc of its colour, so that it can be read on any points. */
    private static void name(Graphics2D pen, String text, double x, double y, Color colour) {
        GlyphVector letters = Typeface.bold(13).createGlyphVector(pen.getFontRenderContext(), text);
        double radius = Math.max(10, letters.getVisualBounds().getWidth() / 2 + 5);
        Ellipse2D disc = new Ellipse2D.Double(x - radius, y - 10, 2 * radius, 20);
        pen.setColor(Color.WHITE);
        pen.fill(disc);
        pen.setColor(colour);
        pen.setStroke(new BasicStroke(2.5f));
        pen.draw(disc);
        pen.setColor(Palette.INK);
        pen.drawGlyphVector(letters, (float) (x - letters.getVisualBounds().getCenterX()), (float)
                (y - letters.getVisualBounds().getCenterY()));
    }

    private static double median(Tensor points, int axis, int... own) {
        double[] sorted =
                Arrays.stream(own).mapToDouble(i -> points.at(i, axis)).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
