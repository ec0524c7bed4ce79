package atelier.show;

import atelier.tensor.Tensor;
import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Points: each x beside its y. */
public final class Scatter {

    private static final int MOST = 3000;

    private Scatter() {}

    public static Picture of(String title, String xLabel, String yLabel, double[] x, double[] y) {
        return draw(title, xLabel, yLabel, new Line("points", x, y), false);
    }

    /** Two ways to compute the same numbers, such as two engines' gradients: equal ones lie on the diagonal. */
    public static Picture parity(String title, String xLabel, String yLabel, Tensor x, Tensor y) {
        x.requireSameShape(y, "Scatter.parity");
        return parity(title, xLabel, yLabel, numbers(x), numbers(y));
    }

    public static Picture parity(String title, String xLabel, String yLabel, double[] x, double[] y) {
        return draw(title, xLabel, yLabel, new Line("points", x, y), true);
    }

    private static Picture draw(String title, String xLabel, String yLabel, Line line, boolean parity) {
        int[] finite = IntStream.range(0, line.x().length)
                .filter(i -> Double.isFinite(line.x()[i]) && Double.isFinite(line.y()[i]))
                .toArray();
        if (finite.length == 0) {
            return Text.note(title + ": no points to show.");
        }
        int step = (finite.length + MOST - 1) / MOST;
        int[] shown = IntStream.range(0, (finite.length + step - 1) / step)
                .map(i -> finite[i * step])
                .toArray();
        DoubleStream ofX = Arrays.stream(finite).mapToDouble(i -> line.x()[i]);
        DoubleStream ofY = Arrays.stream(finite).mapToDouble(i -> line.y()[i]);
        double[] both = parity ? DoubleStream.concat(ofX, ofY).sorted().toArray() : null;
        Scale across = Scale.of(false, parity ? Arrays.stream(both) : ofX);
        Scale up = Scale.of(false, parity ? Arrays.stream(both) : ofY);
        XYChart chart = Charts.xy(title, xLabel, yLabel);
        Charts.frame(chart, across, up);
        if (parity) {
            double[] ends = {both[0], both[both.length - 1]};
            Charts.add(chart, across, up, new Line("equal", ends, ends))
                    .setMarker(SeriesMarkers.NONE)
                    .setLineColor(Palette.series(1))
                    .setLineStyle(new BasicStroke(1.5f));
        }
        Line drawn = new Line(
                "points",
                Arrays.stream(shown).mapToDouble(i -> line.x()[i]).toArray(),
                Arrays.stream(shown).mapToDouble(i -> line.y()[i]).toArray());
        Charts.add(chart, across, up, drawn)
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
                .setMarkerColor(Palette.series(0));
        List<String> told = new ArrayList<>();
        told.add(title + ", " + yLabel + " against " + xLabel + ": " + Numbers.text(finite.length) + " points");
        if (shown.length < finite.length) {
            told.add("one in " + step + " drawn");
        }
        if (parity) {
            double most = Arrays.stream(finite)
                    .mapToDouble(i -> Math.abs(line.x()[i] - line.y()[i]))
                    .max()
                    .orElse(0);
            told.add("the largest difference is " + Numbers.text(most));
        }
        return Charts.picture(chart, List.of(), String.join("; ", told) + ".");
    }

    private static double[] numbers(Tensor tensor) {
        float[] data = tensor.rowMajor().data();
        return IntStream.range(0, data.length).mapToDouble(i -> data[i]).toArray();
    }
}
