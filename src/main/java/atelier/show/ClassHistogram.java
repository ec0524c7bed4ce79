package atelier.show;

import java.awt.Graphics2D;
import java.util.Arrays;

/** How many examples each class has. */
public final class ClassHistogram {

    private static final int HEIGHT = 170;
    private static final int TOP = 46;
    private static final int WIDEST = 860;

    private ClassHistogram() {}

    /** Counts the labels 0, 1, 2 … of a data set. */
    public static Picture of(String title, int[] labels) {
        if (labels.length == 0) {
            return Text.note(title + ": no labels to count.");
        }
        int least = Arrays.stream(labels).min().orElse(0);
        int most = Arrays.stream(labels).max().orElse(0);
        if (least < 0 || most >= WIDEST) {
            throw new IllegalArgumentException("ClassHistogram.of: expected labels from 0 to " + (WIDEST - 1)
                    + " but got " + (least < 0 ? least : most) + ". Give each class a small number.");
        }
        int[] counts = new int[most + 1];
        for (int label : labels) {
            counts[label]++;
        }
        return draw(title, counts, labels.length);
    }

    private static Picture draw(String title, int[] counts, int total) {
        int n = counts.length;
        int step = Math.min(54, WIDEST / n);
        int bar = step >= 10 ? (int) (step * 0.74) : Math.max(1, step - 1);
        int most = Arrays.stream(counts).max().orElse(1);
        boolean numbers = Text.width(Numbers.text(most), Text.SMALL) < step - 2;
        int every = (int) Math.ceil(Text.width(String.valueOf(n), Text.SMALL) * 1.4 / step);
        int width = (int) Math.max(n * step + 8, Text.boldWidth(title, Text.TITLE) + 10);
        Picture picture = new Picture(
                width,
                TOP + HEIGHT + 24,
                title + ": " + Numbers.text(total) + " examples in " + n + " classes, from "
                        + Numbers.text(Arrays.stream(counts).min().orElse(0)) + " to " + Numbers.text(most)
                        + " a class.");
        Graphics2D pen = picture.pen();
        Text.title(pen, title, 4, 18);
        for (int i = 0; i < n; i++) {
            int height = (int) Math.round((double) HEIGHT * counts[i] / most);
            int x = 4 + i * step + (step - bar) / 2;
            double middle = 4 + (i + 0.5) * step;
            pen.setColor(Palette.series(0));
            pen.fillRect(x, TOP + HEIGHT - height, bar, height);
            pen.setColor(Palette.INK);
            if (numbers) {
                Text.centre(pen, Numbers.text(counts[i]), middle, TOP + HEIGHT - height - 5, Text.SMALL);
            }
            if (i % Math.max(1, every) == 0) {
                Text.centre(pen, String.valueOf(i), middle, TOP + HEIGHT + 16, Text.NORMAL);
            }
        }
        pen.setColor(Palette.LINE);
        pen.drawLine(4, TOP + HEIGHT, 4 + n * step, TOP + HEIGHT);
        pen.dispose();
        return picture;
    }
}
