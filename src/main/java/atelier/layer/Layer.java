package atelier.layer;

import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;

/**
 * One differentiable step.
 *
 * <p>{@code forward} remembers what {@code backward} needs, so calls come in pairs. A layer owns the tensors that it
 * returns and overwrites them in its next call: copy what you want to keep. Inputs are never changed.
 */
public interface Layer {

    /** {@code Y = f(X)}. */
    Tensor forward(Tensor x, Mode mode);

    /**
     * Takes {@code dY = ∂L/∂Y}, adds to the gradients of the parameters, returns {@code dX = ∂L/∂X}; after a forward in {@link
     * Mode#HELD} it adds nothing.
     */
    Tensor backward(Tensor dY);

    default List<Parameter> parameters() {
        return List.of();
    }

    /** Numbers that training keeps but no gradient moves, such as batch normalisation's running mean. */
    default List<Parameter> buffers() {
        return List.of();
    }

    /** The random streams it draws from, so that a checkpoint can store their positions. */
    default List<RandomStream> randomness() {
        return List.of();
    }
}
