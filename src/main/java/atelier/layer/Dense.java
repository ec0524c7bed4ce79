package atelier.layer;

import atelier.tensor.Gemm;
import atelier.tensor.Loops;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Every output is a weighted sum of every input, plus a bias.
 *
 * <pre>{@code
 * Y  = X·W + 1·bᵀ                                                      (D1)
 * dW += Xᵀ·dY,   db[k] += Σ_n dY[n,k]                                  (D2)
 * dX = dY·Wᵀ                                                           (D3)
 * }</pre>
 *
 * <p>Shapes: X {@code [N,F]}, W {@code [F,K]}, b {@code [K]}, Y {@code [N,K]}.
 *
 * <p>Walk-through: notebooks/05-convnet.
 */
public final class Dense implements Tangent {

    private final Parameter weight; // W [F,K]
    private final Parameter bias; // b [K]
    private final Output outputs = new Output();
    private final Output gradients = new Output();
    private final Output tangents = new Output();
    private boolean inputGradient = true;
    private boolean held;
    private Tensor x;
    private Tensor dY; // of the latest backward, null since a newer forward

    /** A layer with these weights {@code [F,K]} and biases {@code [K]}. */
    public Dense(String name, Tensor weight, Tensor bias) {
        if (weight.rank() != 2 || weight.length() == 0 || !bias.hasShape(weight.size(1))) {
            throw new ShapeException(
                    "Dense " + name + ": expected weights [F,K] and biases [K], F and K above 0, but got "
                            + Arrays.toString(weight.shape()) + " and " + Arrays.toString(bias.shape())
                            + ". The weights have a row for each input.");
        }
        this.weight = new Parameter(name + ".weight", weight);
        this.bias = new Parameter(name + ".bias", bias);
    }

    /** A layer with He's random weights and zero biases. */
    public Dense(String name, int inputs, int outputs, RandomStream random) {
        this(name, He.normal(random, inputs, outputs), Tensor.zeros(outputs));
    }

    /** The first layer of a network need not compute {@code dX}: {@code backward} then returns null. */
    public Dense withoutInputGradient() {
        inputGradient = false;
        return this;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() != 2 || x.size(1) != inputs()) {
            throw new ShapeException("Dense " + weight.name() + ": expected rows of " + inputs() + " numbers, [N,"
                    + inputs() + "], but got " + Arrays.toString(x.shape()) + ". Flatten images first.");
        }
        this.x = x;
        dY = null;
        held = mode == Mode.HELD;
        Tensor y = outputs.rows(x.size(0), width());
        Gemm.multiply(
                false,
                false,
                x.size(0),
                width(),
                inputs(),
                x.data(),
                weight.value().data(),
                bias.value().data(),
                false,
                y.data());
        return y;
    }

    @Override
    public Tensor backward(Tensor dY) {
        if (x == null) {
            throw new IllegalStateException(
                    "Dense " + weight.name()
                            + ".backward: expected a forward pass before but got none. Call forward first, it remembers the input.");
        }
        int n = x.size(0);
        if (dY.rank() != 2 || dY.size(0) != n || dY.size(1) != width()) {
            throw new ShapeException("Dense " + weight.name() + ".backward: expected shape [" + n + ", " + width()
                    + "] but got " + Arrays.toString(dY.shape()) + ". The gradient has the shape of the output.");
        }
        this.dY = dY;
        if (!held) {
            float[] dW = weight.gradient().data();
            Gemm.multiply(true, false, inputs(), width(), n, x.data(), dY.data(), true, dW); // (D2)
            Loops.columnSums(dY.data(), 0, n, width(), bias.gradient().data(), 0);
        }
        if (!inputGradient) {
            return null;
        }
        Tensor dX = gradients.rows(n, inputs());
        Gemm.multiply(
                false, true, n, inputs(), width(), dY.data(), weight.value().data(), false, dX.data()); // (D3)
        return dX;
    }

    /**
     * A bias does not move, so it has no part in this.
     *
     * <pre>{@code
     * Ẏ  = Ẋ·W
     * dW += Ẋᵀ·dY                                                          (W4)
     * }</pre>
     */
    @Override
    public Tensor tangent(Tensor xDot) {
        if (dY == null) {
            throw new IllegalStateException("Dense " + weight.name()
                    + ".tangent: expected a backward pass since the latest forward but got none. Call forward and "
                    + "backward first, it remembers both.");
        }
        x.requireSameShape(xDot, "Dense.tangent");
        int n = x.size(0);
        float[] w = weight.value().data();
        float[] dW = weight.gradient().data();
        Tensor yDot = tangents.rows(n, width());
        Gemm.multiply(false, false, n, width(), inputs(), xDot.data(), w, false, yDot.data());
        if (!held) {
            Gemm.multiply(true, false, inputs(), width(), n, xDot.data(), dY.data(), true, dW);
        }
        return yDot;
    }

    /** W {@code [F,K]}, for a decoder that is tied to it. */
    Parameter weight() {
        return weight;
    }

    private int inputs() {
        return weight.value().size(0);
    }

    private int width() {
        return weight.value().size(1);
    }
}
