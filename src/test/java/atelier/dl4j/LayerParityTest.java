package atelier.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.layer.AvgPool2d;
import atelier.layer.BatchNorm;
import atelier.layer.Conv2d;
import atelier.layer.ConvTranspose2d;
import atelier.layer.Dense;
import atelier.layer.Dropout;
import atelier.layer.GlobalAvgPool2d;
import atelier.layer.Layer;
import atelier.layer.LeakyRelu;
import atelier.layer.MaxPool2d;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.layer.Relu;
import atelier.layer.Sigmoid;
import atelier.layer.Tanh;
import atelier.layer.Upsample2d;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Each from-scratch layer and DL4J's, with the same parameters, input and upstream gradient: the same output and gradients. */
@Tag("dl4j")
class LayerParityTest {

    private static final InputType IMAGES = InputType.convolutional(9, 11, 3); // H, W, C

    private final RandomStream random = RandomStream.seed(12);
    private final Tensor images = Tensor.normal(random, 1, 2, 3, 9, 11);

    @ParameterizedTest
    @CsvSource({"3,1,0,1", "3,2,0,1", "3,1,2,1", "3,2,1,1", "3,1,0,2", "2,3,2,3", "1,1,0,1"})
    void convolutionIsTheSame(int size, int stride, int padding, int dilation) {
        Conv2d ours = new Conv2d("conv", Tensor.zeros(4, 3, size, size), Tensor.zeros(4), stride, padding, dilation);
        ConvolutionLayer theirs = new ConvolutionLayer.Builder(size, size)
                .nOut(4)
                .stride(stride, stride)
                .padding(padding, padding)
                .dilation(dilation, dilation)
                .convolutionMode(ConvolutionMode.Truncate)
                .activation(Activation.IDENTITY)
                .build();
        new OneLayer(theirs, IMAGES).assertSameAs(ours, images, random);
    }

    /** DL4J calls it deconvolution; both hold its weights as [C_in,C_out,R,R]. */
    @ParameterizedTest
    @CsvSource({"4,2,1", "3,2,1", "3,1,0", "2,2,0", "2,3,0", "5,2,2"})
    void transposedConvolutionIsTheSame(int size, int stride, int padding) {
        ConvTranspose2d ours =
                new ConvTranspose2d("convT", Tensor.zeros(3, 4, size, size), Tensor.zeros(4), stride, padding);
        Deconvolution2D theirs = new Deconvolution2D.Builder(size, size)
                .nOut(4)
                .stride(stride, stride)
                .padding(padding, padding)
                .convolutionMode(ConvolutionMode.Truncate)
                .activation(Activation.IDENTITY)
                .build();
        new OneLayer(theirs, IMAGES).assertSameAs(ours, images, random);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void nearestNeighbourUpsamplingIsTheSame(int factor) {
        new OneLayer(new Upsampling2D.Builder(factor).build(), IMAGES)
                .assertSameAs(new Upsample2d(factor), images, random);
    }

    @ParameterizedTest
    @CsvSource({"2,2", "3,2", "3,1", "2,3"})
    void maxAndAveragePoolingAreTheSame(int size, int stride) {
        pooling(PoolingType.MAX, size, stride).assertSameAs(new MaxPool2d(size, stride), images, random);
        pooling(PoolingType.AVG, size, stride).assertSameAs(new AvgPool2d(size, stride), images, random);
    }

    private static OneLayer pooling(PoolingType type, int size, int stride) {
        return new OneLayer(
                new SubsamplingLayer.Builder(type)
                        .kernelSize(size, size)
                        .stride(stride, stride)
                        .convolutionMode(ConvolutionMode.Truncate)
                        .build(),
                IMAGES);
    }

    @Test
    void globalAveragePoolingIsTheSame() {
        new OneLayer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), IMAGES)
                .assertSameAs(new GlobalAvgPool2d(), images, random);
    }

    @Test
    void aDenseLayerIsTheSame() {
        DenseLayer theirs =
                new DenseLayer.Builder().nOut(5).activation(Activation.IDENTITY).build();
        new OneLayer(theirs, InputType.feedForward(7))
                .assertSameAs(
                        new Dense("dense", Tensor.zeros(7, 5), Tensor.zeros(5)),
                        Tensor.normal(random, 1, 6, 7),
                        random);
    }

    @Test
    void activationsAreTheSame() {
        assertActivation(new Relu(), new ActivationReLU());
        assertActivation(new LeakyRelu(0.2), new ActivationLReLU(0.2));
        assertActivation(new Sigmoid(), new ActivationSigmoid());
        assertActivation(new Tanh(), new ActivationTanH());
    }

    private void assertActivation(Layer ours, IActivation theirs) {
        new OneLayer(new ActivationLayer.Builder().activation(theirs).build(), IMAGES)
                .assertSameAs(ours, images, random);
    }

    @Test
    void batchNormalisationOfImagesIsTheSame() {
        OneLayer theirs = new OneLayer(batchNorm(), IMAGES);
        BatchNorm ours = new BatchNorm("norm", 3);
        theirs.assertSameAs(ours, images, random);
        for (Parameter buffer : ours.buffers()) {
            for (int c = 0; c < 3; c++) {
                buffer.value().set((float) (0.5 + random.uniform()), c);
            }
        }
        theirs.assertSameWhenInferring(ours, images);
    }

    @Test
    void batchNormalisationOfVectorsIsTheSame() {
        new OneLayer(batchNorm(), InputType.feedForward(4))
                .assertSameAs(new BatchNorm("norm", 4), Tensor.normal(random, 1, 16, 4), random);
    }

    private static BatchNormalization batchNorm() {
        return new BatchNormalization.Builder()
                .eps(1e-5)
                .useLogStd(false)
                .activation(Activation.IDENTITY)
                .build();
    }

    @Test
    void dropoutThatIsOffChangesNothing() {
        Tensor vectors = Tensor.normal(random, 1, 6, 7);
        new OneLayer(new DropoutLayer.Builder(0.7).build(), InputType.feedForward(7))
                .assertSameWhenInferring(new Dropout(0.3, random), vectors);
    }

    /** DL4J's number is the part that is kept, ours the part that is silenced. */
    @Test
    void dl4jsDropoutOfSevenTenthsSilencesThreeTenthsAndKeepsTheMean() {
        Tensor ones = Tensor.filled(1, 100, 100);
        Tensor theirs = new OneLayer(new DropoutLayer.Builder(0.7).build(), InputType.feedForward(100))
                .forward(ones, true, ones);
        for (Tensor y : new Tensor[] {theirs, new Dropout(0.3, random).forward(ones, Mode.TRAIN)}) {
            int silent = 0;
            for (float value : y.data()) {
                silent += value == 0 ? 1 : 0;
                assertTrue(value == 0 || Math.abs(value - 1 / 0.7f) < 1e-6);
            }
            assertEquals(0.3, silent / 1e4, 0.025);
        }
    }
}
