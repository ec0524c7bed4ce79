package atelier.dl4j;

import atelier.data.Batch;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The kit's dense variational autoencoder as DL4J's one layer for it, {@code VariationalAutoencoder}: 784-400-(D, D) and
 * D-400-784, ReLU between.
 *
 * <pre>{@code
 * loss = −ln p(x|z) + KL(q(z|x) ‖ N(0,1))      z = μ + σ ⊙ ε           (V6 with β = 1: the layer has no β)
 * }</pre>
 *
 * <p>It learns by {@code pretrain}. DL4J draws ε from ND4J's one generator, which is global: its seed is set here before every
 * use, so a step depends on this model's seed alone, and ε can be had by drawing it again ({@link #epsilon}).
 *
 * <p>The encoder's last layer is one here, {@code [400,2D]}, and two in DL4J, for μ and for ℓ.
 *
 * <p>Walk-through: notebooks/11-vae-in-dl4j. Source: Kingma and Welling 2014, arXiv:1312.6114.
 */
public final class Dl4jVae implements Dl4jVariational {

    private static final int PIXELS = 28 * 28;
    private static final int HIDDEN = 400;
    private static final List<List<String>> KEYS = List.of(
            List.of("e0W"),
            List.of("e0b"),
            List.of("pZXMeanW", "pZXLogStd2W"),
            List.of("pZXMeanb", "pZXLogStd2b"),
            List.of("d0W"),
            List.of("d0b"),
            List.of("pXZW"),
            List.of("pXZb"));

    private final int latents;
    private final MultiLayerNetwork net;
    private final VariationalAutoencoder layer;
    private final RandomStream noise;
    private final RandomStream binarisation;

    /** A model with random weights from DL4J's own generator. */
    public Dl4jVae(int latents, long seed, double learningRate) {
        this.latents = latents;
        net = new MultiLayerNetwork(architecture(latents, 1, seed, learningRate));
        net.init();
        net.initGradientsView();
        net.setListeners(new FiniteGradients());
        layer = (VariationalAutoencoder) net.getLayer(0);
        noise = RandomStream.seed(seed).split(1);
        binarisation = RandomStream.seed(seed).split(2);
    }

    /** A model with these weights, encoder1.weight, encoder1.bias … decoder2.bias; the seed is for ε and the pixels. */
    public Dl4jVae(List<Tensor> weights, long seed, double learningRate) {
        this(Weights.columns(weights, 2, "Dl4jVae") / 2, seed, learningRate);
        weights(weights);
    }

