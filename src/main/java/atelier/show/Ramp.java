package atelier.show;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;

/**
 * From numbers to colours: white is 0, blue below and red above it; white to blue if no number is negative. Both ends are
 * equally far from 0, so that equal colours mean equal sizes.
 */
record Ramp(double size, boolean signed) {

    private static final int WIDTH = 160;
    private static final int BAR = 8;

    /** The height of a legend on the page. */
    static final int HEIGHT = 30;

    static Ramp of(DoubleStream values) {
        DoubleSummaryStatistics range = values.filter(Double::isFinite).summaryStatistics();
        if (range.getCount() == 0) {
            return new Ramp(0, false);
        }
        return new Ramp(Math.max(Math.abs(range.getMin()), Math.abs(range.getMax())), range.getMin() < 0);
    }

    Color colour(double value) {
        if (Double.isNaN(value)) {
            return Palette.NOT_A_NUMBER;
        }
        double share = size == 0 ? 0 : value / size;
        return signed ? Palette.diverging(share) : Palette.sequential(share);
    }

    /** Draws the bar with its numbers, its upper left corner at (x, y). */
    void draw(Graphics2D pen, double x, double y) {
        for (int i = 0; i < WIDTH; i++) {
            double share = i / (WIDTH - 1.0);
            pen.setColor(signed ? Palette.diverging(2 * share - 1) : Palette.sequential(share));
            pen.fillRect((int) x + i, (int) y, 1, BAR);
        }
        pen.setColor(Palette.LINE);
        pen.drawRect((int) x, (int) y, WIDTH, BAR);
        pen.setColor(Palette.SOFT_INK);
        double line = y + BAR + 14;
        Text.left(pen, signed ? "−" + Numbers.text(size) : "0", x, line, Text.SMALL);
        if (size == 0) {
            return;
        }
        if (signed) {
            Text.centre(pen, "0", x + WIDTH / 2.0, line, Text.SMALL);
        }
        Text.right(pen, Numbers.text(size), x + WIDTH, line, Text.SMALL);
    }
}
