package atelier.show;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.stream.DoubleStream;

/** A window sliding over an input, one frame a step: which numbers each number of the output is made of. */
public final class Filmstrip {

    private static final int WIDEST = 880;
    private static final int SMALLEST = 22;
    private static final double SIZE = 10;
    private static final int MOST_FRAMES = 12;
    private static final int GAP = 26;

    private Filmstrip() {}

    public static Picture of(Tensor input, Tensor output, int kernelSize, int stride, int padding) {
        return draw(Grid.of("Filmstrip.of", input), Grid.of("Filmstrip.of", output), kernelSize, stride, padding);
    }

    /**
     * Each frame marks the window in the input and the number that it makes in the output; the first {@value #MOST_FRAMES}
     * steps are shown. It fits a convolution as well as a pooling: the output comes from your own code.
     *
     * @throws ShapeException when the output has not the size that (C4) gives
     */
    public static Picture of(double[][] input, double[][] output, int kernelSize, int stride, int padding) {
        return draw(Grid.of("Filmstrip.of", input), Grid.of("Filmstrip.of", output), kernelSize, stride, padding);
    }

    private static Picture draw(Grid x, Grid y, int r, int s, int p) {
        require(x, y, r, s, p);
        Grid padded = pad(x, p);
        int cell = cell(x, y);
        int steps = y.rows() * y.columns();
        int frames = Math.min(steps, MOST_FRAMES);
        int width = (padded.columns() + y.columns()) * cell + GAP;
        int height = Math.max(padded.rows(), y.rows()) * cell + 24;
        int across = Math.max(1, Math.min(frames, (WIDEST + 28) / (width + 28)));
        int down = (frames + across - 1) / across;
        Picture picture = new Picture(
                across * (width + 28) - 28 + 4,
                down * (height + 8) - 4,
                "A window of " + r + " by " + r + " slides over an input of " + x.rows() + " by " + x.columns()
                        + " with stride " + s + " and padding " + p + " and fills an output of " + y.rows() + " by "
                        + y.columns() + (frames < steps ? "; the first " + frames + " of " + steps + " steps." : "."));
        Graphics2D pen = picture.pen();
        for (int frame = 0; frame < frames; frame++) {
            int left = 2 + frame % across * (width + 28);
            int top = 20 + frame / across * (height + 8);
            int i = frame / y.columns();
            int j = frame % y.columns();
            pen.setColor(Palette.INK);
            Text.left(pen, "Y[" + i + "," + j + "] = " + Matrix.number(y.values()[i][j]), left, top - 6, Text.SMALL);
            Matrix.cells(pen, padded, x.ramp(), left, top, cell, SIZE);
            shadePadding(pen, padded, p, left, top, cell);
            Matrix.mark(pen, new Window(i * s, j * s, r, r), left, top, cell);
            int right = left + padded.columns() * cell + GAP;
            arrow(pen, right - GAP + 5, top + padded.rows() * cell / 2);
            output(pen, y, frame, right, top, cell);
            Matrix.mark(pen, Window.cell(i, j), right, top, cell);
        }
        pen.dispose();
        return picture;
    }

    /** The output as far as it is filled. */
    private static void output(Graphics2D pen, Grid y, int last, int left, int top, int cell) {
        Ramp ramp = y.ramp();
        for (int step = 0; step < y.rows() * y.columns(); step++) {
            int i = step / y.columns();
            int j = step % y.columns();
            if (step <= last) {
                Matrix.cells(
                        pen,
                        new Grid(new double[][] {{y.values()[i][j]}}),
                        ramp,
                        left + j * cell,
                        top + i * cell,
                        cell,
                        SIZE);
            } else {
                pen.setColor(Palette.LINE);
                pen.drawRect(left + j * cell, top + i * cell, cell, cell);
            }
        }
    }

    private static void shadePadding(Graphics2D pen, Grid padded, int p, int left, int top, int cell) {
        pen.setColor(new Color(0x22000000, true));
        for (int i = 0; i < padded.rows(); i++) {
            for (int j = 0; j < padded.columns(); j++) {
                if (i < p || j < p || i >= padded.rows() - p || j >= padded.columns() - p) {
                    pen.fillRect(left + j * cell, top + i * cell, cell, cell);
                }
            }
        }
    }

    private static void arrow(Graphics2D pen, int x, int y) {
        pen.setColor(Palette.SOFT_INK);
        Path2D head = new Path2D.Double();
        head.moveTo(x + 8, y - 4);
        head.lineTo(x + 15, y);
        head.lineTo(x + 8, y + 4);
        pen.drawLine(x, y, x + 14, y);
        pen.draw(head);
    }

    private static Grid pad(Grid x, int p) {
        double[][] padded = new double[x.rows() + 2 * p][x.columns() + 2 * p];
        for (int i = 0; i < x.rows(); i++) {
            System.arraycopy(x.values()[i], 0, padded[i + p], p, x.columns());
        }
        return new Grid(padded);
    }

    /** As wide as the widest number needs. */
    private static int cell(Grid x, Grid y) {
        return (int) DoubleStream.concat(x.stream(), y.stream())
                .mapToObj(Matrix::number)
                .mapToDouble(text -> Text.width(text, SIZE) + 5)
                .reduce(SMALLEST, Math::max);
    }

    private static void require(Grid x, Grid y, int r, int s, int p) {
        if (r < 1 || s < 1 || p < 0) {
            throw new IllegalArgumentException("Filmstrip.of: expected a kernel size and a stride of at least 1 and a "
                    + "padding of at least 0 but got " + r + ", " + s + " and " + p + ".");
        }
        int rows = (x.rows() + 2 * p - r) / s + 1;
        int columns = (x.columns() + 2 * p - r) / s + 1;
        if (x.isEmpty() || y.rows() != rows || y.columns() != columns) {
            throw new ShapeException("Filmstrip.of: expected an output of " + rows + "×" + columns + " for an input of "
                    + x.rows() + "×" + x.columns() + ", kernel " + r + ", stride " + s + ", padding " + p + " but got "
                    + y.rows() + "×" + y.columns() + ". I = ⌊(H + 2p − R)/s⌋ + 1  (C4).");
        }
        int cell = cell(x, y);
        if ((x.columns() + 2 * p + y.columns()) * cell + GAP > WIDEST) {
            throw new IllegalArgumentException("Filmstrip.of: expected an input and an output of at most "
                    + (WIDEST - GAP) / cell + " columns together but got " + (x.columns() + 2 * p) + " and "
                    + y.columns()
                    + ". Use a smaller example.");
        }
    }
}
