package atelier.show;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;

/** Words in pictures: how wide they are, and where to put them. Sizes and places in pixels of the page. */
final class Text {

    static final double SMALL = 11;
    static final double NORMAL = 12;
    static final double TITLE = 14;

    private static final FontRenderContext SMOOTH = new FontRenderContext(null, true, true);

    private Text() {}

    static double width(String text, double size) {
        return Typeface.plain(size).getStringBounds(text, SMOOTH).getWidth();
    }

    static double boldWidth(String text, double size) {
        return Typeface.bold(size).getStringBounds(text, SMOOTH).getWidth();
    }

    static void left(Graphics2D pen, String text, double x, double y, double size) {
        draw(pen, text, x, y, Typeface.plain(size), 0);
    }

    static void centre(Graphics2D pen, String text, double x, double y, double size) {
        draw(pen, text, x, y, Typeface.plain(size), 0.5);
    }

    static void right(Graphics2D pen, String text, double x, double y, double size) {
        draw(pen, text, x, y, Typeface.plain(size), 1);
    }

    static void title(Graphics2D pen, String text, double x, double y) {
        draw(pen, text, x, y, Typeface.bold(TITLE), 0);
    }

    /** A picture that only says something: there was nothing to draw. */
    static Picture note(String text) {
        Picture picture = new Picture((int) width(text, NORMAL) + 24, 36, text);
        Graphics2D pen = picture.pen();
        pen.setColor(Palette.SOFT_INK);
        left(pen, text, 12, 22, NORMAL);
        pen.dispose();
        return picture;
    }

    private static void draw(Graphics2D pen, String text, double x, double y, Font font, double share) {
        pen.setFont(font);
        double width = font.getStringBounds(text, SMOOTH).getWidth();
        pen.drawString(text, (float) (x - share * width), (float) y);
    }
}
