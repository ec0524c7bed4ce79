package atelier.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;

/**
 * Where two moving numbers are driven to: small arrows say which way from here, coloured paths where somebody came by. A ring
 * is the start of a path, a dot its end.
 *
 * <p>Arrows are longer where the drive is stronger, but less than in proportion, so that the weak ones are seen too.
 */
public final class PhasePortrait {

    /** The usual side of the picture, in pixels of the page. */
    public static final int SIDE = 430;

    private static final int SMALLEST = 260; // of less XChart makes its own ticks
    private static final int LARGEST = 880;
    private static final double ARROWS = 24; // pixels from one to the next
    private static final int STEPS = 60; // of a path, if each of them is to get a dot
    static final Color ARROW = new Color(0xA9B4BF);

    private PhasePortrait() {}

    /**
     * The field of arrows (u, v) over the plane, and paths on it: {@code new Line("simultaneous", way[0], way[1])}.
     *
     * @param u how fast x grows at (x, y)
     * @param v how fast y grows there
     */
    public static Picture of(
            String title,
            String xLabel,
            String yLabel,
            Plane plane,
            DoubleBinaryOperator u,
            DoubleBinaryOperator v,
            Line... paths) {
        return of(SIDE, title, xLabel, yLabel, plane, u, v, paths);
    }

    /** The same of another size; three portraits of 280 pixels stand beside each other. */
    public static Picture of(
            int side,
            String title,
            String xLabel,
            String yLabel,
            Plane plane,
            DoubleBinaryOperator u,
            DoubleBinaryOperator v,
            Line... paths) {
        if (side < SMALLEST || side > LARGEST) {
            throw new IllegalArgumentException("PhasePortrait.of: expected a side of " + SMALLEST + " to " + LARGEST
                    + " pixels but got " + side + ". Try " + SIDE + ".");
        }
        Scale across = Scale.of(false, DoubleStream.of(plane.left(), plane.right()));
        Scale up = Scale.of(false, DoubleStream.of(plane.bottom(), plane.top()));
        XYChart chart = square(side, xLabel, yLabel, plane, across, up);
        List<String> names = Arrays.stream(paths).map(Line::name).toList();
        Picture picture = Charts.picture(chart, names, alt(xLabel, yLabel, plane, paths));
        Graphics2D pen = picture.pen();
        Rectangle2D frame = frame(chart, plane, across, up);
        arrows(pen, frame, plane, u, v);
        for (int i = 0; i < paths.length; i++) {
            draw(pen, frame, chart, across, up, paths[i], Palette.series(i, paths.length));
        }
        pen.dispose();
        return Pictures.titled(title, picture);
    }

    /** A chart on which one unit of x is as long as one of y, if the plane is not too far from square. */
    private static XYChart square(int side, String xLabel, String yLabel, Plane plane, Scale across, Scale up) {
        XYChart chart = Charts.xy("", xLabel, yLabel, side, side);
        Charts.frame(chart, across, up);
        Picture trial = new Picture(side, side, ""); // only a painted chart knows where its axes are
        Graphics2D pen = trial.pen();
        chart.paint(pen, side, side);
        pen.dispose();
        Rectangle2D frame = frame(chart, plane, across, up);
        double wanted = frame.getWidth() * (plane.top() - plane.bottom()) / (plane.right() - plane.left());
        int height = (int) Math.round(side + Math.max(-side / 2.0, Math.min(side, wanted - frame.getHeight())));
        XYChart fitting = Charts.xy("", xLabel, yLabel, side, height);
        Charts.frame(fitting, across, up);
        return fitting;
    }

    private static Rectangle2D frame(XYChart chart, Plane plane, Scale across, Scale up) {
        double left = chart.getScreenXFromChart(across.position(plane.left()));
        double top = chart.getScreenYFromChart(up.position(plane.top()));
        double right = chart.getScreenXFromChart(across.position(plane.right()));
        double bottom = chart.getScreenYFromChart(up.position(plane.bottom()));
        return new Rectangle2D.Double(left, top, right - left, bottom - top);
    }

