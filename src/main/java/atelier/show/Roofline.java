package atelier.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Pieces of work under the two limits of a machine: how fast each runs against how many operations it has for a byte of memory.
 *
 * <pre>{@code
 * flop/s ≤ min(peak, intensity · bandwidth)                                                         (F1)
 * }</pre>
 *
 * <p>Both axes are logarithmic. Under the slanted part memory is the limit, under the flat one arithmetic. Left of the ridge a faster
 * kernel helps nothing; whoever reads less does.
 *
 * <p>Source: Williams, Waterman and Patterson 2009, doi:10.1145/1498765.1498785.
 */
public final class Roofline {

    private static final int LEFT = 62;
    private static final int TOP = 40;
    private static final int WIDTH = 430;
    private static final int HEIGHT = 300;
    private static final int LIST = LEFT + WIDTH + 24;
    private static final int STEP = 19;

    private Roofline() {}

    /**
     * A piece of work.
     *
     * @param intensity floating-point operations for each byte that must move between memory and processor
     * @param flops floating-point operations a second that were reached
     */
    public record Point(String name, double intensity, double flops) {}

    /**
     * The points, numbered, below the roof of this machine.
     *
     * @param peak floating-point operations a second
     * @param bandwidth bytes a second
     */
    public static Picture of(String title, double peak, double bandwidth, List<Point> points) {
        if (points.isEmpty() || !(peak > 0 && bandwidth > 0)) {
            return Text.note(title + ": no points to show.");
        }
        double ridge = peak / bandwidth;
        double slowest = points.stream().mapToDouble(Point::flops).min().orElse(peak);
        double left = Math.floor(log(Math.min(intensities(points).min().orElse(ridge), ridge)) - 0.1);
        double right = Math.ceil(log(Math.max(intensities(points).max().orElse(ridge), ridge)) + 0.1);
        double low = Math.floor(log(slowest) - 0.1);
        double high = Math.ceil(log(peak) + 0.1);
        Frame frame = new Frame(left, right, low, high);

        String alt = points.stream()
                .map(point -> line(point, peak, bandwidth))
                .collect(Collectors.joining(
                        "; ", title + ". Peak " + giga(peak) + " Gflop/s, memory " + giga(bandwidth) + " GB/s. ", "."));
        Picture picture = new Picture(LIST + 350, Math.max(TOP + HEIGHT + 46, TOP + points.size() * STEP + 20), alt);
        Graphics2D pen = picture.pen();
        Text.title(pen, title, 4, 18);
        axes(pen, frame);
        pen.setColor(Palette.series(1));
        pen.setStroke(new BasicStroke(2));
        pen.draw(new Line2D.Double(
                frame.x(Math.pow(10, Math.max(left, low - log(bandwidth)))),
                frame.y(Math.max(Math.pow(10, low), bandwidth * Math.pow(10, left))),
                frame.x(ridge),
                frame.y(peak)));
        pen.draw(new Line2D.Double(frame.x(ridge), frame.y(peak), LEFT + WIDTH, frame.y(peak)));
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            double x = frame.x(point.intensity());
            double y = frame.y(point.flops());
            pen.setColor(Palette.series(0));
            pen.fill(new Ellipse2D.Double(x - 8, y - 8, 16, 16));
            pen.setColor(Color.WHITE);
            Text.centre(pen, String.valueOf(i + 1), x, y + 4, Text.SMALL);
            pen.setColor(Palette.INK);
            Text.left(pen, (i + 1) + "  " + line(point, peak, bandwidth), LIST, TOP + 8 + i * STEP, Text.SMALL);
        }
        pen.dispose();
        return picture;
    }

    private static String line(Point point, double peak, double bandwidth) {
        double roof = Math.min(peak, point.intensity() * bandwidth);
        return String.format(
                Locale.ROOT,
                "%s: %s Gflop/s, %.0f %% of its roof",
                point.name(),
                giga(point.flops()),
                100 * point.flops() / roof);
    }

    private static String giga(double value) {
        return Numbers.text(value / 1e9);
    }

    private static void axes(Graphics2D pen, Frame frame) {
        for (int power = (int) frame.left(); power <= frame.right(); power++) {
            double x = frame.x(Math.pow(10, power));
            pen.setColor(Palette.LINE);
            pen.draw(new Line2D.Double(x, TOP, x, TOP + HEIGHT));
            pen.setColor(Palette.SOFT_INK);
            Text.centre(pen, Numbers.power(power), x, TOP + HEIGHT + 16, Text.SMALL);
        }
        for (int power = (int) frame.low(); power <= frame.high(); power++) {
            double y = frame.y(Math.pow(10, power));
            pen.setColor(Palette.LINE);
            pen.draw(new Line2D.Double(LEFT, y, LEFT + WIDTH, y));
            pen.setColor(Palette.SOFT_INK);
            Text.right(pen, Numbers.power(power - 9), LEFT - 8, y + 4, Text.SMALL);
        }
        pen.setColor(Palette.INK);
        Text.centre(pen, "operations for each byte of memory", LEFT + WIDTH / 2.0, TOP + HEIGHT + 36, Text.SMALL);
        Text.left(pen, "Gflop/s", 4, TOP - 8, Text.SMALL);
    }

    private static double log(double x) {
        return Math.log10(x);
    }

    private static DoubleStream intensities(List<Point> points) {
        return points.stream().mapToDouble(Point::intensity);
    }

    /** The ends of both axes, as powers of ten. */
    private record Frame(double left, double right, double low, double high) {

        double x(double intensity) {
            return LEFT + WIDTH * (log(intensity) - left) / (right - left);
        }

        double y(double flops) {
            return TOP + HEIGHT * (high - log(flops)) / (high - low);
        }
    }
}
