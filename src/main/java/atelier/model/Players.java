package atelier.model;

import atelier.layer.Affine;
import atelier.layer.BatchNorm;
import atelier.layer.Conv2d;
import atelier.layer.ConvTranspose2d;
import atelier.layer.Dense;
import atelier.layer.Flatten;
import atelier.layer.Glorot;
import atelier.layer.LeakyRelu;
import atelier.layer.Relu;
import atelier.layer.Sequential;
import atelier.layer.SpectralNorm;
import atelier.layer.Tanh;
import atelier.layer.Unflatten;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;

/**
 * The generators, discriminators and critics of the course, and the encoder of the one that is a VAE, too.
 *
 * <pre>{@code
 * convolutional generator      z → dense 7·7·128 → [N,128,7,7] → convT 64@4×4, stride 2 → convT 1@4×4, stride 2 → tanh
 * convolutional discriminator  2x − 1 → conv 64@4×4, stride 2 → conv 128@4×4, stride 2 → flatten → dense 256 → dense
 * }</pre>
 *
 * <p>Padding 1; 2 divides 4, so no checkerboard. Source: Radford, Metz and Chintala 2016, arXiv:1511.06434, cut to 28 × 28 pixels; but
 * they have no hidden dense layer in the discriminator. A place at 7×7 sees 10 × 10 pixels, and one weighted sum of such places
 * cannot tell whether strokes that are good each for itself make a digit together: that takes the 256.
 */
final class Players {

    static final double SLOPE = 0.2; // of the leaky ReLUs
    static final int CHANNELS = 64; // at 14×14
    private static final int HIDDEN = 256;

    private Players() {}

    static Sequential denseGenerator(int inputs, RandomStream random) {
        return new Sequential(
                new Dense("generator1", inputs, 256, random.split(1)),
                new LeakyRelu(SLOPE),
                new Dense("generator2", 256, 512, random.split(2)),
                new LeakyRelu(SLOPE),
                Glorot.dense("generator3", 512, 784, random.split(3)),
                new Tanh(),
                Affine.pixels(),
                new Unflatten(1, 28, 28));
    }

    static Sequential denseDiscriminator(RandomStream random) {
        return new Sequential(
                Affine.centred(),
                new Flatten(),
                new Dense("discriminator1", 784, 512, random.split(4)),
                new LeakyRelu(SLOPE),
                new Dense("discriminator2", 512, 256, random.split(5)),
                new LeakyRelu(SLOPE),
                Glorot.dense("discriminator3", 256, 1, random.split(6)));
    }

    static Sequential generator(int inputs, RandomStream random) {
        return generator(inputs, CHANNELS, random);
    }

    /** With {@code channels} in the middle and twice as many at 7×7. */
    static Sequential generator(int inputs, int channels, RandomStream random) {
        int deep = 2 * channels;
        int flat = 49 * deep;
        return new Sequential(
                new Dense("generator1", normal(random.split(1), inputs, flat), Tensor.zeros(flat)),
                new Unflatten(deep, 7, 7),
                new BatchNorm("generator1.norm", deep),
                new Relu(),
                new ConvTranspose2d(
                        "generator2", normal(random.split(2), deep, channels, 4, 4), Tensor.zeros(channels), 2, 1),
                new BatchNorm("generator2.norm", channels),
                new Relu(),
                new ConvTranspose2d("generator3", normal(random.split(3), channels, 1, 4, 4), Tensor.zeros(1), 2, 1),
                new Tanh(),
                Affine.pixels());
    }

    static Sequential discriminator(int outputs, RandomStream random) {
        return discriminator(outputs, CHANNELS, random);
    }

    /** With {@code channels} at 14×14 and twice as many at 7×7. */
    static Sequential discriminator(int outputs, int channels, RandomStream random) {
        int deep = 2 * channels;
        return new Sequential(
                Affine.centred(),
                new Conv2d(
                        "discriminator1", normal(random.split(4), channels, 1, 4, 4), Tensor.zeros(channels), 2, 1, 1),
                new LeakyRelu(SLOPE),
                new Conv2d(
                        "discriminator2", normal(random.split(5), deep, channels, 4, 4), Tensor.zeros(deep), 2, 1, 1),
                new BatchNorm("discriminator2.norm", deep),
                new LeakyRelu(SLOPE),
                new Flatten(),
                new Dense("discriminator3", normal(random.split(6), 49 * deep, HIDDEN), Tensor.zeros(HIDDEN)),
                new LeakyRelu(SLOPE),
                new Dense("discriminator4", normal(random.split(16), HIDDEN, outputs), Tensor.zeros(outputs)));
    }

    /** The same without batch normalisation, for a critic whose slope is asked of each image alone. */
    static Sequential critic(RandomStream random) {
        return new Sequential(
                Affine.centred(),
                new Conv2d("critic1", 1, 64, 4, 2, 1, 1, random.split(4)),
                new LeakyRelu(SLOPE),
                new Conv2d("critic2", 64, 128, 4, 2, 1, 1, random.split(5)),
                new LeakyRelu(SLOPE),
                new Flatten(),
                new Dense("critic3", 6272, HIDDEN, random.split(6)),
                new LeakyRelu(SLOPE),
                Glorot.dense("critic4", HIDDEN, 1, random.split(16)));
    }

    /** The critic with every weight divided by the most that it can stretch. */
    static Sequential spectral(RandomStream random) {
        return new Sequential(
                Affine.centred(),
                new SpectralNorm(new Conv2d("critic1", 1, 64, 4, 2, 1, 1, random.split(4)), random.split(22)),
                new LeakyRelu(SLOPE),
                new SpectralNorm(new Conv2d("critic2", 64, 128, 4, 2, 1, 1, random.split(5)), random.split(23)),
                new LeakyRelu(SLOPE),
                new Flatten(),
                new SpectralNorm(new Dense("critic3", 6272, HIDDEN, random.split(6)), random.split(24)),
                new LeakyRelu(SLOPE),
                new SpectralNorm(Glorot.dense("critic4", HIDDEN, 1, random.split(16)), random.split(25)));
    }

    /** The discriminator's convolutions, and as many numbers as are asked for at their end. */
    static Sequential encoder(int outputs, int channels, RandomStream random) {
        int deep = 2 * channels;
        return new Sequential(
                Affine.centred(),
                new Conv2d("encoder1", 1, channels, 4, 2, 1, 1, random.split(8)).withoutInputGradient(),
                new LeakyRelu(SLOPE),
                new Conv2d("encoder2", channels, deep, 4, 2, 1, 1, random.split(9)),
                new BatchNorm("encoder2.norm", deep),
                new LeakyRelu(SLOPE),
                new Flatten(),
                Glorot.dense("encoder3", 49 * deep, outputs, random.split(10)));
    }

    /** The first weights of that paper. */
    private static Tensor normal(RandomStream random, int... shape) {
        return Tensor.normal(random, 0.02, shape);
    }
}
