package atelier.definition;

/**
 * How large random weights must be at the start, so that signals neither die out nor blow up on their way through the
 * layers.
 *
 * <p>fanIn is how many inputs one output looks at: F in a dense layer, C·R² in a convolution. fanOut is how many outputs
 * look at one input: K, or K·R².
 */
public final class Initialisation {

    private Initialisation() {}

    /**
     * The standard deviation of normal weights before a ReLU.
     *
     * <pre>{@code
     * w ~ N(0, σ²)          σ = √(2 / fanIn)                                                     (I1)
     * }</pre>
     *
     * <p>The 2 makes up for the half that a ReLU sets to 0.
     *
     * <p>Source: He, Zhang, Ren and Sun 2015, arXiv:1502.01852, equation 10.
     */
    public static double heDeviation(int fanIn) {
        return Math.sqrt(2.0 / fanIn);
    }

    /**
     * The bound of uniform weights before a tanh or a sigmoid.
     *
     * <pre>{@code
     * w ~ U(−a, a)          a = √(6 / (fanIn + fanOut))                                          (I2)
     * }</pre>
     *
     * <p>A uniform number in (−a, a) has the variance a²/3, here 2/(fanIn + fanOut): a compromise between what the forward
     * pass and what the backward pass would like.
     *
     * <p>Source: Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks",
     * AISTATS, equation 16.
     */
    public static double glorotBound(int fanIn, int fanOut) {
        return Math.sqrt(6.0 / (fanIn + fanOut));
    }
}
