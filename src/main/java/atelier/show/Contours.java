package atelier.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;

/** A function of two numbers as colours with lines of equal height, as on a map: the divergence over μ and ln σ². */
public final class Contours {

    private static final int SIDE = 470;
    private static final int CELLS = 80;

    private Contours() {}

    /** The function over the plane; points and ways may lie on it, a line of one point is a dot. */
    public static Picture of(
            String title, String xLabel, String yLabel, Plane plane, DoubleBinaryOperator function, Line... over) {
        double[][] heights = new double[CELLS + 1][CELLS + 1]; // [row from the bottom][column]
        for (int i = 0; i <= CELLS; i++) {
            for (int j = 0; j <= CELLS; j++) {
                heights[i][j] = function.applyAsDouble(plane.x((double) j / CELLS), plane.y((double) i / CELLS));
            }
        }
        Grid grid = new Grid(heights);
        Ramp ramp = grid.ramp();
        Scale across = Scale.of(false, DoubleStream.of(plane.left(), plane.right()));
        Scale up = Scale.of(false, DoubleStream.of(plane.bottom(), plane.top()));
        XYChart chart = Charts.xy(title, xLabel, yLabel, SIDE, SIDE);
        Charts.frame(chart, across, up);
        double[] finite = grid.stream().filter(Double::isFinite).toArray();
        double least = Arrays.stream(finite).min().orElse(0);
        double most = Arrays.stream(finite).max().orElse(0);
        Picture picture = new Picture(
                SIDE,
                SIDE + Ramp.HEIGHT + 4,
                title + ", over " + xLabel + " and " + yLabel + ": from " + Numbers.text(least) + " to "
                        + Numbers.text(most) + ".");
        Graphics2D pen = picture.pen();
        chart.paint(pen, SIDE, SIDE);
        double left = chart.getScreenXFromChart(across.position(plane.left()));
        double top = chart.getScreenYFromChart(up.position(plane.top()));
        double width = chart.getScreenXFromChart(across.position(plane.right())) - left;
        double height = chart.getScreenYFromChart(up.position(plane.bottom())) - top;
        paint(pen, heights, ramp, new Rectangle2D.Double(left, top, width, height));

        Scale levels = Scale.of(false, Arrays.stream(finite));
        for (int tick = (int) Math.ceil(levels.low()); tick <= levels.high(); tick++) {
            double level = (levels.first() + tick) * levels.step();
            List<Line2D> line = contour(heights, level);
            pen.setColor(Palette.SOFT_INK);
            pen.setStroke(new BasicStroke(1));
            List<Line2D> drawn = new ArrayList<>();
            for (Line2D part : line) {
                drawn.add(new Line2D.Double(
                        left + part.getX1() * width,
                        top + (1 - part.getY1()) * height,
                        left + part.getX2() * width,
                        top + (1 - part.getY2()) * height));
            }
            drawn.forEach(pen::draw);
            label(pen, line, drawn, levels.label(tick));
        }
        for (int i = 0; i < over.length; i++) {
            draw(pen, chart, across, up, over[i], Palette.series(i + 1));
        }
        ramp.draw(pen, left, SIDE + 2);
        pen.dispose();
        return picture;
    }

    private static void paint(Graphics2D pen, double[][] heights, Ramp ramp, Rectangle2D place) {
        double cellWidth = place.getWidth() / CELLS;
        double cellHeight = place.getHeight() / CELLS;
        Object smooth = pen.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF); // a small file
        for (int i = 0; i < CELLS; i++) {
            for (int j = 0; j < CELLS; j++) {
                double middle = (heights[i][j] + heights[i][j + 1] + heights[i + 1][j] + heights[i + 1][j + 1]) / 4;
                pen.setColor(ramp.colour(middle));
                double x = place.getX() + j * cellWidth;
                double y = place.getMaxY() - (i + 1) * cellHeight;
                pen.fill(new Rectangle2D.Double(
                        x, y, cellWidth + 0.5, cellHeight + 0.5)); // else the seams shine through
            }
        }
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, smooth);
    }

    /**
     * The line on which the heights are {@code level}, in pieces; the plane goes from 0 to 1 each way.
     *
     * <p>Each cell is two triangles; over a triangle the height is taken for flat, so the line crosses it straight.
     */
    static List<Line2D> contour(double[][] heights, double level) {
        List<Line2D> line = new ArrayList<>();
        int rows = heights.length - 1;
        int columns = heights[0].length - 1;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int[][] corners = {{i, j}, {i, j + 1}, {i + 1, j + 1}, {i + 1, j}};
                for (int half = 0; half < 2; half++) {
                    int[][] triangle = {corners[0], corners[half + 1], corners[half + 2]};
                    List<Point2D> crossed = new ArrayList<>();
                    for (int side = 0; side < 3; side++) {
                        int[] a = triangle[side];
                        int[] b = triangle[(side + 1) % 3];
                        double from = heights[a[0]][a[1]];
                        double to = heights[b[0]][b[1]];
                        if (from < level != to < level && Double.isFinite(from) && Double.isFinite(to)) {
                            double t = (level - from) / (to - from);
                            crossed.add(new Point2D.Double(
                                    (a[1] + t * (b[1] - a[1])) / columns, (a[0] + t * (b[0] - a[0])) / rows));
                        }
                    }
                    if (crossed.size() == 2) {
                        line.add(new Line2D.Double(crossed.get(0), crossed.get(1)));
                    }
                }
            }
        }
        return line;
    }

    /** The height, written where the line is nearest to the diagonal, and as far up as that goes. */
    private static void label(Graphics2D pen, List<Line2D> line, List<Line2D> drawn, String text) {
        double best = Double.POSITIVE_INFINITY;
        Line2D place = null;
        for (int i = 0; i < line.size(); i++) {
            double x = line.get(i).getX1();
            double y = line.get(i).getY1();
            boolean inside = Math.min(x, y) > 0.04 && Math.max(x, y) < 0.96;
            double away = Math.abs(x - y) - 0.1 * x + (inside ? 0 : 2);
            if (away < best) {
                best = away;
                place = drawn.get(i);
            }
        }
        if (place != null && best < 1) {
            double width = Text.width(text, Text.SMALL);
            pen.setColor(new Color(255, 255, 255, 210));
            pen.fill(new Rectangle2D.Double(place.getX1() - width / 2 - 2, place.getY1() - 7, width + 4, 14));
            pen.setColor(Palette.INK);
            Text.centre(pen, text, place.getX1(), place.getY1() + 4, Text.SMALL);
        }
    }

    private static void draw(Graphics2D pen, XYChart chart, Scale across, Scale up, Line line, Color colour) {
        pen.setColor(colour);
        pen.setStroke(new BasicStroke(2));
        pen.draw(Charts.path(chart, across, up, line));
        int last = line.x().length - 1;
        if (last >= 0) {
            double x = chart.getScreenXFromChart(across.position(line.x()[last]));
            double y = chart.getScreenYFromChart(up.position(line.y()[last]));
            pen.fill(new Ellipse2D.Double(x - 4.5, y - 4.5, 9, 9));
            Text.left(pen, line.name(), x + 8, y + 4, Text.NORMAL);
        }
    }
}
