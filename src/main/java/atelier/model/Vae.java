package atelier.model;

import atelier.layer.Flatten;
import atelier.layer.Glorot;
import atelier.layer.Layer;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.layer.Relu;
import atelier.layer.Reparameterization;
import atelier.layer.Sequential;
import atelier.layer.Tanh;
import atelier.layer.Unflatten;
import atelier.tensor.Loops;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A variational autoencoder: the encoder says where in the latent space an image may lie, a sample of that is decoded.
 *
 * <pre>{@code
 * x [N,1,28,28] → encoder → μ, ℓ = ln σ² [N,2D] → z = μ + σ ⊙ ε [N,D] → decoder → output [N,1,28,28]
 * }</pre>
 *
 * <p>What the output means, logits of black and white pixels or means of grey ones, is up to the loss.
 *
 * <p>Conditional: with {@code classes > 0} a one-hot label stands behind the pixels of the encoder's input and behind z, so
 * the latents need not tell which digit it is.
 *
 * <p>Walk-through: notebooks/10-vae. Source: Kingma and Welling 2014, arXiv:1312.6114.
 */
public final class Vae implements Model {

    private final String name;
    private final String architecture;
    private final int latents;
    private final int classes;
    private final Layer encoder;
    private final Layer decoder;
    private final Labelled encoderInput;
    private final Labelled decoderInput;
    private final Reparameterization sample = new Reparameterization();
    private final RandomStream noise;
    private final List<Parameter> parameters = new ArrayList<>();
    private Tensor epsilon = Tensor.zeros(0, 0);
    private Tensor statistics;

    public Vae(
            String name,
            String architecture,
            int latents,
            int classes,
            Layer encoder,
            Layer decoder,
            RandomStream noise) {
        this.name = name;
        this.architecture = architecture;
        this.latents = latents;
        this.classes = classes;
        this.encoder = encoder;
        this.decoder = decoder;
        this.noise = noise;
        encoderInput = new Labelled("Vae", classes);
        decoderInput = new Labelled("Vae", classes);
        parameters.addAll(encoder.parameters());
        parameters.addAll(decoder.parameters());
    }

    /** Dense: 784-400-(D, D) and D-400-784, ReLU between. */
    public static Vae dense(int latents, RandomStream random) {
        return new Vae(
                "vae",
                "dense 784-400-" + latents + "-400-784, relu",
                latents,
                0,
                new Sequential(
                        new Flatten(),
                        Glorot.dense("encoder1", 784, 400, random.split(1)).withoutInputGradient(),
                        new Relu(),
                        Glorot.dense("encoder2", 400, 2 * latents, random.split(2))),
                new Sequential(
                        Glorot.dense("decoder1", latents, 400, random.split(3)),
                        new Relu(),
                        Glorot.dense("decoder2", 400, 784, random.split(4)),
                        new Unflatten(1, 28, 28)),
                random.split(5));
    }

    /** Deep: 784-200-200-(D, D) and D-200-200-784, tanh between; source: Burda et al. 2016, arXiv:1509.00519, section 5. */
    public static Vae deep(int latents, RandomStream random) {
        return new Vae(
                "deep-vae",
                "dense 784-200-200-" + latents + "-200-200-784, tanh",
                latents,
                0,
                new Sequential(
                        new Flatten(),
                        Glorot.dense("encoder1", 784, 200, random.split(1)).withoutInputGradient(),
                        new Tanh(),
                        Glorot.dense("encoder2", 200, 200, random.split(2)),
                        new Tanh(),
                        Glorot.dense("encoder3", 200, 2 * latents, random.split(3))),
                new Sequential(
                        Glorot.dense("decoder1", latents, 200, random.split(4)),
                        new Tanh(),
                        Glorot.dense("decoder2", 200, 200, random.split(5)),
                        new Tanh(),
                        Glorot.dense("decoder3", 200, 784, random.split(6)),
                        new Unflatten(1, 28, 28)),
                random.split(7));
    }

