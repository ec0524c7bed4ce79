package atelier.show;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A confusion matrix: how often class i (row) was taken for class j (column).
 *
 * <p>The colours are shares of a row. Right answers are blue; mistakes are red, and much darker for the same share, because
 * a good model makes few of them.
 */
public final class Confusion {

    private static final int LEFT = 64;
    private static final int TOP = 54;
    private static final int WIDEST = 800;

    private Confusion() {}

    /** Classes named 0, 1, 2 … */
    public static Picture of(int[][] counts) {
        return of(
                counts,
                IntStream.range(0, counts.length).mapToObj(String::valueOf).toArray(String[]::new));
    }

    public static Picture of(int[][] counts, String... names) {
        int n = counts.length;
        if (names.length != n || Arrays.stream(counts).anyMatch(row -> row.length != n)) {
            throw new IllegalArgumentException("Confusion.of: expected as many columns and names as rows (" + n
                    + ") but got " + names.length + " names and rows of "
                    + Arrays.stream(counts).map(row -> row.length).distinct().toList()
                    + " columns. Count each true class against each predicted one.");
        }
        if (n == 0) {
            return Text.note("Confusion matrix: no classes to show.");
        }
        double widest = Arrays.stream(counts)
                .flatMapToInt(Arrays::stream)
                .mapToObj(Confusion::text)
                .mapToDouble(text -> Text.width(text, Text.SMALL))
                .max()
                .orElse(0);
        double longest = Arrays.stream(names)
                .mapToDouble(name -> Text.width(name, Text.SMALL))
                .max()
                .orElse(0);
        int cell = (int) Math.max(2, Math.min(Math.max(36, Math.max(widest, longest) + 8), WIDEST / (double) n));
        int left = LEFT + (int) Math.max(0, longest - 24);
        int side = n * cell;
        Picture picture = new Picture(Math.max(left + side + 4, 260), TOP + side + 4, alt(counts, names));
        Graphics2D pen = picture.pen();
        Text.title(pen, "Confusion matrix", 4, 18);
        pen.setColor(Palette.SOFT_INK);
        Text.centre(pen, "predicted", left + side / 2.0, 36, Text.NORMAL);
        Text.left(pen, "true", 4, TOP + side / 2.0 + 4, Text.NORMAL);
        int every = (int) Math.max(1, Math.ceil(Math.max(longest + 4, 12) / cell));
        for (int i = 0; i < n; i++) {
            pen.setColor(Palette.INK);
            if (i % every == 0) {
                Text.right(pen, names[i], left - 7, TOP + (i + 0.5) * cell + 4, Text.SMALL);
                Text.centre(pen, names[i], left + (i + 0.5) * cell, TOP - 5, Text.SMALL);
            }
            long row = Arrays.stream(counts[i]).asLongStream().sum();
            for (int j = 0; j < n; j++) {
                double share = row == 0 ? 0 : (double) counts[i][j] / row;
                Color ground =
                        i == j ? Palette.sequential(share) : Palette.diverging(Math.sqrt(Math.min(1, 10 * share)));
                pen.setColor(ground);
                pen.fillRect(left + j * cell, TOP + i * cell, cell, cell);
                if (cell >= 12) {
                    pen.setColor(Palette.LINE);
                    pen.drawRect(left + j * cell, TOP + i * cell, cell, cell);
                }
                if (widest < cell - 1 && counts[i][j] != 0) {
                    pen.setColor(Palette.inkOn(ground));
                    Text.centre(
                            pen, text(counts[i][j]), left + (j + 0.5) * cell, TOP + (i + 0.5) * cell + 4, Text.SMALL);
                }
            }
        }
        pen.setColor(Palette.LINE);
        pen.drawRect(left, TOP, side, side);
        pen.dispose();
        return picture;
    }

    private static String text(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String alt(int[][] counts, String... names) {
        long total = 0;
        long right = 0;
        int worstRow = 0;
        int worstColumn = 0;
        int worst = 0;
        for (int i = 0; i < counts.length; i++) {
            right += counts[i][i];
            for (int j = 0; j < counts.length; j++) {
                total += counts[i][j];
                if (i != j && counts[i][j] > worst) {
                    worst = counts[i][j];
                    worstRow = i;
                    worstColumn = j;
                }
            }
        }
        return "Confusion matrix of " + Numbers.text(total) + " images in " + counts.length + " classes; "
                + Numbers.text(right) + " on the diagonal; "
                + (worst == 0
                        ? "no mistakes."
                        : "most confused: " + names[worstRow] + " as " + names[worstColumn] + ", " + worst
                                + (worst == 1 ? " time." : " times."));
    }
}
