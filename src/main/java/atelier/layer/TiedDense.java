package atelier.layer;

import atelier.tensor.Gemm;
import atelier.tensor.Loops;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A decoder that borrows the weights of its encoder, transposed: half the parameters, and no way to cheat with their size.
 *
 * <pre>{@code
 * x̂  = h·Wᵀ + 1·cᵀ                                                     (D4)
 * dW += dX̂ᵀ·h,   dc[f] += Σ_n dX̂[n,f],   dh = dX̂·W                      (D5)
 * }</pre>
 *
 * <p>Shapes: h {@code [N,K]}, W {@code [F,K]}, c {@code [F]}, x̂ {@code [N,F]}.
 *
 * <p>W belongs to the encoder and is in the encoder's list of parameters alone; its gradient is the sum of what arrives here
 * and what arrives there.
 *
 * <p>Walk-through: notebooks/07-autoencoder. Source: Vincent, Larochelle, Lajoie, Bengio and Manzagol 2010, "Stacked
 * denoising autoencoders", JMLR 11, section 2.2.
 */
public final class TiedDense implements Layer {

    private final String where;
    private final Parameter weight; // the encoder's W [F,K]
    private final Parameter bias; // c [F]
    private final Output outputs = new Output();
    private final Output gradients = new Output();
    private boolean held;
    private Tensor h;

    /** A layer from the outputs of this encoder back to its inputs, with these biases {@code [F]}. */
    public TiedDense(String name, Dense encoder, Tensor bias) {
        where = "TiedDense " + name;
        weight = encoder.weight();
        if (!bias.hasShape(inputs())) {
            throw new ShapeException(
                    where + ": expected a bias for each input of the encoder, [" + inputs() + "], but got "
                            + Arrays.toString(bias.shape()) + ". It has as many outputs as the encoder inputs.");
        }
        this.bias = new Parameter(name + ".bias", bias);
    }

    /** A layer from the outputs of this encoder back to its inputs, with zero biases. */
    public TiedDense(String name, Dense encoder) {
        this(name, encoder, Tensor.zeros(encoder.weight().value().size(0)));
    }

    /** Its biases; the weights are the encoder's. */
    @Override
    public List<Parameter> parameters() {
        return List.of(bias);
    }

    @Override
    public Tensor forward(Tensor h, Mode mode) {
        if (h.rank() != 2 || h.size(1) != code()) {
            throw new ShapeException(where + ": expected rows of " + code() + " numbers, [N," + code() + "], but got "
                    + Arrays.toString(h.shape()) + ". It reads what its encoder writes.");
        }
        this.h = h;
        held = mode == Mode.HELD;
        Tensor y = outputs.rows(h.size(0), inputs());
        Gemm.multiply(
                false,
                true,
                h.size(0),
                inputs(),
                code(),
                h.data(),
                weight.value().data(),
                bias.value().data(),
                false,
                y.data());
        return y;
    }

    @Override
    public Tensor backward(Tensor dY) {
        if (h == null) {
            throw new IllegalStateException(
                    where
                            + ".backward: expected a forward pass before but got none. Call forward first, it remembers the input.");
        }
        int n = h.size(0);
        if (dY.rank() != 2 || dY.size(0) != n || dY.size(1) != inputs()) {
            throw new ShapeException(where + ".backward: expected shape [" + n + ", " + inputs() + "] but got "
                    + Arrays.toString(dY.shape()) + ". The gradient has the shape of the output.");
        }
        if (!held) {
            float[] dW = weight.gradient().data();
            Gemm.multiply(true, false, inputs(), code(), n, dY.data(), h.data(), true, dW);
            Loops.columnSums(dY.data(), 0, n, inputs(), bias.gradient().data(), 0);
        }
        Tensor dH = gradients.rows(n, code());
        Gemm.multiply(
                false, false, n, code(), inputs(), dY.data(), weight.value().data(), false, dH.data());
        return dH;
    }

    private int inputs() {
        return weight.value().size(0);
    }

    private int code() {
        return weight.value().size(1);
    }
}
