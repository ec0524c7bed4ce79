package atelier.show;

import java.util.Arrays;

/**
 * One curve of a chart: y against x, under a name.
 *
 * @throws IllegalArgumentException when x and y are not of the same length
 */
public record Line(String name, double[] x, double[] y) {

    public Line {
        if (x.length != y.length) {
            throw new IllegalArgumentException("Line \"" + name + "\": expected as many x as y but got " + x.length
                    + " and " + y.length + ". Give each y its x.");
        }
    }

    /** Values against 1, 2, 3 … */
    public static Line of(String name, double... y) {
        double[] x = new double[y.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i + 1;
        }
        return new Line(name, x, y);
    }

    /** The points where these axes show them: log₁₀ of the numbers of a logarithmic axis, a gap (NaN) where y has none. */
    Line on(Axes axes) {
        int n = 0;
        double[] across = new double[x.length];
        double[] up = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            across[n] = axes.logX() ? Math.log10(x[i]) : x[i];
            if (Double.isFinite(across[n])) {
                double height = axes.logY() ? Math.log10(y[i]) : y[i];
                up[n++] = Double.isFinite(height) ? height : Double.NaN;
            }
        }
        return new Line(name, Arrays.copyOf(across, n), Arrays.copyOf(up, n));
    }

    boolean isEmpty() {
        return Arrays.stream(y).allMatch(Double::isNaN);
    }
}
