package atelier.data;

import atelier.tensor.RandomStream;

/** How one hand slants, turns, stretches and bends what it writes. */
final class Hand {

    private final double slant;
    private final double cos;
    private final double sin;
    private final double widen;
    private final double taper;
    private final double waist;
    private final double bendX;
    private final double bendY;
    private final double phaseX;
    private final double phaseY;

    Hand(RandomStream random) {
        double turn = 0.09 * random.normal();
        cos = StrictMath.cos(turn);
        sin = StrictMath.sin(turn);
        slant = 0.18 + 0.22 * random.normal();
        widen = StrictMath.exp(0.2 * random.normal());
        taper = 0.25 * random.normal();
        waist = 0.2 * random.normal();
        bendX = 0.035 * random.normal();
        bendY = 0.035 * random.normal();
        phaseX = 2 * Math.PI * random.uniform();
        phaseY = 2 * Math.PI * random.uniform();
    }

    double x(double x, double y) {
        return cos * across(x, y) - sin * down(x, y);
    }

    double y(double x, double y) {
        return sin * across(x, y) + cos * down(x, y);
    }

    private double across(double x, double y) {
        return widen * (1 + taper * (y - 0.5)) * (x - 0.35)
                - slant * (y - 0.5)
                + bendX * StrictMath.sin(5 * y + phaseX);
    }

    private double down(double x, double y) {
        return y - 0.5 + waist * y * (1 - y) + bendY * StrictMath.sin(5 * x + phaseY);
    }
}
