package atelier.dl4j;

import atelier.tensor.Tensor;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The kit's dense autoencoder in DL4J: 784-64-32-D-32-64-784, ReLU between, the code bare, pixels from a sigmoid, trained end
 * to end.
 *
 * <p>Walk-through: notebooks/11-vae-in-dl4j.
 */
public final class Dl4jAutoencoder implements Dl4jReconstructor {

    private static final int PIXELS = 28 * 28;

    private final MultiLayerNetwork net;

    /** A network with random weights from DL4J's own generator. */
    public Dl4jAutoencoder(int codeSize, long seed, double learningRate) {
        net = new MultiLayerNetwork(architecture(codeSize, seed, learningRate));
        net.init();
        net.setListeners(new FiniteGradients());
    }

    /** A network with these weights: encoder1.weight, encoder1.bias … decoder3.bias. */
    public Dl4jAutoencoder(List<Tensor> weights, double learningRate) {
        this(Weights.columns(weights, 4, "Dl4jAutoencoder"), 0, learningRate);
        weights(weights);
    }

    /** The architecture as DL4J's configuration. */
    public static MultiLayerConfiguration architecture(int codeSize, long seed, double learningRate) {
        Nd4jRuntime.start();
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(learningRate, 0.9, 0.999, 1e-8))
                .weightInit(WeightInit.RELU) // normal, deviation √(2/inputs)
                .list()
                .layer(dense(64, Activation.RELU))
                .layer(dense(32, Activation.RELU))
                .layer(dense(codeSize, Activation.IDENTITY))
                .layer(dense(32, Activation.RELU))
                .layer(dense(64, Activation.RELU))
                .layer(new OutputLayer.Builder(LossFunction.L2) // the sum over the pixels
                        .nOut(PIXELS)
                        .activation(Activation.SIGMOID)
                        .build())
                .setInputType(InputType.feedForward(PIXELS))
                .build();
    }

    private static DenseLayer dense(int outputs, Activation activation) {
        return new DenseLayer.Builder().nOut(outputs).activation(activation).build();
    }

    @Override
    public MultiLayerNetwork network() {
        return net;
    }

    @Override
    public int encoderLayers() {
        return 3;
    }

    /** {@code [N,784]}: a dense layer of DL4J takes rows. */
    @Override
    public INDArray images(Tensor x) {
        return Tensors.toNd4j(x.reshape(x.size(0), PIXELS));
    }
}
