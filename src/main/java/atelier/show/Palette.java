package atelier.show;

import java.awt.Color;

/** The colours of our pictures: chosen so that people who do not tell red from green still tell them apart. */
final class Palette {

    static final Color INK = new Color(0x24292F);
    static final Color SOFT_INK = new Color(0x6A737D);
    static final Color LINE = new Color(0xD0D7DE);
    static final Color MARK = new Color(0xE69F00);
    static final Color NOT_A_NUMBER = new Color(0xCC79A7);

    /** For lines and points, in this order. Source: Okabe and Ito 2008, "Color Universal Design". */
    static final Color[] SERIES = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0xE69F00),
        new Color(0x56B4E9),
        new Color(0x5A5A5A)
    };

    /** For ten classes, the digits: as far from each other as ten colours get, for those who see no red or no green too. */
    static final Color[] CLASSES = {
        new Color(0x2F62E1),
        new Color(0xDD870E),
        new Color(0x079896),
        new Color(0xC91319),
        new Color(0x882E8C),
        new Color(0x6ADFF4),
        new Color(0x6D060C),
        new Color(0xAA90FF),
        new Color(0x28139A),
        new Color(0xD0DC44)
    };

    private static final int WHITE = 0xFFFFFF;
    private static final int BLUE = 0x1F66AC;
    private static final int RED = 0xC5461A;

    private Palette() {}

    /** Black at 0, white at 1; values outside are taken for the nearer end. */
    static Color gray(double value) {
        return between(0x000000, WHITE, value);
    }

    /** White at 0, blue at 1. */
    static Color sequential(double value) {
        return between(WHITE, BLUE, value);
    }

    /** Blue at −1, white at 0, red at 1. */
    static Color diverging(double value) {
        return value < 0 ? between(WHITE, BLUE, -value) : between(WHITE, RED, value);
    }

    /** The colour of line i; after the last colour they begin again. */
    static Color series(int i) {
        return SERIES[i % SERIES.length];
    }

    /** The colour of line i of so many. */
    static Color series(int i, int count) {
        return count <= SERIES.length ? SERIES[i] : ofClass(i);
    }

    /** The colour of class i; after the tenth they begin again. */
    static Color ofClass(int i) {
        return CLASSES[i % CLASSES.length];
    }

    /** Ink that can be read on this colour. */
    static Color inkOn(Color ground) {
        double light = 0.299 * ground.getRed() + 0.587 * ground.getGreen() + 0.114 * ground.getBlue();
        return light < 140 ? Color.WHITE : INK;
    }

    private static Color between(int from, int to, double share) {
        if (Double.isNaN(share)) {
            return NOT_A_NUMBER;
        }
        double t = Math.max(0, Math.min(1, share));
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = from >> shift & 0xFF;
            int high = to >> shift & 0xFF;
            mixed |= (int) Math.round(low + t * (high - low)) << shift;
        }
        return new Color(mixed);
    }
}
