package atelier.definition;

/**
 * The sigmoid: any number becomes one between 0 and 1, which can be read as a probability.
 *
 * <p>A function of one number; {@code Nested.map(x, Sigmoid::forward)} applies it to every number of an array of any
 * shape, {@code Nested.map(dY, y, Sigmoid::dX)} goes back.
 *
 * <p>Source: Rumelhart, Hinton and Williams 1986, doi:10.1038/323533a0, equations 2 (A3) and 5 (A3′).
 */
public final class Sigmoid {

    private Sigmoid() {}

    /**
     * <pre>{@code
     * y = 1 / (1 + exp(−x))                                                                      (A3)
     * }</pre>
     */
    public static double forward(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /**
     * The slope is known from the output alone.
     *
     * <pre>{@code
     * dX = dY · y · (1 − y)                                                                      (A3′)
     * }</pre>
     *
     * <p>It is never above ¼: each sigmoid on the way back makes the gradient at least four times smaller.
     *
     * @param y what {@link #forward} returned, not what it got
     */
    public static double dX(double dY, double y) {
        return dY * y * (1 - y);
    }
}