    /** Convolutional: the halves of the convolutional autoencoder, with twice the outputs in the middle. */
    public static Vae convolutional(int latents, RandomStream random) {
        return new Vae(
                "conv-vae",
                Halves.ENCODER + latents + Halves.DECODER,
                latents,
                0,
                Halves.encoder(2 * latents, random),
                Halves.decoder(latents, random),
                random.split(7));
    }

    /** Conditional: the dense one, told which of ten digits it is. */
    public static Vae conditional(int latents, RandomStream random) {
        return new Vae(
                "conditional-vae",
                "dense 784+10-400-" + latents + "+10-400-784, relu",
                latents,
                10,
                new Sequential(
                        Glorot.dense("encoder1", 784 + 10, 400, random.split(1)).withoutInputGradient(),
                        new Relu(),
                        Glorot.dense("encoder2", 400, 2 * latents, random.split(2))),
                new Sequential(
                        Glorot.dense("decoder1", latents + 10, 400, random.split(3)),
                        new Relu(),
                        Glorot.dense("decoder2", 400, 784, random.split(4)),
                        new Unflatten(1, 28, 28)),
                random.split(5));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    public int latents() {
        return latents;
    }

    /** How many classes a label chooses from; 0 when the model is not conditional. */
    public int classes() {
        return classes;
    }

    public Layer encoder() {
        return encoder;
    }

    public Layer decoder() {
        return decoder;
    }

    /**
     * μ and ℓ of q(z|x): {@code [N,2D]}, in each row first the D means, then the D logarithms of variances.
     *
     * @param labels one for each image where the model is conditional; else not read, may be null
     */
    public Tensor encode(Tensor x, int[] labels, Mode mode) {
        statistics = encoder.forward(classes > 0 ? encoderInput.join(x.rowMajor(), labels) : x, mode);
        return statistics;
    }

    /** The decoder's output for latents {@code [N,D]}; labels as in {@link #encode}. */
    public Tensor decode(Tensor z, int[] labels, Mode mode) {
        return decoder.forward(classes > 0 ? decoderInput.join(z, labels) : z, mode);
    }

    /** Encodes, samples with this ε {@code [N,D]}, decodes. */
    public Tensor forward(Tensor x, int[] labels, Tensor epsilon, Mode mode) {
        return decode(sample.forward(encode(x, labels, mode), epsilon), labels, mode);
    }

    /** The same with ε drawn from the model's own stream (TRAIN), or z = μ (INFER). */
    public Tensor forward(Tensor x, int[] labels, Mode mode) {
        int n = x.size(0);
        epsilon = epsilon.hasShape(n, latents) ? epsilon : Tensor.zeros(n, latents);
        if (mode == Mode.TRAIN) {
            Noise.normal(noise, epsilon);
        } else {
            epsilon.fill(0);
        }
        return forward(x, labels, epsilon, mode);
    }

    /** The same without labels, for a model that is not conditional. */
    @Override
    public Tensor forward(Tensor x, Mode mode) {
        return forward(x, null, mode);
    }

    /** μ and ℓ of the latest forward, {@code [N,2D]}. */
    public Tensor statistics() {
        return statistics;
    }

    @Override
    public Tensor backward(Tensor dY) {
        return encoder.backward(backwardToStatistics(dY));
    }

    /** The same, with a gradient that arrives at μ and ℓ directly, from the divergence. */
    public Tensor backward(Tensor dY, Tensor dStatistics) {
        Tensor d = backwardToStatistics(dY);
        Loops.add(dStatistics.data(), 0, d.data(), 0, d.length());
        return encoder.backward(d);
    }

    private Tensor backwardToStatistics(Tensor dY) {
        Tensor dZ = decoder.backward(dY);
        return sample.backward(classes > 0 ? decoderInput.part(dZ) : dZ);
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public List<Parameter> buffers() {
        return Stream.concat(encoder.buffers().stream(), decoder.buffers().stream())
                .toList();
    }

    @Override
    public List<RandomStream> randomness() {
        List<RandomStream> streams = new ArrayList<>(List.of(noise));
        streams.addAll(encoder.randomness());
        streams.addAll(decoder.randomness());
        return streams;
    }
}
