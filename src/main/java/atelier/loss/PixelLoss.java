package atelier.loss;

import atelier.tensor.Tensor;

/**
 * How badly a decoder's output tells of the true pixels.
 *
 * <p>One convention everywhere: the sum over the pixels of an image, the mean over the images of the batch.
 */
public interface PixelLoss {

    /** What it is, in one line: a checkpoint made under another loss is refused by it. */
    String name();

    /** The loss of a batch: output and pixels have one shape, {@code [N,C,H,W]}. */
    double forward(Tensor output, Tensor pixels);

    /** Its gradient with respect to the output of the latest forward. */
    Tensor backward();

    /** The loss of each image of the latest forward; there may be more places than images. */
    double[] perImage();

    /** The pixels that the output stands for, to be looked at; in (0,1) where the loss speaks of probabilities. */
    Tensor pixels(Tensor output);
}
