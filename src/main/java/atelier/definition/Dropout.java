package atelier.definition;

/**
 * Dropout: while training, each number is set to 0 with probability rate, so that no unit can lean on another.
 *
 * <p>The mask comes in from outside, so this is a function that can be checked: 1 keeps a number, 0 drops it. With arrays
 * {@code Nested.map(x, mask, (v, m) -> Dropout.forward(v, m, 0.5))} applies it to every number.
 *
 * <p>In use, after training, there is no dropout at all: y = x.
 *
 * <p>Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014, JMLR 15:1929–1958, section 4; the scaling
 * while training, not in use, is that of section 10.
 */
public final class Dropout {

    private Dropout() {}

    /**
     * What is kept grows, so that the mean stays what it was.
     *
     * <pre>{@code
     * y = mask · x / (1 − rate)                                                                  (O1)
     * }</pre>
     *
     * @param mask 1 with probability 1 − rate, else 0
     * @param rate the share that is dropped, at least 0 and below 1
     */
    public static double forward(double x, double mask, double rate) {
        requireRate(rate);
        return mask * x / (1 - rate);
    }

    /**
     * The same mask, the same factor.
     *
     * <pre>{@code
     * dX = mask · dY / (1 − rate)                                                                (O2)
     * }</pre>
     */
    public static double dX(double dY, double mask, double rate) {
        requireRate(rate);
        return mask * dY / (1 - rate);
    }

    private static void requireRate(double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("Dropout: expected a rate of at least 0 and below 1 but got " + rate
                    + ". It is the share that is dropped, not the share that is kept.");
        }
    }
}
