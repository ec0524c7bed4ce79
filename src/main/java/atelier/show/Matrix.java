package atelier.show;

import atelier.tensor.Tensor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Locale;

/** A matrix with its numbers on coloured cells, for worked examples: a patch, a kernel, an output. */
public final class Matrix {

    private static final int WIDEST = 880;
    private static final int TITLE = 24;

    private Matrix() {}

    public static Picture of(String title, Tensor values, Window... marked) {
        return draw(title, Grid.of("Matrix.of", values), marked);
    }

    /** The marked windows get a frame; numbers are left out where the cells are too small for them. */
    public static Picture of(String title, double[][] values, Window... marked) {
        return draw(title, Grid.of("Matrix.of", values), marked);
    }

    private static Picture draw(String title, Grid grid, Window... marked) {
        if (grid.isEmpty()) {
            return Text.note(title + ": an empty matrix.");
        }
        Ramp ramp = grid.ramp();
        double widest = grid.stream()
                .mapToObj(Matrix::number)
                .mapToDouble(text -> Text.width(text, Text.NORMAL))
                .max()
                .orElse(0);
        int cell = (int) Math.max(4, Math.min(Math.max(32, widest + 10), WIDEST / (double) grid.columns()));
        int top = title.isEmpty() ? 2 : TITLE;
        int width = (int) Math.max(grid.columns() * cell, Text.boldWidth(title, Text.TITLE)) + 4;
        Picture picture = new Picture(width, top + grid.rows() * cell + 2, alt(title, grid, marked));
        Graphics2D pen = picture.pen();
        Text.title(pen, title, 2, 15);
        cells(pen, grid, ramp, 2, top, cell, textSize(grid, cell));
        for (Window window : marked) {
            mark(pen, window, 2, top, cell);
        }
        pen.dispose();
        return picture;
    }

    /** The size at which every number fits its cell; 0 if that is too small to read. */
    static double textSize(Grid grid, int cell) {
        double widest = grid.stream()
                .mapToObj(Matrix::number)
                .mapToDouble(text -> Text.width(text, Text.NORMAL))
                .reduce(1, Math::max);
        double size = Math.min(Math.min(Text.NORMAL, cell * 0.46), Text.NORMAL * (cell - 3) / widest);
        return size < 7 ? 0 : size;
    }

    /** Draws the cells with their numbers in this size, or without numbers if it is 0. */
    static void cells(Graphics2D pen, Grid grid, Ramp ramp, int left, int top, int cell, double size) {
        for (int i = 0; i < grid.rows(); i++) {
            for (int j = 0; j < grid.columns(); j++) {
                int x = left + j * cell;
                int y = top + i * cell;
                Color ground = ramp.colour(grid.values()[i][j]);
                pen.setColor(ground);
                pen.fillRect(x, y, cell, cell);
                if (cell >= 12) {
                    pen.setColor(Palette.LINE);
                    pen.drawRect(x, y, cell, cell);
                }
                if (size > 0) {
                    pen.setColor(Palette.inkOn(ground));
                    Text.centre(pen, number(grid.values()[i][j]), x + cell / 2.0, y + cell / 2.0 + size * 0.36, size);
                }
            }
        }
    }

    static void mark(Graphics2D pen, Window window, int left, int top, int cell) {
        pen.setColor(Palette.MARK);
        pen.setStroke(new BasicStroke(2.5f));
        pen.drawRect(
                left + window.left() * cell, top + window.top() * cell, window.columns() * cell, window.rows() * cell);
        pen.setStroke(new BasicStroke(1));
    }

    /** A number in a cell: whole, or two decimals, or with its power of ten. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        String text = value == Math.rint(value) && size < 100_000
                ? String.valueOf((long) value)
                : size >= 1000 || size < 0.005
                        ? String.format(Locale.ROOT, "%.0e", value)
                        : String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
        return text.replace('-', '−');
    }

    private static String alt(String title, Grid grid, Window... marked) {
        StringBuilder text = new StringBuilder(title.isEmpty() ? "A matrix" : title)
                .append(", ")
                .append(grid.rows())
                .append(" by ")
                .append(grid.columns());
        if (grid.rows() * grid.columns() <= 64) {
            text.append(':');
            for (double[] row : grid.values()) {
                for (double value : row) {
                    text.append(' ').append(number(value));
                }
                text.append(';');
            }
            text.setLength(text.length() - 1);
        }
        if (marked.length > 0) {
            text.append(", marked from row ")
                    .append(marked[0].top())
                    .append(" and column ")
                    .append(marked[0].left());
        }
        return text.append('.').toString();
    }
}
