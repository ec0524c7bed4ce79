package atelier.dl4j;

import atelier.tensor.Tensor;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The kit's convolutional autoencoder in DL4J: two strided convolutions and a dense layer down to the code, a dense layer and
 * two transposed convolutions back.
 *
 * <pre>{@code
 * [1,28,28] → [16,14,14] → [32,7,7] → code [D] → [32,7,7] → [16,14,14] → [1,28,28]
 * }</pre>
 *
 * <p>DL4J calls the transposed convolution {@code Deconvolution2D}; its weights are {@code [C_in,C_out,R,R]} as ours, and
 * need no rearranging.
 *
 * <p>Walk-through: notebooks/11-vae-in-dl4j.
 */
public final class Dl4jConvAutoencoder implements Dl4jReconstructor {

    private final MultiLayerNetwork net;

    /** A network with random weights from DL4J's own generator. */
    public Dl4jConvAutoencoder(int codeSize, long seed, double learningRate) {
        net = new MultiLayerNetwork(architecture(codeSize, seed, learningRate));
        net.init();
        net.setListeners(new FiniteGradients());
    }

    /** A network with these weights, in the order of the kit's layers: convolutions, dense to and from the code, transposed. */
    public Dl4jConvAutoencoder(List<Tensor> weights, double learningRate) {
        this(Weights.columns(weights, 4, "Dl4jConvAutoencoder"), 0, learningRate);
        weights(weights);
    }

    /** The architecture as DL4J's configuration. */
    public static MultiLayerConfiguration architecture(int codeSize, long seed, double learningRate) {
        Nd4jRuntime.start();
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(learningRate, 0.9, 0.999, 1e-8))
                .weightInit(WeightInit.RELU) // normal, deviation √(2/inputs)
                .convolutionMode(ConvolutionMode.Truncate)
                .list()
                .layer(convolution(16)) // [N,16,14,14]
                .layer(convolution(32)) // [N,32,7,7]
                .layer(dense(codeSize, Activation.IDENTITY))
                .layer(dense(32 * 7 * 7, Activation.RELU))
                .inputPreProcessor(4, new FeedForwardToCnnPreProcessor(7, 7, 32)) // [N,32,7,7]
                .layer(transposed(16, Activation.RELU)) // [N,16,14,14]
                .layer(transposed(1, Activation.SIGMOID)) // [N,1,28,28]
                .layer(new CnnLossLayer.Builder(LossFunction.L2)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build();
    }

    /** Halves height and width. */
    static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(4, 4)
                .stride(2, 2)
                .padding(1, 1)
                .nOut(channels)
                .activation(Activation.RELU)
                .build();
    }

    static DenseLayer dense(int outputs, Activation activation) {
        return new DenseLayer.Builder().nOut(outputs).activation(activation).build();
    }

    /** Doubles height and width. */
    static Deconvolution2D transposed(int channels, Activation activation) {
        return new Deconvolution2D.Builder(4, 4)
                .stride(2, 2)
                .padding(1, 1)
                .nOut(channels)
                .activation(activation)
                .build();
    }

    @Override
    public MultiLayerNetwork network() {
        return net;
    }

    @Override
    public int encoderLayers() {
        return 3;
    }

    @Override
    public INDArray images(Tensor x) {
        return Tensors.toNd4j(x);
    }
}
