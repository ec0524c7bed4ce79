package atelier.dl4j;

import static atelier.dl4j.AutoencoderParityTest.values;
import static atelier.dl4j.AutoencoderParityTest.withBiases;
import static atelier.dl4j.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.layer.Mode;
import atelier.loss.BinaryCrossEntropy;
import atelier.loss.GaussianKl;
import atelier.model.Vae;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What DL4J's {@code VariationalAutoencoder} layer does, and what one might think that it does. */
@Tag("dl4j")
class Dl4jVaeTest {

    private static final int N = 5;

    private final Vae ours = withBiases(Vae.dense(20, RandomStream.seed(50)), RandomStream.seed(51));
    private final Dl4jVae theirs = new Dl4jVae(values(ours), 1, 1e-3);
    private final Batch batch = ConvNetParityTest.batch(N, RandomStream.seed(52));
    private final Tensor x = pixels();
    private final INDArray rows = Tensors.toNd4j(x.reshape(N, 784));

    private Tensor pixels() {
        Tensor pixels = Tensor.zeros(batch.x().shape());
        Noise.bernoulli(RandomStream.seed(53), batch.x(), pixels);
        return pixels;
    }

    // ---- pretrain and fit ----

    @Test
    void fitRefusesANetworkWithoutAnOutputLayer() {
        assertThrows(DL4JException.class, () -> theirs.network().fit(rows, rows));
    }

