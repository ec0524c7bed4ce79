package atelier.loss;

import atelier.tensor.Tensor;

/**
 * A price on the units of a code that speak, so that each image is told by a few of them. It is added to a reconstruction
 * loss, and its gradient to the one that the decoder sends to the code.
 */
public interface Sparsity {

    /** What it is, in one line: a checkpoint made under another penalty is refused by it. */
    String name();

    /**
     * The penalty of a batch.
     *
     * @param code {@code [N,D]}, one row for each image
     * @throws atelier.tensor.ShapeException when the code is no {@code [N,D]}
     */
    double forward(Tensor code);

    /**
     * Its gradient with respect to the code of the latest forward; a later forward overwrites it.
     *
     * @throws IllegalStateException when there was no forward
     */
    Tensor backward();
}
