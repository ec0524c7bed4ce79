package atelier.data;

import java.util.Arrays;

/**
 * Short straight pieces of a pen's line, and the grey image that they leave on paper.
 *
 * <pre>{@code
 * ink(p) = max over pieces of clamp(½ + (radius − distance(p, piece)) / softness, 0, 1)
 * }</pre>
 *
 * <p>Only +, −, ·, /, √ and comparisons: the same bytes on every machine.
 */
final class Ink {

    private double[] pieces = new double[5 * 256]; // x0, y0, x1, y1, radius
    private int count;

    void clear() {
        count = 0;
    }

    void add(double x0, double y0, double x1, double y1, double radius) {
        if (5 * count == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * pieces.length);
        }
        int i = 5 * count++;
        pieces[i] = x0;
        pieces[i + 1] = y0;
        pieces[i + 2] = x1;
        pieces[i + 3] = y1;
        pieces[i + 4] = radius;
    }

    /** Moves and scales the line, not its width, so that line and width fill a square of {@code side} around (cx, cy). */
    void fit(double cx, double cy, double side) {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        double radius = 0;
        for (int i = 0; i < 5 * count; i += 5) {
            left = Math.min(left, Math.min(pieces[i], pieces[i + 2]));
            right = Math.max(right, Math.max(pieces[i], pieces[i + 2]));
            top = Math.min(top, Math.min(pieces[i + 1], pieces[i + 3]));
            bottom = Math.max(bottom, Math.max(pieces[i + 1], pieces[i + 3]));
            radius = Math.max(radius, pieces[i + 4]);
        }
        double scale = (side - 2 * radius) / Math.max(right - left, bottom - top);
        for (int i = 0; i < 5 * count; i += 5) {
            pieces[i] = cx + scale * (pieces[i] - (left + right) / 2);
            pieces[i + 2] = cx + scale * (pieces[i + 2] - (left + right) / 2);
            pieces[i + 1] = cy + scale * (pieces[i + 1] - (top + bottom) / 2);
            pieces[i + 3] = cy + scale * (pieces[i + 3] - (top + bottom) / 2);
        }
    }

    /** Draws onto a field of {@code size × size} numbers in [0,1]; pixel (h, w) has its middle at (w + ½, h + ½). */
    void draw(double[] field, int size, double softness) {
        Arrays.fill(field, 0);
        for (int i = 0; i < 5 * count; i += 5) {
            double reach = pieces[i + 4] + softness / 2;
            int w0 = cell(Math.min(pieces[i], pieces[i + 2]) - reach, size);
            int w1 = cell(Math.max(pieces[i], pieces[i + 2]) + reach, size);
            int h0 = cell(Math.min(pieces[i + 1], pieces[i + 3]) - reach, size);
            int h1 = cell(Math.max(pieces[i + 1], pieces[i + 3]) + reach, size);
            for (int h = h0; h <= h1; h++) {
                for (int w = w0; w <= w1; w++) {
                    double ink = 0.5 + (pieces[i + 4] - distance(i, w + 0.5, h + 0.5)) / softness;
                    int at = h * size + w;
                    field[at] = Math.max(field[at], Math.min(1, ink));
                }
            }
        }
    }

    private double distance(int i, double x, double y) {
        double dx = pieces[i + 2] - pieces[i];
        double dy = pieces[i + 3] - pieces[i + 1];
        double px = x - pieces[i];
        double py = y - pieces[i + 1];
        double length2 = dx * dx + dy * dy;
        double t = length2 == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length2));
        double ex = px - t * dx;
        double ey = py - t * dy;
        return Math.sqrt(ex * ex + ey * ey);
    }

    private static int cell(double at, int size) {
        return (int) Math.max(0, Math.min(size - 1, at));
    }
}
