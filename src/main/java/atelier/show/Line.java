package atelier.show;

/**
 * One curve of a chart: y against x, under a name.
 */
public record Line(String name, double[] x, double[] y) {

    /** @throws IllegalArgumentException when x and y are not of the same length */
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
}
