package atelier.show;

import atelier.tensor.Tensor;
import java.awt.Graphics2D;

/** A matrix as colours alone, with a legend: a gradient dX, its size |dX|, how often each pixel is used. */
public final class HeatMap {

    private static final int SIDE = 280;
    private static final int TITLE = 24;

    private HeatMap() {}

    public static Picture of(String title, Tensor values) {
        return draw(title, Grid.of("HeatMap.of", values));
    }

    /** White is 0, blue below, red above; white to blue if nothing is negative. */
    public static Picture of(String title, double[][] values) {
        return draw(title, Grid.of("HeatMap.of", values));
    }

    private static Picture draw(String title, Grid grid) {
        if (grid.isEmpty()) {
            return Text.note(title + ": an empty matrix.");
        }
        Ramp ramp = grid.ramp();
        int cell = Math.max(1, SIDE / Math.max(grid.rows(), grid.columns()));
        int top = title.isEmpty() ? 2 : TITLE;
        int width = grid.columns() * cell;
        int height = grid.rows() * cell;
        Picture picture = new Picture(
                (int) Math.max(Math.max(width, 170), Text.boldWidth(title, Text.TITLE)) + 6,
                top + height + 8 + Ramp.HEIGHT,
                title + ", " + grid.rows() + " by " + grid.columns() + ", values from "
                        + Numbers.text(grid.stream().min().orElse(0)) + " to "
                        + Numbers.text(grid.stream().max().orElse(0)) + ".");
        Graphics2D pen = picture.pen();
        Text.title(pen, title, 2, 15);
        for (int i = 0; i < grid.rows(); i++) {
            for (int j = 0; j < grid.columns(); j++) {
                pen.setColor(ramp.colour(grid.values()[i][j]));
                pen.fillRect(2 + j * cell, top + i * cell, cell, cell);
            }
        }
        pen.setColor(Palette.LINE);
        pen.drawRect(2, top, width, height);
        ramp.draw(pen, 2, top + height + 8);
        pen.dispose();
        return picture;
    }
}
