package atelier.train;

import java.util.Locale;

/**
 * The learning rate of each step, from the first (t = 0) to the last (t = T − 1).
 *
 * <pre>{@code
 * constant   η(t) = η                                                  (U5)
 * linear     η(t) = η · (1 − t/T)                                      (U6)
 * cosine     η(t) = η · ½ (1 + cos(π t/T))                             (U7)
 * }</pre>
 *
 * <p>Both decays start at η and end next to 0: large steps find the region, small ones settle in it.
 *
 * <p>Walk-through: notebooks/05-convnet. Source: Loshchilov and Hutter 2017, arXiv:1608.03983, equation 5 (U7).
 */
public record Schedule(Shape shape, double rate) {

    /** How the rate changes. */
    public enum Shape {
        CONSTANT,
        LINEAR,
        COSINE
    }

    public Schedule {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("Schedule: expected a learning rate above 0 but got " + rate
                    + ". Between 0.0001 and 0.1 is usual.");
        }
    }

    public static Schedule constant(double rate) {
        return new Schedule(Shape.CONSTANT, rate);
    }

    public static Schedule linear(double rate) {
        return new Schedule(Shape.LINEAR, rate);
    }

    public static Schedule cosine(double rate) {
        return new Schedule(Shape.COSINE, rate);
    }

    /** The same shape from another rate. */
    public Schedule from(double other) {
        return new Schedule(shape, other);
    }

    /** η of step {@code t} of {@code T}. */
    public double at(long t, long T) {
        double done = (double) t / T;
        return switch (shape) {
            case CONSTANT -> rate;
            case LINEAR -> rate * (1 - done);
            case COSINE -> rate * 0.5 * (1 + StrictMath.cos(Math.PI * done));
        };
    }

    /** In words, with the epochs only where they matter: a constant rate does not know when training ends. */
    String over(int epochs) {
        String name = shape.name().toLowerCase(Locale.ROOT) + " " + rate;
        return shape == Shape.CONSTANT ? name : name + " over " + epochs + (epochs == 1 ? " epoch" : " epochs");
    }
}
