package atelier.show;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Horizontal bars made of parts that add up: −ELBO of each model as reconstruction + KL. */
public final class StackedBars {

    private static final int BAR = 22;
    private static final int STEP = 32;
    private static final int LONGEST = 460;
    private static final int TOP = 34;

    private StackedBars() {}

    /** A bar a name, in the order of the map, with as many numbers of 0 or more as there are parts. */
    public static Picture of(String title, String unit, List<String> parts, Map<String, double[]> bars) {
        if (bars.isEmpty() || parts.isEmpty()) {
            return Text.note(title + ": no bars to show.");
        }
        StringBuilder alt = new StringBuilder(title);
        double longest = 0;
        double left = 0;
        for (Map.Entry<String, double[]> bar : bars.entrySet()) {
            check(bar.getKey(), parts, bar.getValue());
            alt.append(alt.length() == title.length() ? ": " : "; ").append(bar.getKey());
            for (int i = 0; i < parts.size(); i++) {
                alt.append(i == 0 ? " = " : " + ").append(parts.get(i)).append(' ');
                alt.append(Numbers.text(bar.getValue()[i]));
            }
            longest = Math.max(longest, total(bar.getValue()));
            left = Math.max(left, Text.width(bar.getKey(), Text.NORMAL) + 14);
        }
        int bottom = TOP + bars.size() * STEP;
        int width = (int) Math.ceil(left + LONGEST + Text.width(label(longest, unit), Text.NORMAL) + 30);
        Picture picture = new Picture(
                (int) Math.max(width, Text.boldWidth(title, Text.TITLE) + 10),
                bottom + 24,
                alt.append(' ').append(unit).append('.').toString());
        Graphics2D pen = picture.pen();
        Text.title(pen, title, 4, 18);
        int y = TOP;
        for (Map.Entry<String, double[]> bar : bars.entrySet()) {
            pen.setColor(Palette.INK);
            Text.right(pen, bar.getKey(), left - 8, y + 15.5, Text.NORMAL);
            double x = left;
            for (int i = 0; i < parts.size(); i++) {
                double value = bar.getValue()[i];
                double length = longest == 0 ? 0 : LONGEST * value / longest;
                Color colour = Palette.series(i, parts.size());
                pen.setColor(colour);
                pen.fillRect((int) Math.round(x), y, (int) (Math.round(x + length) - Math.round(x)), BAR);
                if (Text.width(Numbers.text(value), Text.SMALL) < length - 6) {
                    pen.setColor(Palette.inkOn(colour));
                    Text.centre(pen, Numbers.text(value), x + length / 2, y + 15, Text.SMALL);
                }
                x += length;
            }
            pen.setColor(Palette.INK);
            Text.left(pen, label(total(bar.getValue()), unit), x + 7, y + 15.5, Text.NORMAL);
            y += STEP;
        }
        double x = left;
        for (int i = 0; i < parts.size(); i++) {
            pen.setColor(Palette.series(i, parts.size()));
            pen.fillRect((int) x, bottom + 3, 12, 12);
            pen.setColor(Palette.INK);
            Text.left(pen, parts.get(i), x + 18, bottom + 13, Text.NORMAL);
            x += Text.width(parts.get(i), Text.NORMAL) + 40;
        }
        pen.dispose();
        return picture;
    }

    private static void check(String name, List<String> parts, double... values) {
        if (values.length != parts.size() || !Arrays.stream(values).allMatch(v -> v >= 0 && v < 1e300)) {
            throw new IllegalArgumentException("StackedBars.of: expected " + parts.size()
                    + " numbers of 0 or more a bar but \"" + name + "\" has " + Arrays.toString(values)
                    + ". Parts of a bar only add up.");
        }
    }

    private static double total(double... values) {
        return Arrays.stream(values).sum();
    }

    private static String label(double value, String unit) {
        return (Numbers.text(value) + " " + unit).strip();
    }
}