    /** The architecture as DL4J's configuration; the loss is a mean over so many samples of z for each image. */
    public static MultiLayerConfiguration architecture(int latents, int samples, long seed, double learningRate) {
        Nd4jRuntime.start();
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(learningRate, 0.9, 0.999, 1e-8))
                .weightInit(WeightInit.RELU) // normal, deviation √(2/inputs)
                .list()
                .layer(new org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder.Builder()
                        .nOut(latents)
                        .encoderLayerSizes(HIDDEN)
                        .decoderLayerSizes(HIDDEN)
                        .activation(Activation.RELU)
                        .pzxActivationFunction(Activation.IDENTITY) // of μ and of ℓ
                        .reconstructionDistribution(new BernoulliReconstructionDistribution(Activation.SIGMOID))
                        .numSamples(samples)
                        .build())
                .setInputType(InputType.feedForward(PIXELS))
                .build();
    }

    /** DL4J's own network, of this one layer. */
    public MultiLayerNetwork network() {
        return net;
    }

    /** DL4J's own layer, for {@code generateAtMeanGivenZ}, {@code reconstructionLogProbability} and whatever else it can do. */
    public VariationalAutoencoder layer() {
        return layer;
    }

    @Override
    public int latents() {
        return latents;
    }

    @Override
    public Map<String, MultiLayerNetwork> networks() {
        return Map.of("vae", net);
    }

    // ---- weights ----

    @Override
    public List<Tensor> weights() {
        return inOurOrder(layer::getParam);
    }

    @Override
    public void weights(List<Tensor> weights) {
        Weights.requireShapes(weights(), weights);
        for (int i = 0; i < KEYS.size(); i++) {
            INDArray value = Tensors.toNd4j(weights.get(i));
            long from = 0;
            for (String key : KEYS.get(i)) {
                INDArray part = layer.getParam(key);
                long to = from + part.size(-1);
                INDArrayIndex columns = NDArrayIndex.interval(from, to);
                part.assign(value.rank() == 1 ? value.get(columns) : value.get(NDArrayIndex.all(), columns));
                from = to;
            }
        }
    }

    /** The encoder's two last layers side by side. */
    private static List<Tensor> inOurOrder(Function<String, INDArray> byName) {
        List<Tensor> tensors = new ArrayList<>();
        for (List<String> keys : KEYS) {
            INDArray[] parts = keys.stream().map(byName).toArray(INDArray[]::new);
            tensors.add(Tensors.toTensor(Nd4j.concat(parts[0].rank() - 1, parts)));
        }
        return tensors;
    }

    // ---- looking ----

    /** μ and ℓ; the layer itself gives only μ, as its activation. */
    @Override
    public Tensor encode(Tensor x) {
        INDArray hidden = affine(rows(x), "e0W", "e0b");
        Transforms.relu(hidden, false);
        return Tensors.toTensor(
                Nd4j.hstack(affine(hidden, "pZXMeanW", "pZXMeanb"), affine(hidden, "pZXLogStd2W", "pZXLogStd2b")));
    }

    @Override
    public Tensor decode(Tensor z) {
        INDArray hidden = affine(Tensors.toNd4j(z), "d0W", "d0b");
        Transforms.relu(hidden, false);
        return Tensors.toTensor(affine(hidden, "pXZW", "pXZb")).reshape(z.size(0), 1, 28, 28);
    }

    private INDArray affine(INDArray x, String weight, String bias) {
        return x.mmul(layer.getParam(weight)).addiRowVector(layer.getParam(bias));
    }

    /**
     * {@code reconstructionLogProbability}: the mean over some samples z ~ q(z|x) of ln p(x|z), for each image {@code [N]}, in
     * nats.
     *
     * <p>In spite of its name it is no estimate of ln p(x): it is the ELBO's first term alone, without the divergence, and
     * more samples make it steadier and not tighter.
     */
    public Tensor reconstructionLogProbability(Tensor x, int samples, long seed) {
        Nd4j.getRandom().setSeed(seed);
        return Tensors.toTensor(layer.reconstructionLogProbability(rows(x), samples))
                .reshape(x.size(0));
    }

    /** The ε that DL4J draws for a batch of n images after this seed. */
    public Tensor epsilon(long seed, int n) {
        Nd4j.getRandom().setSeed(seed);
        return Tensors.toTensor(Nd4j.randn(DataType.FLOAT, n, latents));
    }

    /** The mean over the batch of the negative ELBO of these pixels, with the ε of this seed. */
    public double loss(Tensor x, long seed) {
        backward(x, seed);
        return layer.score();
    }

    /** Its gradients, in the order of {@link #weights()}. */
    public List<Tensor> gradients(Tensor x, long seed) {
        backward(x, seed);
        return inOurOrder(key -> layer.gradient().getGradientFor(key).div(x.size(0)));
    }

    private void backward(Tensor x, long seed) {
        Nd4j.getRandom().setSeed(seed);
        layer.setInput(rows(x), LayerWorkspaceMgr.noWorkspaces());
        layer.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
    }

    // ---- learning ----

    /**
     * Learns from one batch, whose pixels are made black or white by chance: DL4J's {@code pretrain} of its layer. ({@code fit}
     * would train a classifier behind the layer's μ and leave the decoder alone.)
     */
    @Override
    public double step(Batch batch) {
        Tensor x = Dl4jVariational.blackOrWhite(batch.x(), binarisation);
        Nd4j.getRandom().setSeed(noise.bits());
        net.pretrainLayer(0, rows(x));
        return layer.score(); // net.score() is not touched by pretrain
    }

    @Override
    public void learningRate(double rate) {
        Rate.set(net, rate);
    }

    private static INDArray rows(Tensor x) {
        return Tensors.toNd4j(x.reshape(x.size(0), PIXELS));
    }
}
