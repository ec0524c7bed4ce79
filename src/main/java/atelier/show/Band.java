package atelier.show;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Two curves and the area between them: ln p(x) above its lower bound, and the gap. */
public final class Band {

    private static final int OPACITY = 56;

    private Band() {}

    /**
     * The area between two curves over the same x.
     *
     * @throws IllegalArgumentException when they have not the same x, or numbers that are not finite
     */
    public static Picture of(String title, String xLabel, String yLabel, String gap, Line upper, Line lower) {
        if (!Arrays.equals(upper.x(), lower.x())) {
            throw new IllegalArgumentException("Band.of: expected two curves over the same x but got "
                    + upper.x().length + " and " + lower.x().length + " places that differ. Compute both at one x.");
        }
        if (upper.x().length == 0) {
            return Text.note(title + ": no numbers to show.");
        }
        DoubleStream both = DoubleStream.concat(Arrays.stream(upper.y()), Arrays.stream(lower.y()));
        double[] y = both.toArray();
        if (!DoubleStream.concat(Arrays.stream(y), Arrays.stream(upper.x())).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "Band.of: expected finite numbers but got NaN or infinity. Leave out the places without a gap.");
        }
        Scale across = Scale.of(false, Arrays.stream(upper.x()));
        Scale up = Scale.of(false, Arrays.stream(y));
        XYChart chart = Charts.xy(title, xLabel, yLabel);
        Charts.frame(chart, across, up);
        List<Line> edges = List.of(upper, lower);
        for (int i = 0; i < 2; i++) {
            Color colour = Palette.series(i);
            Charts.add(chart, across, up, edges.get(i))
                    .setMarker(SeriesMarkers.NONE)
                    .setLineColor(colour);
        }
        double most = 0;
        for (int i = 0; i < upper.x().length; i++) {
            most = Math.max(most, Math.abs(upper.y()[i] - lower.y()[i]));
        }
        Picture picture = Charts.picture(
                chart,
                List.of(upper.name(), lower.name(), gap),
                title + ", over " + xLabel + ": between " + upper.name() + " and " + lower.name() + " lies " + gap
                        + ", at most " + Numbers.text(most) + ".");
        Graphics2D pen = picture.pen();
        Color colour = Palette.series(2);
        pen.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), OPACITY));
        Path2D area = Charts.path(chart, across, up, upper);
        area.append(Charts.path(chart, across, up, backwards(lower)), true);
        area.closePath();
        pen.fill(area);
        pen.dispose();
        return picture;
    }

    private static Line backwards(Line line) {
        int n = line.x().length;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = line.x()[n - 1 - i];
            y[i] = line.y()[n - 1 - i];
        }
        return new Line(line.name(), x, y);
    }
}
