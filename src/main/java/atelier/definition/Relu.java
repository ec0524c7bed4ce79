package atelier.definition;

/**
 * ReLU, the rectified linear unit: what is positive passes, what is negative becomes 0.
 *
 * <p>A function of one number; {@code Nested.map(x, Relu::forward)} applies it to every number of an array of any shape,
 * {@code Nested.map(dY, x, Relu::dX)} goes back.
 *
 * <p>Source: Nair and Hinton 2010, "Rectified linear units improve restricted Boltzmann machines", ICML; Glorot, Bordes
 * and Bengio 2011, "Deep sparse rectifier neural networks", AISTATS.
 */
public final class Relu {

    private Relu() {}

    /**
     * <pre>{@code
     * y = max(0, x)                                                                              (A1)
     * }</pre>
     */
    public static double forward(double x) {
        return x > 0 ? x : 0;
    }

    /**
     * The blame passes where x passed.
     *
     * <pre>{@code
     * dX = dY   if x > 0,  else 0                                                                (A1′)
     * }</pre>
     *
     * <p>At x = 0 there is a kink and no derivative; 0 is the usual choice. A unit that is negative for every image gets no
     * gradient and never learns again: it is dead.
     */
    public static double dX(double dY, double x) {
        return x > 0 ? dY : 0;
    }
}
