package atelier.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;

/** The pen of {@link GradientFlow}: values in circles, players in boxes, arrows between them. Places are middles. */
final class Diagram implements AutoCloseable {

    /** How far a value's circle, and a player's box, reach to the side. */
    static final int CIRCLE = 24;

    static final int BOX = 52;

    /** How far a box reaches above its upper and below its lower row. */
    static final int MARGIN = 34;

    private static final Color GRADIENT = Palette.SERIES[1];
    private static final Color FORWARD = new Color(0x8C959F);
    private static final Color MOVES = Palette.SERIES[0];
    private static final Color MOVES_GROUND = new Color(0xDCEBF6);
    private static final Color HELD_GROUND = new Color(0xF3F5F7);
    private static final double LETTER = 19;

    private final Graphics2D pen;

    Diagram(Picture picture) {
        pen = picture.pen();
    }

    void title(String title) {
        pen.setColor(Palette.INK);
        Text.title(pen, title, 2, 16);
    }

    // ---- what is computed ----

    void value(int x, int y, String letter, String caption) {
        Shape circle = new Ellipse2D.Double(x - CIRCLE, y - CIRCLE, 2 * CIRCLE, 2 * CIRCLE);
        fill(circle, Color.WHITE, FORWARD, 1.6f);
        letter(letter, x, y + 7, Palette.INK);
        caption(caption, x, y + CIRCLE + 15);
    }

    void loss(int x, int y, String letter, String question) {
        Shape box = new RoundRectangle2D.Double(x - 30, y - 26, 60, 52, 52, 52);
        fill(box, Color.WHITE, GRADIENT, 2);
        letter(letter, x, y + 7, Palette.INK);
        caption(question, x, y + 44);
    }

    void moving(int x, int top, int bottom, String letter, String caption) {
        fill(box(x, top, bottom), MOVES_GROUND, MOVES, 2.4f);
        letter(letter, x, (top + bottom) / 2 + 3, MOVES);
        pen.setColor(MOVES);
        Text.centre(pen, "moves", x, (top + bottom) / 2.0 + 20, Text.SMALL);
        caption(caption, x, bottom + MARGIN + 16);
    }

    void held(int x, int top, int bottom, String letter, String caption) {
        Shape box = box(x, top, bottom);
        fill(box, HELD_GROUND, Palette.LINE, 2.4f);
        Shape whole = pen.getClip();
        pen.clip(box);
        pen.setColor(Palette.LINE);
        pen.setStroke(new BasicStroke(1));
        int height = bottom - top + 2 * MARGIN;
        for (int i = -height; i < 2 * BOX; i += 9) {
            pen.draw(new Line2D.Double(x - BOX + i, bottom + MARGIN, x - BOX + i + height, top - MARGIN));
        }
        pen.setClip(whole);
        double middle = (top + bottom) / 2.0;
        fill(new RoundRectangle2D.Double(x - 30, middle - 17, 60, 42, 12, 12), HELD_GROUND, HELD_GROUND, 1);
        letter(letter, x - 9, (int) middle + 3, Palette.SOFT_INK);
        lock(x + 12, middle - 4);
        pen.setColor(Palette.SOFT_INK);
        Text.centre(pen, "held", x, middle + 20, Text.SMALL);
        caption(caption, x, bottom + MARGIN + 16);
    }

    private void lock(double x, double y) {
        pen.setColor(Palette.SOFT_INK);
        pen.setStroke(new BasicStroke(1.8f));
        pen.draw(new Arc2D.Double(x - 4, y - 9, 8, 10, 0, 180, Arc2D.OPEN));
        pen.fill(new RoundRectangle2D.Double(x - 6.5, y - 4, 13, 10, 3, 3));
    }

    // ---- arrows ----

    void forward(double fromX, double fromY, double toX, double toY) {
        arrow(fromX, fromY, toX, toY, FORWARD, 1.8f);
    }

    void backward(double fromX, double fromY, double toX, double toY) {
        arrow(fromX, fromY, toX, toY, GRADIENT, 3);
    }

    /** A gradient on its way through a player that is held. */
    void through(double fromX, double fromY, double toX, double toY) {
        pen.setColor(GRADIENT);
        pen.setStroke(new BasicStroke(2.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {6, 5}, 0));
        pen.draw(new Line2D.Double(fromX, fromY, toX, toY));
    }

    /** A gradient that arrives and is not taken: the line ends at a bar. */
    void stopped(double fromX, double y, double toX) {
        pen.setColor(GRADIENT);
        pen.setStroke(new BasicStroke(3, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        pen.draw(new Line2D.Double(fromX, y, toX, y));
        pen.draw(new Line2D.Double(toX, y - 8, toX, y + 8));
    }

    /** A remark in the colour of gradients. */
    void remark(String text, double x, double y) {
        pen.setColor(GRADIENT);
        Text.centre(pen, text, x, y, Text.SMALL);
    }

    /** The measured norm of a gradient; one that should be 0 and is not is called a leak. */
    void norm(String symbol, double x, double y, double value, boolean held) {
        if (!Double.isNaN(value)) {
            boolean leak = held && value != 0;
            pen.setColor(leak ? Palette.CLASSES[3] : held ? Palette.SOFT_INK : GRADIENT);
            String text = "‖" + symbol + "‖ = " + Numbers.text(value) + (leak ? ": a leak!" : "");
            Text.centre(pen, text, x, y, Text.NORMAL);
        }
    }

    private void arrow(double fromX, double fromY, double toX, double toY, Color colour, float width) {
        double length = Math.hypot(toX - fromX, toY - fromY);
        double dx = (toX - fromX) / length;
        double dy = (toY - fromY) / length;
        double head = 5 + 2 * width;
        pen.setColor(colour);
        pen.setStroke(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        pen.draw(new Line2D.Double(fromX, fromY, toX - 0.8 * head * dx, toY - 0.8 * head * dy));
        Path2D tip = new Path2D.Double();
        tip.moveTo(toX, toY);
        tip.lineTo(toX - head * (dx - 0.5 * dy), toY - head * (dy + 0.5 * dx));
        tip.lineTo(toX - head * (dx + 0.5 * dy), toY - head * (dy - 0.5 * dx));
        tip.closePath();
        pen.fill(tip);
    }

    // ---- shapes and letters ----

    private static Shape box(int x, int top, int bottom) {
        return new RoundRectangle2D.Double(x - BOX, top - MARGIN, 2 * BOX, bottom - top + 2 * MARGIN, 18, 18);
    }

    private void fill(Shape shape, Color ground, Color line, float width) {
        pen.setColor(ground);
        pen.fill(shape);
        pen.setColor(line);
        pen.setStroke(new BasicStroke(width));
        pen.draw(shape);
    }

    private void letter(String letter, int x, int y, Color colour) {
        pen.setColor(colour);
        Text.centre(pen, letter.equals("x̃") ? "x" : letter, x, y, LETTER);
        if (letter.equals("x̃")) { // the font has no place for the tilde of its own
            Text.centre(pen, "~", x, y - 8, 13);
        }
    }

    private void caption(String caption, int x, int y) {
        pen.setColor(Palette.SOFT_INK);
        Text.centre(pen, caption, x, y, Text.SMALL);
    }

    @Override
    public void close() {
        pen.dispose();
    }
}
