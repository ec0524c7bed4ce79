package atelier.layer;

import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;

/**
 * First weights for layers followed by tanh, sigmoid or nothing: a compromise between the way forward and the way back.
 *
 * <pre>{@code
 * w ~ Normal(0, σ²),  σ = √(2 / (fanIn + fanOut))                      (I2)
 * w ~ Uniform(−a, a), a = √(6 / (fanIn + fanOut))    of the same σ = a/√3
 * }</pre>
 *
 * <p>fanIn is how many numbers one output reads, fanOut how many outputs one input reaches: "in" and "out" of a dense
 * weight {@code [in,out]}, C·R·R and K·R·R of a kernel {@code [K,C,R,R]}.
 *
 * <p>Source: Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks",
 * AISTATS, equation 16 (the uniform form).
 */
public final class Glorot {

    private Glorot() {}

    public static Tensor normal(RandomStream random, int... shape) {
        return Tensor.normal(random, Math.sqrt(2.0 / (Fan.in(shape) + Fan.out(shape))), shape);
    }

    /** A dense layer with such weights and zero biases. */
    public static Dense dense(String name, int inputs, int outputs, RandomStream random) {
        return new Dense(name, normal(random, inputs, outputs), Tensor.zeros(outputs));
    }

    public static Tensor uniform(RandomStream random, int... shape) {
        double a = Math.sqrt(6.0 / (Fan.in(shape) + Fan.out(shape)));
        return Tensor.uniform(random, -a, a, shape);
    }
}
