package atelier.dl4j;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The kit's generators and discriminators as DL4J's configurations.
 *
 * <p>Every generator makes {@code [N,1,28,28]} of {@code z [N,D]}, every discriminator a logit {@code [N,1]} of that; pixels are in
 * [−1,1] between them. None has a loss: it stands between the networks. Adam's β₁ is 0.5
 * and its β₂ 0.99, short memories for a goal that moves.
 */
public final class Dl4jPlayers {

    private static final InputType IMAGES = InputType.convolutional(28, 28, 1);

    private Dl4jPlayers() {}

    public static MultiLayerConfiguration denseGenerator(int latents, long seed, double learningRate) {
        return players(seed, learningRate)
                .weightInit(WeightInit.RELU) // normal, deviation √(2/inputs)
                .list()
                .layer(dense(256, leaky()))
                .layer(dense(512, leaky()))
                .layer(lastDense(784))
                .layer(activation(new ActivationTanH()))
                .inputPreProcessor(3, new FeedForwardToCnnPreProcessor(28, 28, 1)) // [N,1,28,28]
                .setInputType(InputType.feedForward(latents))
                .build();
    }

    public static MultiLayerConfiguration denseDiscriminator(long seed, double learningRate) {
        return players(seed, learningRate)
                .weightInit(WeightInit.RELU)
                .list()
                .layer(dense(512, leaky())) // DL4J flattens the images
                .layer(dense(256, leaky()))
                .layer(lastDense(1))
                .setInputType(IMAGES)
                .build();
    }

    /** DCGAN's: batch normalisation stands between a layer and its activation, which is a layer of its own then. */
    public static MultiLayerConfiguration generator(int latents, long seed, double learningRate) {
        return players(seed, learningRate)
                .weightInit(new NormalDistribution(0, 0.02))
                .list()
                .layer(dense(128 * 7 * 7, new ActivationIdentity()))
                .inputPreProcessor(1, new FeedForwardToCnnPreProcessor(7, 7, 128)) // [N,128,7,7]
                .layer(batchNorm())
                .inputPreProcessor(1, new FeedForwardToCnnPreProcessor(7, 7, 128)) // [N,128,7,7]
                .layer(activation(new ActivationReLU()))
                .layer(transposed(64, new ActivationIdentity())) // [N,64,14,14]
                .layer(batchNorm())
                .layer(activation(new ActivationReLU()))
                .layer(transposed(1, new ActivationTanH())) // [N,1,28,28]
                .setInputType(InputType.feedForward(latents))
                .build();
    }

    /** DCGAN's. */
    public static MultiLayerConfiguration discriminator(long seed, double learningRate) {
        return players(seed, learningRate)
                .weightInit(new NormalDistribution(0, 0.02))
                .list()
                .layer(convolution(64, leaky())) // [N,64,14,14]
                .layer(convolution(128, new ActivationIdentity())) // [N,128,7,7]
                .layer(batchNorm())
                .layer(activation(leaky()))
                .layer(dense(256, leaky()))
                .layer(dense(1, new ActivationIdentity()))
                .setInputType(IMAGES)
                .build();
    }

    private static NeuralNetConfiguration.Builder players(long seed, double learningRate) {
        Nd4jRuntime.start();
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(learningRate, 0.5, 0.99, 1e-8))
                .convolutionMode(ConvolutionMode.Truncate)
                .trainingWorkspaceMode(WorkspaceMode.NONE) // activations must outlive the walk forward
                .inferenceWorkspaceMode(WorkspaceMode.NONE);
    }

    // ---- layers ----

    private static DenseLayer dense(int outputs, IActivation activation) {
        return new DenseLayer.Builder().nOut(outputs).activation(activation).build();
    }

    /** Without an activation, and with Glorot's weights. */
    private static DenseLayer lastDense(int outputs) {
        return new DenseLayer.Builder()
                .nOut(outputs)
                .activation(new ActivationIdentity())
                .weightInit(WeightInit.XAVIER) // normal, deviation √(2/(inputs + outputs))
                .build();
    }

    /** Halves height and width. */
    private static ConvolutionLayer convolution(int channels, IActivation activation) {
        return new ConvolutionLayer.Builder(4, 4)
                .stride(2, 2)
                .padding(1, 1)
                .nOut(channels)
                .activation(activation)
                .build();
    }

    /** Doubles height and width. */
    private static Deconvolution2D transposed(int channels, IActivation activation) {
        return new Deconvolution2D.Builder(4, 4)
                .stride(2, 2)
                .padding(1, 1)
                .nOut(channels)
                .activation(activation)
                .build();
    }

    /** Its variance is kept as it is; DL4J's usual way is to keep the logarithm of its root. */
    private static BatchNormalization batchNorm() {
        return new BatchNormalization.Builder()
                .eps(1e-5)
                .decay(0.9)
                .useLogStd(false)
                .build();
    }

    private static ActivationLayer activation(IActivation activation) {
        return new ActivationLayer.Builder().activation(activation).build();
    }

    private static IActivation leaky() {
        return new ActivationLReLU(0.2);
    }
}
