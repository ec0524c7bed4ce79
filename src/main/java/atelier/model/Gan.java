package atelier.model;

import atelier.layer.Layer;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two players: the generator makes images of noise, the discriminator says of an image how real it looks.
 *
 * <pre>{@code
 * z [N,D] → generator → x̃ [N,1,28,28]          x or x̃ → discriminator → d [N,1], a logit: large means "real"
 * }</pre>
 *
 * <p>Images are in [0,1] at every door. As a layer the model is its generator, noise in and images out; what the players play
 * for is up to the loss, and what keeps a critic gentle up to a {@link Constraint}.
 *
 * <p>Conditional: with {@code classes > 0} a one-hot label stands behind z, and the discriminator has one output a class, of
 * which the label's is the logit.
 *
 * <p>Walk-through: notebooks/13-gan and 14-dcgan. Source: Goodfellow et al. 2014, arXiv:1406.2661.
 */
public final class Gan implements Model {

    private final String name;
    private final String architecture;
    private final int latents;
    private final int classes;
    private final Layer generator;
    private final Layer discriminator;
    private final Labelled noiseAndLabel;
    private final ByLabel verdicts;
    private final RandomStream noise;

    public Gan(
            String name,
            String architecture,
            int latents,
            int classes,
            Layer generator,
            Layer discriminator,
            RandomStream noise) {
        this.name = name;
        this.architecture = architecture;
        this.latents = latents;
        this.classes = classes;
        this.generator = generator;
        this.discriminator = discriminator;
        this.noise = noise;
        noiseAndLabel = new Labelled("Gan", classes);
        verdicts = new ByLabel(noiseAndLabel);
    }

    /** Dense: D-256-512-784 against 784-512-256-1, leaky ReLU between. */
    public static Gan dense(int latents, RandomStream random) {
        return new Gan(
                "gan",
                "dense " + latents + "-256-512-784 tanh, dense 784-512-256-1, leaky relu",
                latents,
                0,
                Players.denseGenerator(latents, random),
                Players.denseDiscriminator(random),
                random.split(7));
    }

    /** Convolutional, with batch normalisation in both players: DCGAN. */
    public static Gan convolutional(int latents, RandomStream random) {
        return convolutional("dcgan", latents, random);
    }

    /** The same under another name, for a game with another loss. */
    public static Gan convolutional(String name, int latents, RandomStream random) {
        return new Gan(
                name,
                "dense " + latents + "-6272 norm, convT 64@4x4/2 norm, convT 1@4x4/2 tanh; "
                        + "conv 64@4x4/2, conv 128@4x4/2 norm, dense 6272-256-1",
                latents,
                0,
                Players.generator(latents, random),
                Players.discriminator(1, random),
                random.split(7));
    }

    /** DCGAN told which of ten digits it is. */
    public static Gan conditional(int latents, RandomStream random) {
        return new Gan(
                "conditional-gan",
                "dense " + latents + "+10-6272 norm, convT 64@4x4/2 norm, convT 1@4x4/2 tanh; "
                        + "conv 64@4x4/2, conv 128@4x4/2 norm, dense 6272-256-10",
                latents,
                10,
                Players.generator(latents + 10, random),
                Players.discriminator(10, random),
                random.split(7));
    }

    /** DCGAN's generator against a critic without batch normalisation, for a Wasserstein game. */
    public static Gan critic(String name, int latents, RandomStream random) {
        return new Gan(
                name,
                "dense " + latents + "-6272 norm, convT 64@4x4/2 norm, convT 1@4x4/2 tanh; "
                        + "conv 64@4x4/2, conv 128@4x4/2, dense 6272-256-1",
                latents,
                0,
                Players.generator(latents, random),
                Players.critic(random),
                random.split(7));
    }

    /** DCGAN's generator against a critic with spectral normalisation: SN-GAN. */
    public static Gan spectral(int latents, RandomStream random) {
        return new Gan(
                "sn-gan",
                "dense " + latents + "-6272 norm, convT 64@4x4/2 norm, convT 1@4x4/2 tanh; "
                        + "conv 64@4x4/2, conv 128@4x4/2, dense 6272-256-1, spectral",
                latents,
                0,
                Players.generator(latents, random),
                Players.spectral(random),
                random.split(7));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    /** How many numbers an image is made of, D. */
    public int latents() {
        return latents;
    }

    /** How many classes a label chooses from; 0 when the model is not conditional. */
    public int classes() {
        return classes;
    }

    public Layer generator() {
        return generator;
    }

    public Layer discriminator() {
        return discriminator;
    }

    /** Fills z with noise from the model's own stream. */
    public void draw(Tensor z) {
        Noise.normal(noise, z);
    }

    /**
     * The images of noise.
     *
     * @param z {@code [N,D]}
     * @param labels one for each row where the model is conditional; else not read, may be null
     * @throws ShapeException when a row of z has not D numbers, or a label is missing
     */
    public Tensor generate(Tensor z, int[] labels, Mode mode) {
        if (z.rank() != 2 || z.size(1) != latents) {
            throw new ShapeException(
                    "Gan: expected noise of " + latents + " numbers for each image, [N," + latents + "], but got "
                            + Arrays.toString(z.shape()) + ". An image is made of as many as the model has latents.");
        }
        return generator.forward(classes > 0 ? noiseAndLabel.join(z, labels) : z, mode);
    }

    /** The logits {@code [N,1]} of images; labels as in {@link #generate}. */
    public Tensor judge(Tensor images, int[] labels, Mode mode) {
        Tensor d = discriminator.forward(images, mode);
        return classes > 0 ? verdicts.forward(d, labels) : d;
    }

    /** From the gradient of the logits to that of the images, through the discriminator of the latest {@link #judge}. */
    public Tensor backwardJudge(Tensor dD) {
        return discriminator.backward(classes > 0 ? verdicts.backward(dD) : dD);
    }

    /** The generator's images of noise, for a model that is not conditional. */
    @Override
    public Tensor forward(Tensor z, Mode mode) {
        return generate(z, null, mode);
    }

    /** Through the generator: from the gradient of the images to that of its input. */
    @Override
    public Tensor backward(Tensor dImages) {
        return generator.backward(dImages);
    }

    /** The generator's, then the discriminator's. */
    @Override
    public List<Parameter> parameters() {
        return Stream.concat(generator.parameters().stream(), discriminator.parameters().stream())
                .toList();
    }

    @Override
    public List<Parameter> buffers() {
        return Stream.concat(generator.buffers().stream(), discriminator.buffers().stream())
                .toList();
    }

    @Override
    public List<RandomStream> randomness() {
        return Stream.of(Stream.of(noise), generator.randomness().stream(), discriminator.randomness().stream())
                .flatMap(streams -> streams)
                .toList();
    }
}
