package atelier.loss;

import atelier.tensor.Tensor;

/**
 * How badly a decoder's output tells of the true pixels.
 *
 * <p>One convention everywhere: the sum over the pixels of an image, the mean over the images of the batch. The sum is −ln p(x)
 * of the whole image, in the same nats as the divergence of its code; the mean over the pixels instead would make it 784
 * times too small beside that divergence, which is β = 784 without saying so.
 */
public interface PixelLoss {

    /** What it is, in one line: a checkpoint made under another loss is refused by it. */
    String name();

    /**
     * The loss of a batch.
     *
     * @param output what the decoder gave, {@code [N,C,H,W]} or any other shape whose first axis is the image
     * @param pixels the truth, in [0,1], of the same shape
     * @throws atelier.tensor.ShapeException when the shapes differ, or there is no image
     */
    double forward(Tensor output, Tensor pixels);

    /**
     * Its gradient with respect to the output of the latest forward, in the output's layout; a later forward overwrites it.
     *
     * @throws IllegalStateException when there was no forward
     */
    Tensor backward();

    /** The loss of each image of the latest forward, {@code [N]}; a later forward overwrites it. */
    double[] perImage();

    /** The pixels that the output stands for, to be looked at; in (0,1) where the loss speaks of probabilities. */
    Tensor pixels(Tensor output);
}
