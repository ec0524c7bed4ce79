package atelier.loss;

import atelier.tensor.Tensor;

/** A penalty on codes {@code [N,D]} that wants most of their numbers to be 0, or small. */
public interface Sparsity {

    /** What it is, in one line. */
    String name();

    /** The penalty of a batch: the sum over the units of the code, the mean over the batch. */
    double forward(Tensor code);

    /** Its gradient with respect to the code of the latest forward. */
    Tensor backward();
}
