package atelier.show;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;

/** Rows of images under each other: a name at the left of each row, a head above each column. */
final class Strips {

    private static final int WIDEST = 880;
    private static final int GAP = 4;
    private static final int HEAD = 18;
    private static final int MOST = 40;

    private Strips() {}

    /** All rows {@code [N,1,H,W]} or {@code [N,3,H,W]} of one shape; no names or no heads where the list is empty. */
    static Picture draw(String where, String alt, List<String> names, List<String> heads, Tensor... rows) {
        Tensor[] x = Arrays.stream(rows).map(Digits::batch).toArray(Tensor[]::new);
        check(where, names, heads, x);
        if (x.length == 0 || x[0].length() == 0) {
            return Text.note("No images to show.");
        }
        int n = x[0].size(0);
        int left = names.isEmpty() ? GAP : (int) Math.ceil(widest(names)) + 12;
        int top = heads.isEmpty() ? GAP : HEAD;

        // An image is enlarged by a whole number of stored pixels, at most to about 56 pixels of the page
        int side = Math.max(x[0].size(2), x[0].size(3));
        int room = Math.min(56, (WIDEST - left) / n - GAP);
        int enlarge = Math.max(1, room * Picture.DENSITY / side);
        double imageWidth = (double) enlarge * x[0].size(3) / Picture.DENSITY;
        int cellWidth = (int) Math.ceil(Math.max(imageWidth, widest(heads))) + GAP;
        int cellHeight = (int) Math.ceil((double) enlarge * x[0].size(2) / Picture.DENSITY) + GAP;

        Picture picture = new Picture(left + n * cellWidth, top + x.length * cellHeight, alt);
        Graphics2D pen = picture.pen();
        for (int row = 0; row < x.length; row++) {
            int y = top + row * cellHeight;
            if (!names.isEmpty()) {
                Text.right(pen, names.get(row), left - 8, y + (cellHeight - GAP) / 2.0 + 4, Text.NORMAL);
            }
            for (int i = 0; i < n; i++) {
                double inset = Math.floor((cellWidth - GAP - imageWidth) / 2);
                int across = (int) ((left + i * cellWidth + inset) * Picture.DENSITY);
                Digits.paint(picture, x[row], i, across, y * Picture.DENSITY, enlarge);
            }
        }
        for (int i = 0; i < heads.size(); i++) {
            Text.centre(pen, heads.get(i), left + i * cellWidth + (cellWidth - GAP) / 2.0, top - 6, Text.SMALL);
        }
        pen.dispose();
        return picture;
    }

    private static void check(String where, List<String> names, List<String> heads, Tensor... x) {
        for (Tensor row : x) {
            if (!Arrays.equals(row.shape(), x[0].shape())) {
                throw new ShapeException(where + ": expected rows of one shape but got "
                        + Arrays.toString(x[0].shape()) + " and " + Arrays.toString(row.shape())
                        + ". Show as many images in each row.");
            }
        }
        if (!names.isEmpty() && names.size() != x.length) {
            throw new IllegalArgumentException(where + ": expected a name for each of " + x.length + " rows but got "
                    + names + ". Give each row its name.");
        }
        int n = x.length == 0 ? 0 : x[0].size(0);
        if (!heads.isEmpty() && heads.size() != n) {
            throw new IllegalArgumentException(where + ": expected a head for each of " + n + " columns but got "
                    + heads + ". Give each column its head.");
        }
        if (n > MOST) {
            throw new IllegalArgumentException(where + ": expected at most " + MOST + " images a row but got " + n
                    + ". Show a part of them: images.slice(0, 10).");
        }
    }

    private static double widest(List<String> texts) {
        return texts.stream()
                .mapToDouble(text -> Text.width(text, Text.NORMAL))
                .max()
                .orElse(0);
    }
}
