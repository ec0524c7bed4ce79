package atelier.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** XChart in the house's clothes: white ground, thin grid, our letters and colours. */
final class Charts {

    static final int WIDTH = 560;
    static final int HEIGHT = 340;

    private static final Color GRID = new Color(0xE7EBEF);
    private static final int LEGEND = 26;

    private Charts() {}

    static XYChart xy(String title, String xLabel, String yLabel) {
        XYChart chart = new XYChart(WIDTH, HEIGHT);
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
     * The label of a tick on a logarithmic axis, at log₁₀ of the value: whole powers of ten, and between them numbers
     * where the axis spans less than two powers.
     */
    static Function<Double, String> powers(DoubleStream logarithms) {
        DoubleSummaryStatistics range = logarithms.filter(Double::isFinite).summaryStatistics();
        boolean wide = range.getMax() - range.getMin() >= 2;
        return tick -> {
            long power = Math.round(tick);
            if (Math.abs(tick - power) < 1e-9) {
                return power(power);
            }
            return wide ? " " : number(Double.parseDouble(String.format(Locale.ROOT, "%.1e", Math.pow(10, tick))));
        };
    }

    /** The chart with, below it, the names of its lines; one line needs no name. */
    static Picture picture(XYChart chart, List<String> names, String alt) {
        Picture picture = new Picture(WIDTH, HEIGHT, alt);
        Graphics2D pen = picture.pen();
        int legend = names.size() > 1 ? LEGEND : 0;
        chart.paint(pen, WIDTH, HEIGHT - legend);
        if (legend > 0) {
            double width = -20;
            for (String name : names) {
                width += Text.width(name, Text.NORMAL) + 50;
            }
            double x = Math.max(8, (WIDTH - width) / 2);
            for (int i = 0; i < names.size(); i++) {
                pen.setColor(Palette.series(i));
                pen.fillRect((int) x, HEIGHT - 15, 20, 4);
                pen.setColor(Palette.INK);
                Text.left(pen, names.get(i), (int) x + 26, HEIGHT - 9, Text.NORMAL);
                x += Text.width(names.get(i), Text.NORMAL) + 50;
            }
        }
        pen.dispose();
        return picture;
    }

    /** A number as a reader wants it in a sentence: four significant digits, or as a power of ten. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return String.valueOf(value);
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e9) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        int power = (int) Math.floor(Math.log10(size));
        if (power < -3 || power >= 6) {
            return String.format(Locale.ROOT, "%.2f", value / Math.pow(10, power)) + "·10" + superscript(power);
        }
        int decimals = Math.max(0, 3 - power);
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    /** 10 to this power: as a number while it is short. */
    static String power(long power) {
        return power >= -3 && power <= 5 ? number(Math.pow(10, power)) : "10" + superscript(power);
    }

    private static String superscript(long power) {
        StringBuilder text = new StringBuilder();
        for (char digit : Long.toString(power).toCharArray()) {
            text.append(digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return text.toString();
    }
}