    private static void arrows(
            Graphics2D pen, Rectangle2D frame, Plane plane, DoubleBinaryOperator u, DoubleBinaryOperator v) {
        int columns = (int) Math.max(5, frame.getWidth() / ARROWS);
        int rows = (int) Math.max(5, frame.getHeight() / ARROWS);
        double perX = frame.getWidth() / (plane.right() - plane.left());
        double perY = frame.getHeight() / (plane.top() - plane.bottom());
        double[][] ways = new double[rows * columns][];
        double strongest = 0;
        for (int i = 0; i < ways.length; i++) {
            double x = plane.x((i % columns + 0.5) / columns);
            double y = plane.y(1 - (i / columns + 0.5) / rows);
            ways[i] = new double[] {perX * u.applyAsDouble(x, y), -perY * v.applyAsDouble(x, y)};
            double strength = Math.hypot(ways[i][0], ways[i][1]);
            strongest = Double.isFinite(strength) ? Math.max(strongest, strength) : strongest;
        }
        pen.setColor(ARROW);
        pen.setStroke(new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int i = 0; i < ways.length; i++) {
            double strength = Math.hypot(ways[i][0], ways[i][1]);
            if (strength > 0 && Double.isFinite(strength)) {
                double length = 0.8
                        * Math.min(frame.getWidth() / columns, frame.getHeight() / rows)
                        * Math.max(0.25, Math.sqrt(strength / strongest));
                double x = frame.getX() + (i % columns + 0.5) * frame.getWidth() / columns;
                double y = frame.getY() + (i / columns + 0.5) * frame.getHeight() / rows;
                arrow(pen, x, y, length * ways[i][0] / strength, length * ways[i][1] / strength);
            }
        }
    }

    /** An arrow whose middle is at (x, y). */
    private static void arrow(Graphics2D pen, double x, double y, double dx, double dy) {
        double tipX = x + dx / 2;
        double tipY = y + dy / 2;
        pen.draw(new Line2D.Double(x - dx / 2, y - dy / 2, tipX, tipY));
        double size = Math.min(4, 0.4 * Math.hypot(dx, dy)) / Math.hypot(dx, dy);
        Path2D head = new Path2D.Double();
        head.moveTo(tipX - size * (dx - 0.6 * dy), tipY - size * (dy + 0.6 * dx));
        head.lineTo(tipX, tipY);
        head.lineTo(tipX - size * (dx + 0.6 * dy), tipY - size * (dy - 0.6 * dx));
        pen.draw(head);
    }

    private static void draw(
            Graphics2D pen, Rectangle2D frame, XYChart chart, Scale across, Scale up, Line path, Color colour) {
        if (path.x().length == 0) {
            return;
        }
        Shape whole = pen.getClip();
        pen.clip(frame);
        pen.setColor(colour);
        pen.setStroke(new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.draw(Charts.path(chart, across, up, path));
        int last = path.x().length - 1;
        for (int i = 1; i < last && last <= STEPS; i++) {
            pen.fill(dot(chart, across, up, path, i, 2.2));
        }
        pen.setClip(whole);
        pen.fill(dot(chart, across, up, path, 0, 5));
        pen.setColor(Color.WHITE);
        pen.fill(dot(chart, across, up, path, 0, 3));
        pen.setColor(colour);
        Ellipse2D end = dot(chart, across, up, path, last, 5);
        if (frame.contains(end.getCenterX(), end.getCenterY())) {
            pen.fill(end);
        }
    }

    private static Ellipse2D dot(XYChart chart, Scale across, Scale up, Line path, int i, double radius) {
        double x = chart.getScreenXFromChart(across.position(path.x()[i]));
        double y = chart.getScreenYFromChart(up.position(path.y()[i]));
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private static String alt(String xLabel, String yLabel, Plane plane, Line... paths) {
        List<String> told = new ArrayList<>();
        for (Line path : paths) {
            int last = path.x().length - 1;
            boolean inside = last < 0 || plane.contains(path.x()[last], path.y()[last]);
            told.add(path.name()
                    + (last < 0
                            ? " is empty"
                            : " from " + place(path, 0) + " to " + place(path, last)
                                    + (inside ? "" : ", outside the picture")));
        }
        return "arrows over " + xLabel + " and " + yLabel + (told.isEmpty() ? "" : "; paths: ")
                + String.join("; ", told) + ".";
    }

    private static String place(Line path, int i) {
        return "(" + Numbers.text(path.x()[i]) + ", " + Numbers.text(path.y()[i]) + ")";
    }
}
