package atelier.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** XChart in the house's clothes: white ground, thin grid, our letters and colours. */
final class Charts {

    static final int WIDTH = 560;
    static final int HEIGHT = 330;

    private static final Color GRID = new Color(0xE7EBEF);
    private static final int NARROW = 300;
    private static final int LEGEND = 22;
    private static final int KEY = 26;

    private Charts() {}

    static XYChart xy(String title, String xLabel, String yLabel) {
        return xy(title, xLabel, yLabel, WIDTH, HEIGHT);
    }

    static XYChart xy(String title, String xLabel, String yLabel, int width, int height) {
        XYChart chart = new XYChart(width, height);
        chart.setTitle(title);
        chart.setXAxisTitle(xLabel);
        chart.setYAxisTitle(yLabel);
        XYStyler style = chart.getStyler();
        style.setSeriesColors(Palette.SERIES);
        style.setSeriesLines(new BasicStroke[] {new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)});
        style.setSeriesMarkers(new Marker[] {SeriesMarkers.CIRCLE});
        style.setMarkerSize(5);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(new BasicStroke(1f));
        style.setChartFontColor(Palette.INK);
        style.setAxisTickLabelsColor(Palette.SOFT_INK);
        style.setAxisTickMarksColor(Palette.LINE);
        style.setChartTitleBoxVisible(false);
        style.setChartTitleFont(Typeface.bold(Text.TITLE));
        style.setChartTitleVisible(!title.isEmpty());
        style.setAxisTitleFont(Typeface.plain(Text.NORMAL));
        style.setXAxisTitleVisible(!xLabel.isEmpty());
        style.setYAxisTitleVisible(!yLabel.isEmpty());
        style.setAxisTickLabelsFont(Typeface.plain(Text.SMALL));
        style.setAnnotationTextFont(Typeface.plain(Text.SMALL));
        style.setLegendVisible(false);
        style.setLocale(Locale.ROOT);
        return chart;
    }

    /**
     * Adds a line whose numbers the two scales turn into positions. The first line must come after {@link #frame}.
     */
    static XYSeries add(XYChart chart, Scale across, Scale up, Line line) {
        double[] x = DoubleStream.of(line.x()).map(across::position).toArray();
        double[] y = DoubleStream.of(line.y()).map(up::position).toArray();
        int[] shown =
                IntStream.range(0, x.length).filter(i -> !Double.isNaN(x[i])).toArray();
        return chart.addSeries(
                line.name(),
                IntStream.of(shown).mapToDouble(i -> x[i]).toArray(),
                IntStream.of(shown).mapToDouble(i -> y[i]).toArray());
    }

    /**
     * Makes XChart put its ticks on whole positions: the axes' ends, a spacing of one, and an invisible line at uneven
     * places, because it puts ticks on the data itself where they are evenly spaced.
     */
    static void frame(XYChart chart, Scale across, Scale up) {
        XYStyler style = chart.getStyler();
        style.setXAxisMin(across.low());
        style.setXAxisMax(across.high());
        style.setYAxisMin(up.low());
        style.setYAxisMax(up.high());
        int beside = chart.getWidth() < NARROW ? 60 : 120;
        style.setXAxisTickMarkSpacingHint(
                (int) Math.max(20, (chart.getWidth() - beside) / (across.high() - across.low())));
        style.setYAxisTickMarkSpacingHint((int) Math.max(14, (chart.getHeight() - 100) / (up.high() - up.low())));
        chart.setCustomXAxisTickLabelsFormatter(across::label);
        chart.setCustomYAxisTickLabelsFormatter(up::label);
        double[] uneven = {0, 0.1234, 1};
        chart.addSeries(
                        " ",
                        DoubleStream.of(uneven)
                                .map(t -> across.low() + t * (across.high() - across.low()))
                                .toArray(),
                        DoubleStream.of(uneven)
                                .map(t -> up.low() + t * (up.high() - up.low()))
                                .toArray())
                .setMarker(SeriesMarkers.NONE)
                .setLineStyle(SeriesLines.NONE)
                .setLineColor(new Color(0, true));
    }

    /** The chart with, below it, the names of its lines; one line needs no name. */
    static Picture picture(XYChart chart, List<String> names, String alt) {
        int width = chart.getWidth();
        int height = chart.getHeight();
        List<String> told = names.size() > 1 ? names : List.of();
        Picture picture = new Picture(width, height + legendHeight(width, told), alt);
        Graphics2D pen = picture.pen();
        chart.paint(pen, width, height);
        legend(pen, width, height, told);
        pen.dispose();
        return picture;
    }

    /** How high a legend of these names is. */
    static int legendHeight(int width, List<String> names) {
        return rows(width, names).size() * LEGEND;
    }

    /** The names of lines with their colours, from y = top downwards. */
    static void legend(Graphics2D pen, int width, int top, List<String> names) {
        List<List<String>> rows = rows(width, names);
        int i = 0;
        for (int row = 0; row < rows.size(); row++) {
            int y = top + row * LEGEND;
            double x = (width - width(rows.get(row))) / 2;
            for (String name : rows.get(row)) {
                pen.setColor(Palette.series(i++, names.size()));
                pen.fillRect((int) x, y + 4, KEY - 6, 4);
                pen.setColor(Palette.INK);
                Text.left(pen, name, (int) x + KEY, y + 10, Text.NORMAL);
                x += width(List.of(name)) + KEY;
            }
        }
    }

    /** A line as a path on the painted chart. */
    static Path2D path(XYChart chart, Scale across, Scale up, Line line) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < line.x().length; i++) {
            double x = chart.getScreenXFromChart(across.position(line.x()[i]));
            double y = chart.getScreenYFromChart(up.position(line.y()[i]));
            if (i == 0) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        return path;
    }

    /** The names in rows that are no wider than the chart. */
    private static List<List<String>> rows(int width, List<String> names) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        for (String name : names) {
            row.add(name);
            if (width(row) > width - 20 && row.size() > 1) {
                row.remove(row.size() - 1);
                rows.add(row);
                row = new ArrayList<>(List.of(name));
            }
        }
        if (!row.isEmpty()) {
            rows.add(row);
        }
        return rows;
    }

    private static double width(List<String> row) {
        return row.stream()
                        .mapToDouble(name -> Text.width(name, Text.NORMAL) + 2 * KEY)
                        .sum()
                - KEY;
    }
}
