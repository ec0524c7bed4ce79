package atelier.show;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Upright bars over numbered things, one beside the other where there are several kinds: the KL of each latent. */
public final class Columns {

    private static final int HEIGHT = 200;
    private static final int TOP = 40;
    private static final int LEFT = 56;
    private static final int WIDEST = 820;

    private Columns() {}

    /** A bar a value of each line, from 0, over its x: {@code Columns.of("KL", "latent", "nats", Line.of("β = 1", kl))}. */
    public static Picture of(String title, String xLabel, String yLabel, Line... kinds) {
        List<Double> places = Arrays.stream(kinds)
                .flatMapToDouble(line -> Arrays.stream(line.x()))
                .sorted()
                .distinct()
                .boxed()
                .toList();
        if (places.isEmpty() || places.size() * kinds.length > WIDEST) {
            return Text.note(title + ": " + (places.isEmpty() ? "no bars to show." : "too many bars to show."));
        }
        DoubleStream values = Arrays.stream(kinds).flatMapToDouble(line -> Arrays.stream(line.y()));
        Scale up = Scale.of(false, DoubleStream.concat(DoubleStream.of(0), values));
        int step = Math.max(kinds.length, Math.min(30 + 14 * (kinds.length - 1), WIDEST / places.size()));
        double bar = Math.max(1, Math.min(step * 0.76 / kinds.length, 26));
        int width = Math.max(places.size() * step, 240);
        int legend = kinds.length > 1 ? 22 : 0;
        Picture picture = new Picture(
                (int) Math.max(LEFT + width + 8, Text.boldWidth(title, Text.TITLE) + 10),
                TOP + HEIGHT + 42 + legend,
                alt(title, xLabel, yLabel, kinds));
        Graphics2D pen = picture.pen();
        Text.title(pen, title, 4, 18);
        for (int tick = (int) Math.ceil(up.low() - 1e-9); tick <= up.high() + 1e-9; tick++) {
            double y = y(up, tick);
            pen.setColor(Palette.LINE);
            pen.drawLine(LEFT, (int) y, LEFT + width, (int) y);
            pen.setColor(Palette.SOFT_INK);
            Text.right(pen, up.label(tick), LEFT - 6, y + 4, Text.SMALL);
        }
        double zero = y(up, up.position(0));
        for (int k = 0; k < kinds.length; k++) {
            for (int i = 0; i < kinds[k].x().length; i++) {
                double value = kinds[k].y()[i];
                double y = Double.isFinite(value) ? y(up, up.position(value)) : zero;
                double middle = LEFT + (places.indexOf(kinds[k].x()[i]) + 0.5) * step;
                double x = middle + (k - kinds.length / 2.0) * bar;
                pen.setColor(Palette.series(k, kinds.length));
                pen.fillRect((int) Math.round(x), (int) Math.round(Math.min(y, zero)), (int) Math.max(1, bar - 1), (int)
                        Math.round(Math.abs(y - zero)));
            }
        }
        int every = (int) Math.ceil(24.0 / step);
        pen.setColor(Palette.INK);
        for (int i = 0; i < places.size(); i += every) {
            Text.centre(pen, Numbers.text(places.get(i)), LEFT + (i + 0.5) * step, TOP + HEIGHT + 15, Text.SMALL);
        }
        Text.centre(pen, xLabel, LEFT + width / 2.0, TOP + HEIGHT + 34, Text.NORMAL);
        Text.left(pen, yLabel, 4, TOP - 8, Text.SMALL);
        double x = LEFT;
        for (int k = 0; legend > 0 && k < kinds.length; k++) {
            pen.setColor(Palette.series(k, kinds.length));
            pen.fillRect((int) x, TOP + HEIGHT + 45, 12, 12);
            pen.setColor(Palette.INK);
            Text.left(pen, kinds[k].name(), x + 18, TOP + HEIGHT + 55, Text.NORMAL);
            x += Text.width(kinds[k].name(), Text.NORMAL) + 40;
        }
        pen.dispose();
        return picture;
    }

    private static double y(Scale up, double position) {
        return TOP + HEIGHT * (up.high() - position) / (up.high() - up.low());
    }

    private static String alt(String title, String xLabel, String yLabel, Line... kinds) {
        List<String> told = new ArrayList<>();
        for (Line kind : kinds) {
            told.add(kind.name() + " from "
                    + Numbers.text(Arrays.stream(kind.y()).min().orElse(0)) + " to "
                    + Numbers.text(Arrays.stream(kind.y()).max().orElse(0)));
        }
        return title + ", " + yLabel + " over " + xLabel + ": " + String.join("; ", told) + ".";
    }
}
