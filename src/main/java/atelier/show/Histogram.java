package atelier.show;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How samples are spread, several kinds over one axis: two estimators of the same gradient. Each area is 1. */
public final class Histogram {

    private static final int BINS = 60;
    private static final int OPACITY = 64;

    private Histogram() {}

    /**
     * The samples of each line are its y: {@code Histogram.of("Gradient", "dμ", Line.of("score", a), Line.of("path", b))}.
     *
     * <p>A few samples very far out are not drawn, else nobody would see the others; the words tell how many.
     */
    public static Picture of(String title, String xLabel, Line... samples) {
        double[] all = Arrays.stream(samples)
                .flatMapToDouble(line -> Arrays.stream(line.y()))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (all.length == 0) {
            return Text.note(title + ": no numbers to show.");
        }
        double low = all[(int) (0.005 * (all.length - 1))];
        double high = all[(int) Math.ceil(0.995 * (all.length - 1))];
        double margin = (high - low) / 2;
        double from = Math.max(all[0], low - margin);
        double to = Math.min(all[all.length - 1], high + margin);
        double width = to > from ? (to - from) / BINS : Math.max(1e-9, Math.abs(from) * 1e-9);
        long outside = Arrays.stream(all).filter(v -> v < from || v > to).count();

        List<Line> outlines = new ArrayList<>();
        for (Line line : samples) {
            outlines.add(outline(line, from, width));
        }
        Scale across = Scale.of(false, DoubleStream.of(from, from + BINS * width));
        Scale up = Scale.of(false, outlines.stream().flatMapToDouble(line -> Arrays.stream(line.y())));
        XYChart chart = Charts.xy(title, xLabel, "density");
        Charts.frame(chart, across, up);
        for (int i = 0; i < outlines.size(); i++) {
            Charts.add(chart, across, up, outlines.get(i))
                    .setMarker(SeriesMarkers.NONE)
                    .setLineColor(Palette.series(i, samples.length));
        }
        Picture picture = Charts.picture(
                chart,
                outlines.stream().map(Line::name).toList(),
                title + ", the spread of " + xLabel + ": "
                        + String.join("; ", outlines.stream().map(Line::name).toList())
                        + (outside == 0 ? "" : "; " + Numbers.text(outside) + " further out are not drawn") + ".");
        Graphics2D pen = picture.pen();
        for (int i = 0; i < outlines.size(); i++) {
            Color colour = Palette.series(i, samples.length);
            pen.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), OPACITY));
            pen.fill(Charts.path(chart, across, up, outlines.get(i)));
        }
        pen.dispose();
        return picture;
    }

    /** Two corners a bin, from the axis back to the axis, under a name with mean ± deviation. */
    private static Line outline(Line samples, double from, double width) {
        double[] x = new double[2 * BINS + 2];
        double[] y = new double[2 * BINS + 2];
        double n = Math.max(1, samples.y().length);
        for (double value : samples.y()) {
            int bin = (int) Math.floor((value - from) / width);
            bin = bin == BINS ? BINS - 1 : bin; // the last bin has both its ends
            if (Double.isFinite(value) && bin >= 0 && bin < BINS) {
                y[2 * bin + 1] += 1 / (n * width);
                y[2 * bin + 2] = y[2 * bin + 1];
            }
        }
        for (int corner = 0; corner < x.length; corner++) {
            x[corner] = from + corner / 2 * width;
        }
        double mean = Arrays.stream(samples.y()).sum() / n;
        double variance =
                Arrays.stream(samples.y()).map(v -> (v - mean) * (v - mean)).sum() / n;
        String name = samples.name() + ": " + Numbers.text(mean) + " ± " + Numbers.text(Math.sqrt(variance));
        return new Line(name, x, y);
    }
}
