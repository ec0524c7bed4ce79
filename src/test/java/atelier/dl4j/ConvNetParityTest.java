package atelier.dl4j;

import static atelier.dl4j.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import atelier.data.Batch;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.loss.SoftmaxCrossEntropy;
import atelier.model.ConvNet;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kit's network and DL4J's, holding the same weights. */
@Tag("dl4j")
class ConvNetParityTest {

    private static final double RATE = 1e-3;

    private final RandomStream random = RandomStream.seed(20);
    private final ConvNet ours = withBiases(new ConvNet(random.split(1)), random.split(2));
    private final Dl4jConvNet theirs = new Dl4jConvNet(values(ours), RATE);
    private final SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();

    @Test
    void logitsAndProbabilitiesAreTheSame() {
        Batch batch = batch(7, random);
        Tensor logits = ours.forward(batch.x(), Mode.INFER).copy();
        assertClose(logits, theirs.logits(batch.x()), 1e-5, "logits");
        loss.forward(logits, batch.labels());
        assertClose(loss.probabilities(), theirs.probabilities(batch.x()), 1e-5, "probabilities");
    }

    @Test
    void theLossIsTheSame() {
        Batch batch = batch(7, random);
        double expected = loss.forward(ours.forward(batch.x(), Mode.TRAIN), batch.labels());
        assertEquals(expected, theirs.loss(batch), 1e-5 * expected);
    }

    @Test
    void everyGradientIsTheSame() {
        Batch batch = batch(7, random);
        backward(batch);
        List<Tensor> gradients = theirs.gradients(batch);
        for (int i = 0; i < gradients.size(); i++) {
            Parameter p = ours.parameters().get(i);
            assertClose(p.gradient(), gradients.get(i), 1e-5, p.name());
        }
        assertEquals(8, gradients.size());
    }

    @Test
    void dl4jKeepsTheSumOverTheBatchAndNotTheMean() {
        Batch batch = batch(4, random);
        Tensor mean = theirs.gradients(batch).get(7); // dense2.bias
        Tensor sum = Tensors.toTensor(theirs.network().gradient().getGradientFor("5_b"));
        for (int k = 0; k < 10; k++) {
            assertEquals(4 * mean.at(k), sum.data()[k], 1e-6);
        }
    }

    /** DL4J's ε counts as ε/√(1−β₂ᵗ): with that one the first step is the same everywhere, also where gradients are tiny. */
    @Test
    void theFirstStepOfAdamIsTheSameWhenEpsilonIs() {
        Batch batch = batch(32, random);
        Adam adam = new Adam(ours.parameters(), RATE, 0.9, 0.999, 1e-8 / Math.sqrt(1 - 0.999));
        theirs.step(batch);
        backward(batch);
        adam.step();
        List<Tensor> weights = theirs.weights();
        for (int i = 0; i < weights.size(); i++) {
            float[] mine = ours.parameters().get(i).value().data();
            float[] other = weights.get(i).data();
            for (int j = 0; j < mine.length; j++) {
                assertEquals(
                        mine[j], other[j], 0.05 * RATE, ours.parameters().get(i).name() + " at " + j);
            }
        }
    }

    /** Rounding grows from step to step: a number that rounds to the other side of a ReLU changes a whole gradient. */
    @Test
    void theNetworksStayTogetherForFiveStepsOfAdam() {
        Adam adam = new Adam(ours.parameters(), RATE);
        Batch batch = batch(32, random);
        for (int step = 1; step <= 5; step++) {
            double expected = backward(batch);
            adam.step();
            assertEquals(expected, theirs.step(batch), 1e-3 * expected, "loss before step " + step);
        }
        Batch unseen = batch(16, random);
        assertClose(ours.forward(unseen.x(), Mode.INFER), theirs.logits(unseen.x()), 1e-2, "logits");
    }

    @Test
    void weightsGoThereAndBack() {
        List<Tensor> back = theirs.weights();
        for (int i = 0; i < back.size(); i++) {
            Tensor mine = ours.parameters().get(i).value();
            assertArrayEquals(mine.shape(), back.get(i).shape());
            assertArrayEquals(mine.data(), back.get(i).data());
        }
    }

    private double backward(Batch batch) {
        double mean = loss.forward(ours.forward(batch.x(), Mode.TRAIN), batch.labels());
        ours.parameters().forEach(Parameter::zeroGradient);
        ours.backward(loss.backward());
        return mean;
    }

    /** Biases start at 0, which would hide a bias that is lost or in the wrong place. */
    static ConvNet withBiases(ConvNet net, RandomStream random) {
        for (Parameter p : net.parameters()) {
            if (p.value().rank() == 1) {
                random.fillNormal(p.value().data(), 0, p.value().length(), 0.1);
            }
        }
        return net;
    }

    static List<Tensor> values(ConvNet net) {
        return net.parameters().stream().map(Parameter::value).toList();
    }

    static Batch batch(int n, RandomStream random) {
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = random.below(10);
        }
        return new Batch(Tensor.uniform(random, 0, 1, n, 1, 28, 28), labels, n);
    }
}
