package atelier.show;

import java.util.ArrayList;
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

    /** Each line in its colour; what is not finite, or not above 0 on a logarithmic axis, is left out. */
    public static Picture of(String title, String xLabel, String yLabel, Axes axes, Line... lines) {
        XYChart chart = Charts.xy(title, xLabel, yLabel, axes);
        List<String> told = new ArrayList<>();
        for (Line line : lines) {
            Line seen = visible(line, axes);
            if (seen.x().length == 0) {
                continue;
            }
            XYSeries series = chart.addSeries(line.name(), seen.x(), seen.y());
            if (seen.x().length > MARKED) {
                series.setMarker(SeriesMarkers.NONE);
            }
            told.add(line.name() + " from " + Charts.number(seen.y()[0]) + " to "
                    + Charts.number(seen.y()[seen.y().length - 1]));
        }
        if (told.isEmpty()) {
            return Text.note((title.isEmpty() ? "Curves" : title) + ": no numbers to show.");
        }
        chart.getStyler().setLegendVisible(told.size() > 1);
        return Charts.picture(chart, title + ", over " + xLabel + ": " + String.join("; ", told) + ".");
    }

    static Line visible(Line line, Axes axes) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < line.x().length; i++) {
            double x = line.x()[i];
            double y = line.y()[i];
            boolean shown = Double.isFinite(x) && Double.isFinite(y);
            if (shown && (x > 0 || !axes.logX()) && (y > 0 || !axes.logY())) {
                points.add(new double[] {x, y});
            }
        }
        return new Line(
                line.name(),
                points.stream().mapToDouble(p -> p[0]).toArray(),
                points.stream().mapToDouble(p -> p[1]).toArray());
    }
}
