package atelier.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How many right alarms one gets for how many false ones, as the threshold falls; chance alone stays on the diagonal. */
public final class RocCurves {

    private static final int SIDE = 430;

    private RocCurves() {}

    /** Each line: x the rate of false alarms, y the rate of right ones, both in [0,1]; its name may tell the area below. */
    public static Picture of(String title, Line... curves) {
        Scale unit = Scale.of(false, DoubleStream.of(0, 1));
        XYChart chart = Charts.xy(title, "false positive rate", "true positive rate", SIDE, SIDE);
        Charts.frame(chart, unit, unit);
        double[] ends = {0, 1};
        Charts.add(chart, unit, unit, new Line("chance", ends, ends))
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Palette.SOFT_INK)
                .setLineStyle(
                        new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0));
        List<String> names = new ArrayList<>();
        for (Line curve : curves) {
            for (double rate : DoubleStream.concat(DoubleStream.of(curve.x()), DoubleStream.of(curve.y()))
                    .toArray()) {
                if (!(rate >= 0 && rate <= 1)) {
                    throw new IllegalArgumentException("RocCurves.of: expected rates in [0,1] but \"" + curve.name()
                            + "\" has " + rate + ". Divide counts by their total.");
                }
            }
            Color colour = Palette.series(names.size(), curves.length);
            Charts.add(chart, unit, unit, curve).setMarker(SeriesMarkers.NONE).setLineColor(colour);
            names.add(curve.name());
        }
        return Charts.picture(
                chart, names, title + ", right alarms over false alarms: " + String.join("; ", names) + ".");
    }
}
