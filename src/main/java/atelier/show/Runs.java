package atelier.show;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.Table;

/**
 * The same curves of several runs beside each other, on the same axes, so that the eye may compare them: one that went well,
 * one that collapsed, one that a player won.
 */
public final class Runs {

    private static final int WIDEST = 880;
    private static final int GAP = 20; // that Pictures.beside leaves
    private static final int HEIGHT = 252; // of less XChart makes its own ticks
    private static final int MOST = 3;
    private static final int MARKED = 20;

    private Runs() {}

    /** Columns of each run's table, such as {@code history.table()}, over another of its columns. */
    public static Picture of(Map<String, Table> runs, String x, String... columns) {
        Map<String, Line[]> lines = new LinkedHashMap<>();
        runs.forEach((name, table) -> lines.put(
                name,
                Arrays.stream(columns)
                        .map(column -> new Line(
                                column.replace('_', ' '), Tables.numbers(table, x), Tables.numbers(table, column)))
                        .toArray(Line[]::new)));
        return of(x.replace('_', ' '), Axes.LINEAR, lines);
    }

    /**
     * The lines of each run under its name, in the map's order.
     *
     * @throws IllegalArgumentException when the runs have not the same lines, or are more than three
     */
    public static Picture of(String xLabel, Axes axes, Map<String, Line[]> runs) {
        List<Line> all = runs.values().stream().flatMap(Arrays::stream).toList();
        if (all.isEmpty()) {
            return Text.note("No runs to show.");
        }
        List<String> names = names(runs);
        Scale across = Scale.of(axes.logX(), all.stream().flatMapToDouble(line -> DoubleStream.of(line.x())));
        Scale up = Scale.of(axes.logY(), all.stream().flatMapToDouble(line -> DoubleStream.of(line.y())));
        List<Picture> charts = new ArrayList<>();
        int width = (WIDEST - GAP * (runs.size() - 1)) / runs.size();
        runs.forEach((name, lines) -> charts.add(Pictures.titled(name, chart(width, xLabel, across, up, lines))));
        Picture beside = Pictures.beside(charts.toArray(Picture[]::new));
        List<String> told = names.size() > 1 ? names : List.of();
        Picture whole = new Picture(beside.width(), beside.height() + Charts.legendHeight(WIDEST, told), beside.alt());
        Graphics2D pen = whole.pen();
        Charts.legend(pen, WIDEST, beside.height(), told);
        pen.scale(1.0 / Picture.DENSITY, 1.0 / Picture.DENSITY);
        pen.drawImage(beside, 0, 0, null);
        pen.dispose();
        return whole;
    }

    private static Picture chart(int width, String xLabel, Scale across, Scale up, Line... lines) {
        XYChart chart = Charts.xy("", xLabel, "", width, HEIGHT);
        Charts.frame(chart, across, up);
        List<String> told = new ArrayList<>();
        for (Line line : lines) {
            Color colour = Palette.series(told.size(), lines.length);
            if (!Arrays.stream(line.y()).map(up::position).allMatch(Double::isNaN)) {
                XYSeries series = Charts.add(chart, across, up, line);
                series.setMarkerColor(colour).setLineColor(colour);
                if (line.x().length > MARKED) {
                    series.setMarker(SeriesMarkers.NONE);
                }
            }
            told.add(line.name() + Curves.ends(line.y()));
        }
        return Charts.picture(chart, List.of(), String.join("; ", told) + ".");
    }

    /** What the lines are called, in every run the same. */
    private static List<String> names(Map<String, Line[]> runs) {
        if (runs.size() > MOST) {
            throw new IllegalArgumentException("Runs.of: expected at most " + MOST + " runs but got " + runs.size()
                    + ". Put some below: Pictures.below(first, second).");
        }
        List<String> names = null;
        for (Line[] lines : runs.values()) {
            List<String> here = Arrays.stream(lines).map(Line::name).toList();
            if (names != null && !names.equals(here)) {
                throw new IllegalArgumentException("Runs.of: expected the same lines in every run but got " + names
                        + " and " + here + ". Give them the same names in the same order.");
            }
            names = here;
        }
        return names;
    }
}
