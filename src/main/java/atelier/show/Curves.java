package atelier.show;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
            told.add(line.name() + " from " + Numbers.text(line.y()[0]) + " to "
                    + Numbers.text(line.y()[line.y().length - 1]));
        }
        if (names.isEmpty()) {
            return Text.note((title.isEmpty() ? "Curves" : title) + ": no numbers to show.");
        }
        return Charts.picture(
                chart,
                names,
                title + (xLabel.isEmpty() ? "" : ", over " + xLabel) + ": " + String.join("; ", told) + ".");
    }

    private static boolean isSeen(Scale scale, double... values) {
        return !Arrays.stream(values).map(scale::position).allMatch(Double::isNaN);
    }
}
