package atelier.layer;

import atelier.tensor.Tensor;

/** Numbers that training changes, and beside them the gradient of the loss with respect to them, of the same shape. */
public final class Parameter {

    private final String name;
    private final Tensor value;
    private final Tensor gradient;

    public Parameter(String name, Tensor value) {
        this.name = name;
        this.value = value.rowMajor();
        this.gradient = Tensor.zeros(value.shape());
    }

    public String name() {
        return name;
    }

    public Tensor value() {
        return value;
    }

    /** {@code ∂L/∂value}; a backward pass adds to it. */
    public Tensor gradient() {
        return gradient;
    }

    public void zeroGradient() {
        gradient.fill(0);
    }
}