    @Test
    void fitBehindAnOutputLayerMovesTheEncoderAndLeavesTheDecoderAlone() {
        MultiLayerNetwork classifier = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder.Builder()
                        .nOut(3)
                        .encoderLayerSizes(6)
                        .decoderLayerSizes(6)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.L2)
                        .nOut(784)
                        .activation(Activation.SIGMOID)
                        .build())
                .setInputType(InputType.feedForward(784))
                .build());
        classifier.init();
        MultiLayerNetwork before = classifier.clone();
        classifier.fit(rows, rows);
        for (String trained : List.of("e0W", "pZXMeanW")) {
            assertNotEquals(before.getParam("0_" + trained), classifier.getParam("0_" + trained), trained);
        }
        for (String untouched : List.of("pZXLogStd2W", "d0W", "pXZW")) {
            assertEquals(before.getParam("0_" + untouched), classifier.getParam("0_" + untouched), untouched);
        }
    }

    @Test
    void pretrainKeepsItsScoreCountAndMemoryInTheLayerAndNotInTheNetwork() {
        double loss = theirs.step(batch);
        assertTrue(loss > 0);
        assertEquals(0, theirs.network().score());
        assertEquals(0, theirs.network().getIterationCount());
        assertEquals(1, theirs.layer().conf().getIterationCount());
        assertEquals(0, largest(theirs.network().getUpdater()));
        assertTrue(largest(theirs.layer().getOptimizer().getUpdater()) > 0);
    }

    private static double largest(org.deeplearning4j.nn.api.Updater updater) {
        return updater.getStateViewArray().amaxNumber().doubleValue();
    }

    @Test
    void theLayersGradientIsTheSumOverTheBatch() {
        Tensor mean = theirs.gradients(x, 3).get(7);
        Tensor sum = Tensors.toTensor(theirs.layer().gradient().getGradientFor("pXZb"));
        for (int i = 0; i < 784; i++) {
            assertEquals(N * mean.at(i), sum.at(i), 1e-5);
        }
    }

    // ---- ε ----

    @Test
    void everyConfigurationWithASeedRewindsTheOneGeneratorOfThemAll() {
        Nd4j.getRandom().setSeed(7);
        INDArray first = Nd4j.randn(DataType.FLOAT, 4);
        Nd4j.randn(DataType.FLOAT, 4);
        new NeuralNetConfiguration.Builder().seed(7); // somewhere else in the program
        assertEquals(first, Nd4j.randn(DataType.FLOAT, 4));
    }

    @Test
    void aStepDependsOnTheModelsOwnSeedAndNotOnOtherModels() {
        Dl4jVae again = new Dl4jVae(values(ours), 1, 1e-3);
        double expected = theirs.step(batch);
        new Dl4jVae(20, 99, 1e-3).step(batch);
        assertEquals(expected, again.step(batch), 1e-6 * expected);
    }

    @Test
    void severalSamplesAreTheMeanOverSuccessiveEpsilons() {
        MultiLayerNetwork two = new MultiLayerNetwork(Dl4jVae.architecture(20, 2, 1, 1e-3));
        two.init();
        two.initGradientsView();
        VariationalAutoencoder layer = (VariationalAutoencoder) two.getLayer(0);
        layer.setParams(theirs.layer().params());
        Nd4j.getRandom().setSeed(8);
        layer.setInput(rows, LayerWorkspaceMgr.noWorkspaces());
        layer.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
        Tensor both = Tensors.toTensor(layer.gradient().getGradientFor("e0W").div(N));

        Tensor[] epsilons = epsilons(8, 2);
        Tensor mean = Tensor.zeros(784, 400);
        for (Tensor epsilon : epsilons) {
            Tensor one = ourFirstGradient(epsilon);
            for (int i = 0; i < one.length(); i++) {
                mean.data()[i] += one.data()[i] / 2;
            }
        }
        assertClose(mean, both, 1e-5, "the gradient of e0W");
    }

    private Tensor ourFirstGradient(Tensor epsilon) {
        BinaryCrossEntropy loss = new BinaryCrossEntropy();
        GaussianKl kl = new GaussianKl();
        loss.forward(ours.forward(x, new int[0], epsilon, Mode.TRAIN), x);
        kl.forward(ours.statistics());
        ours.parameters().forEach(p -> p.zeroGradient());
        ours.backward(loss.backward(), kl.backward(1));
        return ours.parameters().get(0).gradient();
    }

    private static Tensor[] epsilons(long seed, int samples) {
        Nd4j.getRandom().setSeed(seed);
        Tensor[] epsilons = new Tensor[samples];
        for (int k = 0; k < samples; k++) {
            epsilons[k] = Tensors.toTensor(Nd4j.randn(DataType.FLOAT, N, 20));
        }
        return epsilons;
    }

    // ---- what it says of images ----

    @Test
    void theLayersActivationIsTheMeanOfTheCodeAndNoImage() {
        Tensor mu = Tensors.toTensor(theirs.network().output(rows, false));
        Tensor statistics = theirs.encode(x);
        assertArrayEquals(new int[] {N, 20}, mu.shape());
        for (int d = 0; d < 20; d++) {
            assertEquals(statistics.at(2, d), mu.at(2, d), 1e-5);
        }
    }

    @Test
    void generateAtMeanGivenZIsTheProbabilityOfWhite() {
        Tensor z = Tensor.normal(RandomStream.seed(4), 1, N, 20);
        Tensor p = Tensors.toTensor(theirs.layer().generateAtMeanGivenZ(Tensors.toNd4j(z)));
        assertClose(theirs.pixels(z), p.reshape(N, 1, 28, 28), 1e-5, "pixels");
    }

    /** The mean of ln p(x|z): the ELBO without its divergence, and no bound on ln p(x) that more samples would tighten. */
    @Test
    void reconstructionLogProbabilityIsTheReconstructionTermOfTheElboAlone() {
        Tensor actual = theirs.reconstructionLogProbability(x, 3, 8);
        double[] expected = new double[N];
        BinaryCrossEntropy loss = new BinaryCrossEntropy();
        for (Tensor epsilon : epsilons(8, 3)) {
            loss.forward(ours.forward(x, new int[0], epsilon, Mode.INFER), x);
            for (int n = 0; n < N; n++) {
                expected[n] -= loss.perImage()[n] / 3;
            }
        }
        for (int n = 0; n < N; n++) {
            assertEquals(expected[n], actual.at(n), 1e-5 * -expected[n]);
        }
    }

    @Test
    void theElboIsReconstructionLogProbabilityMinusTheDivergence() {
        Tensor logProbability = theirs.reconstructionLogProbability(x, 1, 8);
        GaussianKl kl = new GaussianKl();
        double elbo = -kl.forward(theirs.encode(x));
        for (int n = 0; n < N; n++) {
            elbo += logProbability.at(n) / N;
        }
        assertEquals(-elbo, theirs.loss(x, 8), 1e-5 * -elbo);
    }

    @Test
    void reconstructionProbabilityIsZeroWhereItsLogarithmIsBelowMinus745() {
        List<Tensor> weights = theirs.weights();
        weights.get(7).fill(-5); // black, says the decoder
        theirs.weights(weights);
        INDArray white = Nd4j.ones(1, 784);
        assertTrue(theirs.layer().reconstructionLogProbability(white, 1).getDouble(0) < -745);
        assertEquals(0, theirs.layer().reconstructionProbability(white, 1).getDouble(0));
    }

    /** Single precision rounds σ(20) to 1: ln(1 − 1) is set to 0, and so is the gradient, 0/0. */
    @Test
    void anUtterlyWrongPixelCostsNothingInDl4jAndTeachesNothing() {
        var theirLoss = new BernoulliReconstructionDistribution(Activation.SIGMOID);
        INDArray black = Nd4j.zeros(DataType.FLOAT, 1, 1);
        INDArray logit = Nd4j.createFromArray(new float[][] {{20}});
        assertEquals(0, theirLoss.negLogProbability(black, logit, true), 1e-12);
        assertEquals(0, theirLoss.gradient(black, logit).getDouble(0), 1e-12);

        BinaryCrossEntropy ourLoss = new BinaryCrossEntropy();
        Tensor y = Tensor.filled(20, 1, 1, 1, 1);
        assertEquals(20, ourLoss.forward(y, Tensor.zeros(1, 1, 1, 1)), 1e-6);
        assertEquals(1, ourLoss.backward().at(0, 0, 0, 0), 1e-6);
    }

    // ---- the learning rate ----

    @Test
    void theLearningRateReachesThePretraining() {
        theirs.step(batch);
        double usual = change();
        theirs.learningRate(1e-2);
        assertTrue(change() > 5 * usual);
        theirs.learningRate(1e-5);
        assertTrue(change() < usual / 5);
    }

    private double change() {
        Tensor before = theirs.weights().get(7);
        theirs.step(batch);
        Tensor after = theirs.weights().get(7);
        double largest = 0;
        for (int i = 0; i < before.length(); i++) {
            largest = Math.max(largest, Math.abs(after.at(i) - before.at(i)));
        }
        return largest;
    }
}
