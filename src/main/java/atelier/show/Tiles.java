package atelier.show;

import atelier.tensor.Tensor;
import java.awt.Graphics2D;
import java.util.stream.IntStream;

/** Many small matrices, [A,B,H,W], as coloured tiles on one scale with one legend. */
final class Tiles {

    private static final int WIDEST = 880;
    private static final int GAP = 4;
    private static final int MARGIN = 34;

    private Tiles() {}

    /** Tile (a, b) stands in row a and column b, so labelled; with B = 1 the tiles simply follow each other. */
    static Picture draw(Tensor x, String rowName, String columnName, String alt) {
        boolean table = x.size(1) > 1 && x.size(0) > 1;
        int count = x.size(0) * x.size(1);
        int columns = table ? x.size(1) : Math.min(8, count);
        int rows = (count + columns - 1) / columns;
        int side = Math.max(x.size(2), x.size(3));
        int most = count == 1 ? 160 : table ? 36 : 72;
        int room = Math.min(most, (WIDEST - MARGIN) / columns - GAP);
        int cell = Math.max(1, room / side);
        int width = cell * x.size(3) + GAP;
        int height = cell * x.size(2) + (table ? GAP : 18);
        int left = table ? MARGIN : 2;
        int top = table ? 18 : 2;
        Ramp ramp = Ramp.of(IntStream.range(0, x.length()).mapToDouble(i -> x.data()[i]));

        Picture picture =
                new Picture(Math.max(left + columns * width, left + 172), top + rows * height + 6 + Ramp.HEIGHT, alt);
        Graphics2D pen = picture.pen();
        for (int tile = 0; tile < count; tile++) {
            int x0 = left + tile % columns * width;
            int y0 = top + tile / columns * height;
            tile(pen, x, tile / x.size(1), tile % x.size(1), ramp, x0, y0, cell);
            pen.setColor(Palette.SOFT_INK);
            if (!table) {
                String name = x.size(1) > 1 ? columnName : rowName;
                Text.centre(pen, name + "=" + tile, x0 + (width - GAP) / 2.0, y0 + height - 5, 10);
            } else if (tile % columns == 0) {
                Text.right(pen, rowName + "=" + tile / columns, left - 5, y0 + (height - GAP) / 2.0 + 4, 10);
            }
            if (table && tile < columns) {
                Text.centre(pen, columnName + "=" + tile, x0 + (width - GAP) / 2.0, top - 6, width < 34 ? 9 : 10);
            }
        }
        ramp.draw(pen, left, top + rows * height + 4);
        pen.dispose();
        return picture;
    }

    private static void tile(Graphics2D pen, Tensor x, int a, int b, Ramp ramp, int left, int top, int cell) {
        for (int i = 0; i < x.size(2); i++) {
            for (int j = 0; j < x.size(3); j++) {
                pen.setColor(ramp.colour(x.at(a, b, i, j)));
                pen.fillRect(left + j * cell, top + i * cell, cell, cell);
            }
        }
        pen.setColor(Palette.LINE);
        pen.drawRect(left, top, x.size(3) * cell, x.size(2) * cell);
    }
}
