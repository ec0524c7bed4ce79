package atelier.layer;

import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;

/**
 * First weights for layers followed by a ReLU: as large as keeps the size of the numbers from layer to layer.
 *
 * <pre>{@code
 * w ~ Normal(0, σ²),  σ = √(2 / fanIn)                                 (I1)
 * w ~ Uniform(−a, a), a = √(6 / fanIn)      of the same σ = a/√3
 * }</pre>
 *
 * <p>fanIn is how many numbers one output reads: "in" for a dense weight {@code [in,out]}, C·R·R for a kernel
 * {@code [K,C,R,R]}. The 2 makes good for the half that the ReLU blocks.
 *
 * <p>Source: He, Zhang, Ren and Sun 2015, "Delving Deep into Rectifiers", arXiv:1502.01852, equation 10.
 */
public final class He {

    private He() {}

    public static Tensor normal(RandomStream random, int... shape) {
        return Tensor.normal(random, Math.sqrt(2.0 / Fan.in(shape)), shape);
    }

    public static Tensor uniform(RandomStream random, int... shape) {
        double a = Math.sqrt(6.0 / Fan.in(shape));
        return Tensor.uniform(random, -a, a, shape);
    }
}
