package atelier.show;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Horizontal bars with their numbers: how fast each rung of a ladder is. */
public final class Bars {

    private static final int BAR = 20;
    private static final int STEP = 30;
    private static final int LONGEST = 420;
    private static final int TOP = 34;

    private Bars() {}

    /** A bar a name, in the order of the map (a {@link java.util.LinkedHashMap} keeps yours), from 0 on. */
    public static Picture of(String title, String unit, Map<String, ? extends Number> values) {
        double most = positive(values).max().orElse(1);
        return draw(title, unit, values, new Scale(0, most, false));
    }

    /** The same on a logarithmic scale: equal lengths more mean equal ratios. */
    public static Picture log(String title, String unit, Map<String, ? extends Number> values) {
        double least = Math.floor(Math.log10(positive(values).min().orElse(1)) - 0.2);
        double most = Math.log10(positive(values).max().orElse(1));
        return draw(title, unit, values, new Scale(least, most, true));
    }

    /** What the two ends of the longest bar stand for; the logarithms of them on a logarithmic scale. */
    private record Scale(double foot, double top, boolean log) {

        /** A bar of 0, of a negative number or of NaN has no length. */
        double length(double value) {
            double share = ((log ? Math.log10(value) : value) - foot) / (top - foot);
            return Double.isNaN(share) ? 0 : LONGEST * Math.max(0, Math.min(1, share));
        }
    }

    private static Picture draw(String title, String unit, Map<String, ? extends Number> values, Scale scale) {
        if (values.isEmpty()) {
            return Text.note(title + ": no bars to show.");
        }
        List<String> names = new ArrayList<>(values.keySet());
        List<String> labels = new ArrayList<>();
        StringBuilder alt = new StringBuilder(title);
        for (String name : names) {
            String label = (Numbers.text(values.get(name).doubleValue()) + " " + unit).strip();
            alt.append(labels.isEmpty() ? ": " : "; ").append(name).append(' ').append(label);
            labels.add(label);
        }
        int left = (int) Math.ceil(widest(names)) + 14;
        int width = left + LONGEST + (int) Math.ceil(widest(labels)) + 14;
        int bottom = TOP + names.size() * STEP;
        Picture picture = new Picture(
                Math.max(width, (int) Text.boldWidth(title, Text.TITLE) + 10),
                bottom + (scale.log() ? 18 : 0),
                alt.append('.').toString());
        Graphics2D pen = picture.pen();
        Text.title(pen, title, 4, 18);
        if (scale.log()) {
            decades(pen, scale, left, bottom);
        }
        for (int i = 0; i < names.size(); i++) {
            int y = TOP + i * STEP;
            double length = scale.length(values.get(names.get(i)).doubleValue());
            pen.setColor(Palette.series(0));
            pen.fillRect(left, y, (int) Math.ceil(length), BAR);
            pen.setColor(Palette.INK);
            Text.right(pen, names.get(i), left - 8, y + 14.5, Text.NORMAL);
            Text.left(pen, labels.get(i), left + length + 7, y + 14.5, Text.NORMAL);
        }
        pen.dispose();
        return picture;
    }

    private static void decades(Graphics2D pen, Scale scale, int left, int bottom) {
        int step = (int) Math.ceil((scale.top() - scale.foot()) / 8);
        for (int power = (int) scale.foot(); power <= scale.top(); power += Math.max(1, step)) {
            double x = left + scale.length(Math.pow(10, power));
            pen.setColor(Palette.LINE);
            pen.drawLine((int) x, TOP - 6, (int) x, bottom - 4);
            pen.setColor(Palette.SOFT_INK);
            Text.centre(pen, Numbers.power(power), x, bottom + 10, Text.SMALL);
        }
    }

    private static double widest(List<String> texts) {
        return texts.stream()
                .mapToDouble(text -> Text.width(text, Text.NORMAL))
                .max()
                .orElse(0);
    }

    private static DoubleStream positive(Map<String, ? extends Number> values) {
        return values.values().stream()
                .mapToDouble(Number::doubleValue)
                .filter(value -> value > 0 && Double.isFinite(value));
    }
}
