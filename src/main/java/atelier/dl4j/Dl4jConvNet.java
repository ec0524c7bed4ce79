package atelier.dl4j;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The kit's convolutional network in DL4J: the same layers, first weights of the same distribution (He), the same loss, and Adam.
 *
 * <pre>{@code
 * w ← w − η · √(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√v + ε)                          (U4 as DL4J has it)
 * }</pre>
 *
 * <p>That is the form at the end of section 2 of the paper. Algorithm 1, which the kit follows, divides by
 * {@code √(v/(1−β₂ᵗ)) + ε}: DL4J's ε acts as {@code ε/√(1−β₂ᵗ)}, 32 times as large in the first step. It shows only where a
 * gradient is about as small as ε.
 *
 * <p>Shapes: images {@code [N,1,28,28]} in [0,1]; probabilities and logits {@code [N,10]}.
 *
 * <p>DL4J calls cross-correlation convolution, as everybody does, and flattens C, H, W as the kit does, so weights need
 * copying and no rearranging.
 *
 * <p>Walk-through: notebooks/06-convnet-in-dl4j. Source: Kingma and Ba 2015, arXiv:1412.6980.
 */
public final class Dl4jConvNet implements Dl4jModel {

    private static final int CLASSES = 10;
    private static final int EVALUATED_AT_ONCE = 250;

    private final MultiLayerNetwork net;

    /** A network with random weights from DL4J's own generator. */
    public Dl4jConvNet(long seed, double learningRate) {
        net = new MultiLayerNetwork(architecture(seed, learningRate));
        net.init();
        net.setListeners(new FiniteGradients());
    }

    /** A network with these weights: conv1.weight, conv1.bias, conv2.weight … dense2.bias. */
    public Dl4jConvNet(List<Tensor> weights, double learningRate) {
        this(0, learningRate);
        weights(weights);
    }

    /** The architecture as DL4J's configuration. */
    public static MultiLayerConfiguration architecture(long seed, double learningRate) {
        Nd4jRuntime.start();
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(learningRate, 0.9, 0.999, 1e-8))
                .weightInit(WeightInit.RELU) // normal, deviation √(2/inputs)
                .convolutionMode(ConvolutionMode.Truncate) // I = ⌊(H − R)/s⌋ + 1
                .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
                .list()
                .layer(convolution(16)) // [N,16,24,24]
                .layer(maxPool()) // [N,16,12,12]
                .layer(convolution(32)) // [N,32,8,8]
                .layer(maxPool()) // [N,32,4,4]
                .layer(new DenseLayer.Builder()
                        .nOut(128)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build();
    }

    private static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(5, 5)
                .nOut(channels)
                .activation(Activation.RELU)
                .build();
    }

    private static SubsamplingLayer maxPool() {
        return new SubsamplingLayer.Builder(PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    /** DL4J's own network, to do with it whatever DL4J can do. */
    public MultiLayerNetwork network() {
        return net;
    }

    @Override
    public Map<String, MultiLayerNetwork> networks() {
        return Map.of("convnet", net);
    }

    // ---- weights ----

    /** Copies of all weights, in the order conv1.weight, conv1.bias … dense2.bias. */
    @Override
    public List<Tensor> weights() {
        return Weights.of(net);
    }

    @Override
    public void weights(List<Tensor> weights) {
        Weights.copy(weights, net);
    }

    // ---- looking ----

    /** (S1), {@code [N,10]}. */
    public Tensor probabilities(Tensor x) {
        try (INDArray images = Tensors.toNd4j(x);
                INDArray p = net.output(images, false)) {
            return Tensors.toTensor(p);
        }
    }

    /** The scores before softmax, {@code [N,10]}; DL4J keeps them to itself, so the last product is done here. */
    public Tensor logits(Tensor x) {
        int last = net.getnLayers() - 1;
        INDArray hidden =
                net.feedForwardToLayer(last - 1, Tensors.toNd4j(x), false).get(last);
        return Tensors.toTensor(hidden.mmul(net.getParam(last + "_W")).addiRowVector(net.getParam(last + "_b")));
    }

    /** (S2), the mean over the batch. */
    public double loss(Batch batch) {
        backward(batch);
        return net.score();
    }

    /** The gradients of the mean loss, in the order of {@link #weights()}. */
    public List<Tensor> gradients(Batch batch) {
        backward(batch);
        return Weights.gradients(net, batch.size());
    }

    private void backward(Batch batch) {
        net.setInput(Tensors.toNd4j(batch.x()));
        net.setLabels(oneHot(batch));
        net.computeGradientAndScore();
    }

    /**
     * How good it is on images that it does not learn from: {@code test_loss} and {@code test_accuracy}.
     *
     * @throws InterruptedException when the thread was interrupted; nothing has changed
     */
    @Override
    public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
        Batches batches = Batches.inOrder(test, EVALUATED_AT_ONCE);
        double loss = 0;
        int right = 0;
        for (int i = 0; i < batches.count(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Dl4jConvNet.evaluate was interrupted.");
            }
            Batch batch = batches.batch(i);
            Tensor p = probabilities(batch.x());
            for (int n = 0; n < batch.size(); n++) {
                int label = batch.labels()[n];
                loss -= Math.log(Math.max(p.at(n, label), 1e-10)); // clipped as DL4J does
                right += likeliest(p, n) == label ? 1 : 0;
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("test_loss", loss / test.count());
        metrics.put("test_accuracy", (double) right / test.count());
        return metrics;
    }

    private static int likeliest(Tensor p, int n) {
        int best = 0;
        for (int k = 1; k < CLASSES; k++) {
            best = p.at(n, k) > p.at(n, best) ? k : best;
        }
        return best;
    }

    // ---- learning ----

    /**
     * Learns from one batch: DL4J's {@code fit}, which is forward, loss, backward and one step of Adam.
     *
     * <p>Do not call {@code network().clear()} between two steps: it throws Adam's memory away with the inputs, and DL4J goes
     * on, worse, without a word.
     *
     * @return the mean loss of the batch, before the step
     * @throws ArithmeticException before anything was changed, when the loss or a gradient is not a finite number
     */
    @Override
    public double step(Batch batch) {
        net.fit(Tensors.toNd4j(batch.x()), oneHot(batch));
        return net.score();
    }

    @Override
    public void learningRate(double rate) {
        Rate.set(net, rate);
    }

    private static INDArray oneHot(Batch batch) {
        return Tensors.oneHot(batch.labels(), batch.size(), CLASSES);
    }
}
