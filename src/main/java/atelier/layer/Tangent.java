package atelier.layer;

import atelier.tensor.Tensor;

/**
 * A layer that a gradient penalty can reach: it carries a direction forward, and knows what the slope in that direction owes to its
 * parameters.
 *
 * <pre>{@code
 * ẏ  = ∂Y/∂X · ẋ             how Y moves when X walks in the direction ẋ
 * dθ += ∂⟨dY, ẏ⟩/∂θ          dY of the latest backward pass                (W4)
 * }</pre>
 *
 * <p>Shapes: ẋ as X, ẏ as Y. {@code tangent} comes after {@code forward} and {@code backward}, from the first layer to the last.
 *
 * <p>For layers made of straight lines only. The slope of a curve changes with X, so something would have to walk back once more
 * for the layers in front of it; batch normalisation lets the images of a batch see each other, so that an image has no slope of
 * its own.
 *
 * <p>Walk-through: notebooks/15-stable-gans. Sources: Gulrajani et al. 2017, arXiv:1704.00028; Pearlmutter 1994,
 * doi:10.1162/neco.1994.6.1.147.
 */
public interface Tangent extends Layer {

    /**
     * Takes ẋ, adds to the gradients of the parameters (nothing after a forward in {@link Mode#HELD}), returns ẏ.
     *
     * @throws IllegalStateException when there was no backward pass since the latest forward
     */
    Tensor tangent(Tensor xDot);
}
