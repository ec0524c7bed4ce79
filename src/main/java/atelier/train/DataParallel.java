package atelier.train;

import atelier.data.Batch;
import atelier.optim.Optimizer;

/**
 * A learner in whose batch no image sees another, so that the gradient of a batch is the mean of the gradients of its parts.
 *
 * <pre>{@code
 * ∇L(B) = Σ_p |P_p|/|B| · ∇L(P_p)          the pieces P_p make up the batch B            (N2)
 * }</pre>
 *
 * <p>That is so where the loss is a mean over images, and not where a layer looks at the whole batch, as batch normalisation does,
 * nor where two players move in turn.
 *
 * <p>Walk-through: notebooks/21-scaling-out.
 */
public interface DataParallel extends Learner {

    /**
     * Forward, loss and backward: leaves ∂L/∂w of these images' mean loss in the parameters, and changes no weight.
     *
     * @return the mean loss
     * @throws NonFiniteException when the loss is not a finite number
     */
    double gradients(Batch images);

    /** Whether this very model may be learned in pieces: it has no buffers, which every piece would change in its own way. */
    default boolean divides() {
        return buffers().isEmpty();
    }

    /** The only one. */
    default Optimizer optimizer() {
        return optimizers().get(0);
    }

    /**
     * One step along the gradients that stand in the parameters.
     *
     * @throws NonFiniteException when one of them is not a finite number; then no weight has changed
     */
    default void update() {
        Finite.requireGradients(optimizer());
        optimizer().step();
    }

    @Override
    default double step(Batch batch) {
        double mean = gradients(batch);
        update();
        return mean;
    }
}
