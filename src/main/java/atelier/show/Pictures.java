package atelier.show;

import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Pictures beside or below each other, and under a title. */
public final class Pictures {

    private static final int GAP = 20;

    private Pictures() {}

    /** From left to right, aligned at the top. */
    public static Picture beside(Picture... pictures) {
        return together(true, pictures);
    }

    /** From top to bottom, aligned at the left. */
    public static Picture below(Picture... pictures) {
        return together(false, pictures);
    }

    /** The picture with a title above it. */
    public static Picture titled(String title, Picture picture) {
        int width = Math.max(picture.width(), (int) Math.ceil(Text.boldWidth(title, Text.TITLE)) + 6);
        Picture whole = new Picture(width, picture.height() + 26, title + ": " + picture.alt());
        Graphics2D pen = whole.pen();
        Text.title(pen, title, 2, 16);
        place(whole, picture, 0, 26);
        pen.dispose();
        return whole;
    }

    private static Picture together(boolean beside, Picture... pictures) {
        if (pictures.length == 0) {
            return Text.note("No pictures to show.");
        }
        int gaps = GAP * (pictures.length - 1);
        int width = Arrays.stream(pictures).mapToInt(Picture::width).reduce(0, beside ? Integer::sum : Math::max);
        int height = Arrays.stream(pictures).mapToInt(Picture::height).reduce(0, beside ? Math::max : Integer::sum);
        String alt = Arrays.stream(pictures).map(Picture::alt).collect(Collectors.joining(" "));
        Picture whole = new Picture(width + (beside ? gaps : 0), height + (beside ? 0 : gaps), alt);
        int at = 0;
        for (Picture picture : pictures) {
            place(whole, picture, beside ? at : 0, beside ? 0 : at);
            at += (beside ? picture.width() : picture.height()) + GAP;
        }
        return whole;
    }

    /** Copies pixel by pixel, so that nothing gets blurred. */
    private static void place(Picture whole, Picture part, int x, int y) {
        Graphics2D pen = whole.createGraphics();
        pen.drawImage(part, x * Picture.DENSITY, y * Picture.DENSITY, null);
        pen.dispose();
    }
}
