package atelier.definition;

/**
 * The hyperbolic tangent: any number becomes one between −1 and 1, and 0 stays 0.
 *
 * <p>A function of one number; {@code Nested.map(x, Tanh::forward)} applies it to every number of an array of any shape,
 * {@code Nested.map(dY, y, Tanh::dX)} goes back.
 *
 * <p>Source: LeCun, Bottou, Orr and Müller 1998, "Efficient BackProp", doi:10.1007/3-540-49430-8_2, section 4.4.
 */
public final class Tanh {

    private Tanh() {}

    /**
     * <pre>{@code
     * y = tanh x = (exp x − exp(−x)) / (exp x + exp(−x))                                         (A4)
     * }</pre>
     *
     * <p>It is a sigmoid in disguise: tanh x = 2·sigmoid(2x) − 1.
     */
    public static double forward(double x) {
        return Math.tanh(x);
    }

    /**
     * The slope is known from the output alone.
     *
     * <pre>{@code
     * dX = dY · (1 − y²)                                                                         (A4′)
     * }</pre>
     *
     * @param y what {@link #forward} returned, not what it got
     */
    public static double dX(double dY, double y) {
        return dY * (1 - y * y);
    }
}
