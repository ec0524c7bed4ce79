package atelier.dl4j;

import atelier.data.Batch;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A convolutional variational autoencoder in DL4J, whose layer for it knows dense networks only: an encoder network, a decoder
 * network, and by hand what stands between them and behind them.
 *
 * <pre>{@code
 * [1,28,28] → [16,14,14] → [32,7,7] → μ, ℓ [2D]   z = μ + σ ⊙ ε [D] → [32,7,7] → [16,14,14] → logits [1,28,28]
 * loss = −ln p(x|z) + β · KL(q(z|x) ‖ N(0,1))
 * }</pre>
 *
 * <p>Neither network has a loss. The decoder is given the gradient at its output and returns the one at z, from which
 * the gradient at the encoder's output is made: {@link ExternalErrors}. Then each network takes its own step.
 *
 * <p>Walk-through: notebooks/11-vae-in-dl4j.
 */
public final class Dl4jConvVae implements Dl4jVariational {

    /** What one walk forward and back leaves: the mean loss, and gradients that are sums over the batch. */
    private record Walk(double loss, Gradient encoder, Gradient decoder) {}

    private final int latents;
    private final double beta;
    private final MultiLayerNetwork encoder;
    private final MultiLayerNetwork decoder;
    private final RandomStream noise;
    private final RandomStream binarisation;

    /** A model with random weights from DL4J's own generator. */
    public Dl4jConvVae(int latents, double beta, long seed, double learningRate) {
        this.latents = latents;
        this.beta = beta;
        encoder = new MultiLayerNetwork(encoder(latents, seed, learningRate));
        encoder.init();
        decoder = new MultiLayerNetwork(decoder(latents, seed + 1, learningRate));
        decoder.init();
        noise = RandomStream.seed(seed).split(1);
        binarisation = RandomStream.seed(seed).split(2);
    }

    /** A model with these weights, in the order of the kit's layers; the seed is for ε and the pixels. */
    public Dl4jConvVae(List<Tensor> weights, double beta, long seed, double learningRate) {
        this(Weights.columns(weights, 4, "Dl4jConvVae") / 2, beta, seed, learningRate);
        weights(weights);
    }

    /** The encoder as DL4J's configuration. */
    public static MultiLayerConfiguration encoder(int latents, long seed, double learningRate) {
        return configuration(seed, learningRate)
                .layer(Dl4jConvAutoencoder.convolution(16)) // [N,16,14,14]
                .layer(Dl4jConvAutoencoder.convolution(32)) // [N,32,7,7]
                .layer(Dl4jConvAutoencoder.dense(2 * latents, Activation.IDENTITY))
                .setInputType(InputType.convolutional(28, 28, 1))
                .build();
    }

    /** The decoder as DL4J's configuration. */
    public static MultiLayerConfiguration decoder(int latents, long seed, double learningRate) {
        return configuration(seed, learningRate)
                .layer(Dl4jConvAutoencoder.dense(32 * 7 * 7, Activation.RELU))
                .inputPreProcessor(1, new FeedForwardToCnnPreProcessor(7, 7, 32)) // [N,32,7,7]
                .layer(Dl4jConvAutoencoder.transposed(16, Activation.RELU)) // [N,16,14,14]
                .layer(Dl4jConvAutoencoder.transposed(1, Activation.IDENTITY)) // [N,1,28,28]
                .setInputType(InputType.feedForward(latents))
                .build();
    }

    private static NeuralNetConfiguration.ListBuilder configuration(long seed, double learningRate) {
        Nd4jRuntime.start();
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(learningRate, 0.9, 0.999, 1e-8))
                .weightInit(WeightInit.RELU) // normal, deviation √(2/inputs)
                .convolutionMode(ConvolutionMode.Truncate)
                .trainingWorkspaceMode(WorkspaceMode.NONE) // activations must outlive the walk forward
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .list();
    }

    @Override
    public int latents() {
        return latents;
    }

    @Override
    public Map<String, MultiLayerNetwork> networks() {
        Map<String, MultiLayerNetwork> both = new LinkedHashMap<>();
        both.put("encoder", encoder);
        both.put("decoder", decoder);
        return both;
    }

    // ---- weights ----

    @Override
    public List<Tensor> weights() {
        return both(Weights.of(encoder), Weights.of(decoder));
    }

    @Override
    public void weights(List<Tensor> weights) {
        Weights.requireShapes(weights(), weights);
        int first = Weights.of(encoder).size();
        Weights.copy(weights.subList(0, first), encoder);
        Weights.copy(weights.subList(first, weights.size()), decoder);
    }

    private static List<Tensor> both(List<Tensor> encoder, List<Tensor> decoder) {
        return Stream.concat(encoder.stream(), decoder.stream()).toList();
    }

    // ---- looking ----

    @Override
    public Tensor encode(Tensor x) {
        return Tensors.toTensor(encoder.output(Tensors.toNd4j(x), false));
    }

    @Override
    public Tensor decode(Tensor z) {
        return Tensors.toTensor(decoder.output(Tensors.toNd4j(z), false));
    }

    /** The mean loss of these pixels with this ε {@code [N,D]}. */
    public double loss(Tensor x, Tensor epsilon) {
        return walk(x, epsilon).loss();
    }

    /** Its gradients, in the order of {@link #weights()}. */
    public List<Tensor> gradients(Tensor x, Tensor epsilon) {
        Walk walk = walk(x, epsilon);
        return both(
                Weights.gradients(encoder, walk.encoder(), x.size(0)),
                Weights.gradients(decoder, walk.decoder(), x.size(0)));
    }

    private Walk walk(Tensor pixels, Tensor noise) {
        INDArray x = Tensors.toNd4j(pixels);
        INDArray epsilon = Tensors.toNd4j(noise);

        // forward
        INDArray statistics = ExternalErrors.forward(encoder, x);
        INDArray logits = ExternalErrors.forward(decoder, Elbo.sample(statistics, epsilon));
        double loss = (CrossEntropy.of(logits, x) + beta * Elbo.divergence(statistics)) / x.size(0);

        // backward
        Pair<Gradient, INDArray> decoded = ExternalErrors.backward(decoder, CrossEntropy.gradient(logits, x));
        INDArray dZ = decoded.getSecond();
        Pair<Gradient, INDArray> encoded =
                ExternalErrors.backward(encoder, Elbo.statisticsGradient(dZ, statistics, epsilon, beta));
        return new Walk(loss, encoded.getFirst(), decoded.getFirst());
    }

    // ---- learning ----

    /** Learns from one batch, whose pixels are made black or white by chance. */
    @Override
    public double step(Batch batch) {
        Tensor epsilon = Tensor.zeros(batch.size(), latents);
        Noise.normal(noise, epsilon);
        Walk walk = walk(Dl4jVariational.blackOrWhite(batch.x(), binarisation), epsilon);
        FiniteGradients.require(walk.loss(), walk.encoder());
        FiniteGradients.require(walk.loss(), walk.decoder());
        ExternalErrors.step(encoder, walk.encoder(), batch.size());
        ExternalErrors.step(decoder, walk.decoder(), batch.size());
        return walk.loss();
    }

    @Override
    public void learningRate(double rate) {
        Rate.set(encoder, rate);
        Rate.set(decoder, rate);
    }
}
