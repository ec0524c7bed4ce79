package atelier.definition;

/**
 * Leaky ReLU: what is negative is not cut off but made small, so that no unit dies.
 *
 * <p>A function of one number; {@code Nested.map(x, v -> LeakyRelu.forward(v, 0.01))} applies it to every number of an
 * array, {@code Nested.map(dY, x, (d, v) -> LeakyRelu.dX(d, v, 0.01))} goes back.
 *
 * <p>Source: Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve neural network acoustic models", ICML workshop,
 * where the slope is 0.01.
 */
public final class LeakyRelu {

    private LeakyRelu() {}

    /**
     * <pre>{@code
     * y = x   if x > 0,  else α·x                                                                (A2)
     * }</pre>
     *
     * @param slope α, between 0 (ReLU) and 1 (nothing happens)
     */
    public static double forward(double x, double slope) {
        return x > 0 ? x : slope * x;
    }

    /**
     * The blame passes by the same factor as x did.
     *
     * <pre>{@code
     * dX = dY   if x > 0,  else α·dY                                                             (A2′)
     * }</pre>
     */
    public static double dX(double dY, double x, double slope) {
        return x > 0 ? dY : slope * dY;
    }
}
