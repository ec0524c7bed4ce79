package atelier.model;

import atelier.layer.Layer;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.layer.Reparameterization;
import atelier.layer.Sequential;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * A VAE and a GAN that share a network: the decoder of the one is the generator of the other.
 *
 * <pre>{@code
 * x [N,1,28,28] → encoder → μ, ℓ [N,2D] → z = μ + σ ⊙ ε [N,D] → decoder → x̃ [N,1,28,28]
 *                                           z_p from N(0,1) → decoder → x_p
 * x, x̃ or x_p → features → Dis_l → verdict → d [N,1], a logit: large means "real"
 * }</pre>
 *
 * <p>The discriminator is cut in two. What its first half answers, Dis_l, is where a reconstruction is compared with its original:
 * not pixel by pixel, but by what tells real images from fakes.
 *
 * <p>Images are in [0,1] at every door. As a layer the model is its VAE, images in and reconstructions out. Every part takes its
 * own {@link Mode}, because one player moves while the others are held.
 *
 * <p>Walk-through: notebooks/16-vae-meets-gan. Source: Larsen, Sønderby, Larochelle and Winther 2016, arXiv:1512.09300.
 */
public final class VaeGan implements Model {

    private static final int BEFORE_VERDICT =
            6; // layers of DCGAN's discriminator, to the end of the second convolution

    private final String name;
    private final String architecture;
    private final int latents;
    private final Layer encoder;
    private final Layer decoder;
    private final Layer features;
    private final Layer verdict;
    private final Layer discriminator;
    private final RandomStream noise;
    private final Reparameterization sample = new Reparameterization();
    private Tensor epsilon = Tensor.zeros(0, 0);

    /** Of any layers: {@code features} and {@code verdict}, one after the other, are the discriminator. */
    public VaeGan(
            String name,
            String architecture,
            int latents,
            Layer encoder,
            Layer decoder,
            Layer features,
            Layer verdict,
            RandomStream noise) {
        this.name = name;
        this.architecture = architecture;
        this.latents = latents;
        this.encoder = encoder;
        this.decoder = decoder;
        this.features = features;
        this.verdict = verdict;
        this.discriminator = new Sequential(features, verdict);
        this.noise = noise;
    }

    /** DCGAN's two players and an encoder that mirrors the generator; Dis_l is {@code [N,128,7,7]}. */
    public static VaeGan convolutional(int latents, RandomStream random) {
        return convolutional(latents, Players.CHANNELS, random);
    }

    /** The same with so many channels at 14×14, and twice as many at 7×7: half the channels are a quarter of the work. */
    public static VaeGan convolutional(int latents, int channels, RandomStream random) {
        List<Layer> layers = Players.discriminator(1, channels, random).layers();
        int deep = 2 * channels;
        String conv = "conv " + channels + "@4x4/2, conv " + deep + "@4x4/2 norm";
        return new VaeGan(
                "vae-gan",
                conv + ", dense " + 49 * deep + "-" + 2 * latents + "; dense " + latents + "-" + 49 * deep
                        + " norm, convT " + channels + "@4x4/2 norm, convT 1@4x4/2 tanh; " + conv
                        + " (features), dense " + 49 * deep + "-256-1",
                latents,
                Players.encoder(2 * latents, channels, random),
                Players.generator(latents, channels, random),
                new Sequential(layers.subList(0, BEFORE_VERDICT)),
                new Sequential(layers.subList(BEFORE_VERDICT, layers.size())),
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

    /** How many numbers a code has, D. */
    public int latents() {
        return latents;
    }

    public Layer encoder() {
        return encoder;
    }

    public Layer decoder() {
        return decoder;
    }

    /** Both halves of the discriminator, as one player. */
    public Layer discriminator() {
        return discriminator;
    }

    /** The discriminator up to Dis_l. */
    public Layer features() {
        return features;
    }

    /** The discriminator from Dis_l to the logit. */
    public Layer verdict() {
        return verdict;
    }

    /** Fills a tensor with noise from the model's own stream. */
    public void draw(Tensor z) {
        Noise.normal(noise, z);
    }

    /** μ and ℓ of q(z|x): {@code [N,2D]}, in each row first the D means, then the D logarithms of variances. */
    public Tensor encode(Tensor x, Mode mode) {
        return encoder.forward(x, mode);
    }

    /** z = μ + σ ⊙ ε {@code [N,D]}; with ε = 0 it is the mean. */
    public Tensor sample(Tensor statistics, Tensor epsilon) {
        return sample.forward(statistics, epsilon);
    }

    /** The images of codes {@code [N,D]}, or of noise. */
    public Tensor decode(Tensor z, Mode mode) {
        return decoder.forward(z, mode);
    }

    /** The logits {@code [N,1]} of images. */
    public Tensor judge(Tensor images, Mode mode) {
        return discriminator.forward(images, mode);
    }

    /** Encodes, samples, decodes; ε from the model's own stream, or z = μ (INFER). */
    @Override
    public Tensor forward(Tensor x, Mode mode) {
        epsilon = epsilon.hasShape(x.size(0), latents) ? epsilon : Tensor.zeros(x.size(0), latents);
        if (mode == Mode.INFER) {
            epsilon.fill(0);
        } else {
            draw(epsilon);
        }
        return decode(sample(encode(x, mode), epsilon), mode);
    }

    /** Through decoder, sample and encoder: from the gradient of the reconstructions to that of the images, where the encoder gives one. */
    @Override
    public Tensor backward(Tensor dImages) {
        return encoder.backward(backwardToStatistics(dImages));
    }

    /** From the gradient of the reconstructions to that of μ and ℓ, through decoder and sample. */
    public Tensor backwardToStatistics(Tensor dImages) {
        return sample.backward(decoder.backward(dImages));
    }

    /** The encoder's, the decoder's, then the discriminator's. */
    @Override
    public List<Parameter> parameters() {
        return players().flatMap(player -> player.parameters().stream()).toList();
    }

    @Override
    public List<Parameter> buffers() {
        return players().flatMap(player -> player.buffers().stream()).toList();
    }

    @Override
    public List<RandomStream> randomness() {
        return Stream.concat(Stream.of(noise), players().flatMap(player -> player.randomness().stream()))
                .toList();
    }

    private Stream<Layer> players() {
        return Stream.of(encoder, decoder, discriminator);
    }
}
