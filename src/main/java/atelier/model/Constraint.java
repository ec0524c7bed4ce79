package atelier.model;

import atelier.layer.Parameter;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;

/** What keeps a discriminator's slope within bounds while it learns. */
public interface Constraint {

    /** What it is, in one line: a checkpoint made under another constraint is refused by it. */
    String name();

    /**
     * Called at the beginning of a discriminator's step, with its gradients at zero: leaves in them what the constraint asks for.
     *
     * @return what it adds to the loss
     */
    default double penalise(Gan gan, Tensor real, Tensor fake, int[] labels) {
        return 0;
    }

    /** Called at the end of a discriminator's step: brings its parameters back to where they may be. */
    default void limit(List<Parameter> parameters) {}

    /** The random streams it draws from, so that a checkpoint can store their positions. */
    default List<RandomStream> randomness() {
        return List.of();
    }

    /** No constraint at all. */
    static Constraint none() {
        return () -> "none";
    }
}
