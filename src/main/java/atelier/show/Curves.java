package atelier.show;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.Table;

/** Curves over the same axis: loss and accuracy over the epochs, error over the step size. */
public final class Curves {

    private static final int MARKED = 40;

    private Curves() {}

    /** Columns of a table over another of its columns: {@code Curves.of("Loss", history.table(), "epoch", "loss")}. */
    public static Picture of(String title, Table table, String x, String... columns) {
        return of(title, Axes.LINEAR, table, x, columns);
    }

    public static Picture of(String title, Axes axes, Table table, String x, String... columns) {
        double[] across = Tables.numbers(table, x);
        Line[] lines = new Line[columns.length];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new Line(columns[i].replace('_', ' '), across, Tables.numbers(table, columns[i]));
        }
        return of(title, x.replace('_', ' '), "", axes, lines);
    }

    public static Picture of(String title, String xLabel, String yLabel, Line... lines) {
        return of(title, xLabel, yLabel, Axes.LINEAR, lines);
    }

    /** Each line in its colour; what is not finite, or not above 0 on a logarithmic axis, is a gap in it. */
    public static Picture of(String title, String xLabel, String yLabel, Axes axes, Line... lines) {
        Scale across = Scale.of(axes.logX(), Arrays.stream(lines).flatMapToDouble(line -> Arrays.stream(line.x())));
        Scale up = Scale.of(axes.logY(), Arrays.stream(lines).flatMapToDouble(line -> Arrays.stream(line.y())));
        return draw(title, xLabel, yLabel, across, up, lines);
    }

    /**
     * The lines as far as they lie in a part of the plane: pictures that are to be compared, or to follow each other in an
     * {@link Animation}, need the same axes.
     */
    public static Picture of(String title, String xLabel, String yLabel, Plane part, Line... lines) {
        Scale across = Scale.of(false, DoubleStream.of(part.left(), part.right()));
        Scale up = Scale.of(false, DoubleStream.of(part.bottom(), part.top()));
        Line[] inside = Arrays.stream(lines).map(line -> inside(part, line)).toArray(Line[]::new);
        return draw(title, xLabel, yLabel, across, up, inside);
    }

    /** The line with gaps where it lies outside. */
    private static Line inside(Plane part, Line line) {
        double[] y = line.y().clone();
        for (int i = 0; i < y.length; i++) {
            y[i] = part.contains(line.x()[i], y[i]) ? y[i] : Double.NaN;
        }
        return new Line(line.name(), line.x(), y);
    }

    private static Picture draw(String title, String xLabel, String yLabel, Scale across, Scale up, Line... lines) {
        XYChart chart = Charts.xy(title, xLabel, yLabel);
        Charts.frame(chart, across, up);
        List<Line> shown = Arrays.stream(lines)
                .filter(line -> isSeen(across, line.x()) && isSeen(up, line.y()))
                .toList();
        List<String> names = shown.stream().map(Line::name).toList();
        List<String> told = new ArrayList<>();
        for (Line line : shown) {
            Color colour = Palette.series(told.size(), shown.size());
            XYSeries series = Charts.add(chart, across, up, line);
            series.setMarkerColor(colour).setLineColor(colour);
            if (line.x().length > MARKED) {
                series.setMarker(SeriesMarkers.NONE);
            }
            told.add(line.name() + ends(line.y()));
        }
        if (names.isEmpty()) {
            return Text.note((title.isEmpty() ? "Curves" : title) + ": no numbers to show.");
        }
        return Charts.picture(
                chart,
                names,
                title + (xLabel.isEmpty() ? "" : ", over " + xLabel) + ": " + String.join("; ", told) + ".");
    }

    /** The first and the last number that is one. */
    static String ends(double... y) {
        double[] numbers = Arrays.stream(y).filter(v -> !Double.isNaN(v)).toArray();
        return numbers.length == 0
                ? " is not to be seen"
                : " from " + Numbers.text(numbers[0]) + " to " + Numbers.text(numbers[numbers.length - 1]);
    }

    private static boolean isSeen(Scale scale, double... values) {
        return !Arrays.stream(values).map(scale::position).allMatch(Double::isNaN);
    }
}
