package atelier.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** XChart in the house's clothes: white ground, thin grid, our letters and colours. */
final class Charts {

    static final int WIDTH = 560;
    static final int HEIGHT = 340;

    private Charts() {}

    static XYChart xy(String title, String xLabel, String yLabel, Axes axes) {
        XYChart chart = new XYChart(WIDTH, HEIGHT);
        chart.setTitle(title);
        chart.setXAxisTitle(xLabel);
        chart.setYAxisTitle(yLabel);
        XYStyler style = chart.getStyler();
        style.setXAxisLogarithmic(axes.logX());
        style.setYAxisLogarithmic(axes.logY());
        style.setSeriesColors(Palette.SERIES);
        style.setSeriesLines(new BasicStroke[] {new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)});
        style.setSeriesMarkers(new Marker[] {SeriesMarkers.CIRCLE});
        style.setMarkerSize(5);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setPlotGridLinesColor(new Color(0xE7EBEF));
        style.setPlotGridLinesStroke(new BasicStroke(1f));
        style.setChartFontColor(Palette.INK);
        style.setAxisTickLabelsColor(Palette.SOFT_INK);
        style.setAxisTickMarksColor(Palette.LINE);
        style.setChartTitleBoxVisible(false);
        style.setChartTitleFont(Typeface.bold(Text.TITLE));
        style.setChartTitleVisible(!title.isEmpty());
        style.setAxisTitleFont(Typeface.plain(Text.NORMAL));
        style.setAxisTickLabelsFont(Typeface.plain(Text.SMALL));
        style.setAnnotationTextFont(Typeface.plain(Text.SMALL));
        style.setLegendFont(Typeface.plain(Text.NORMAL));
        style.setLegendPosition(LegendPosition.OutsideS);
        style.setLegendLayout(LegendLayout.Horizontal);
        style.setLegendBorderColor(Color.WHITE);
        style.setLegendBackgroundColor(Color.WHITE);
        style.setLocale(Locale.ROOT);
        return chart;
    }

    static Picture picture(XYChart chart, String alt) {
        Picture picture = new Picture(WIDTH, HEIGHT, alt);
        Graphics2D pen = picture.pen();
        chart.paint(pen, WIDTH, HEIGHT);
        pen.dispose();
        return picture;
    }

    /** A number as a reader wants it in a sentence: four significant digits, or as a power of ten. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return String.valueOf(value);
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        if (size < 1e-3 || size >= 1e6) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}
