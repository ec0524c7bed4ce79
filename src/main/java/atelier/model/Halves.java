package atelier.model;

import atelier.layer.Conv2d;
import atelier.layer.ConvTranspose2d;
import atelier.layer.Flatten;
import atelier.layer.Glorot;
import atelier.layer.Relu;
import atelier.layer.Sequential;
import atelier.layer.Unflatten;
import atelier.tensor.RandomStream;

/**
 * The two halves of the convolutional autoencoder and VAE.
 *
 * <pre>{@code
 * [N,1,28,28] conv 16@4×4, stride 2 → [N,16,14,14] conv 32@4×4, stride 2 → [N,32,7,7] → flatten [N,1568] → dense
 * dense → [N,1568] → [N,32,7,7] transposed conv 16@4×4, stride 2 → [N,16,14,14] transposed conv 1@4×4, stride 2 → [N,1,28,28]
 * }</pre>
 *
 * <p>Padding 1 everywhere, ReLU between. 2 divides 4, so every pixel gets as many stamps as its neighbours: no checkerboard.
 */
final class Halves {

    static final String ENCODER = "conv 16@4x4/2, relu, conv 32@4x4/2, relu, dense 1568-";
    static final String DECODER = "-1568, relu, convT 16@4x4/2, relu, convT 1@4x4/2";

    private Halves() {}

    static Sequential encoder(int outputs, RandomStream random) {
        return new Sequential(
                new Conv2d("encoder1", 1, 16, 4, 2, 1, 1, random.split(1)).withoutInputGradient(),
                new Relu(),
                new Conv2d("encoder2", 16, 32, 4, 2, 1, 1, random.split(2)),
                new Relu(),
                new Flatten(),
                Glorot.dense("encoder3", 1568, outputs, random.split(3)));
    }

    /** Its output is what the last transposed convolution gives: logits, or means. */
    static Sequential decoder(int inputs, RandomStream random) {
        return new Sequential(
                Glorot.dense("decoder1", inputs, 1568, random.split(4)),
                new Relu(),
                new Unflatten(32, 7, 7),
                new ConvTranspose2d("decoder2", 32, 16, 4, 2, 1, random.split(5)),
                new Relu(),
                new ConvTranspose2d("decoder3", 16, 1, 4, 2, 1, random.split(6)));
    }
}
