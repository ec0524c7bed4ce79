package atelier.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.Dataset;
import atelier.data.Datasets;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.loss.SoftmaxCrossEntropy;
import atelier.model.ConvNet;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("dl4j")
class Dl4jTrainingTest {

    private static final Dataset DATA = Datasets.load("scribbles", 640).first(640, 200);

    @Test
    void itLearnsToReadScribbles() {
        Dl4jConvNet net = new Dl4jConvNet(1, 2e-3);
        List<Dl4jTraining.Epoch> epochs = new Dl4jTraining(net, DATA, 32, 1).fit(4);
        assertEquals(4, epochs.size());
        assertTrue(epochs.get(3).trainLoss() < epochs.get(0).trainLoss());
        assertTrue(epochs.get(3).testAccuracy() > 0.6, epochs.toString());
    }

    @Test
    void itSeesTheImagesInTheOrderOfOurOwnTraining() {
        RandomStream random = RandomStream.seed(6);
        ConvNet ours = ConvNetParityTest.withBiases(new ConvNet(random.split(1)), random.split(2));
        Dl4jConvNet theirs = new Dl4jConvNet(ConvNetParityTest.values(ours), 1e-3);
        Adam adam = new Adam(ours.parameters(), 1e-3);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        Batches batches = new Batches(DATA.train(), 64, 9);
        List<Double> heard = new ArrayList<>();
        new Dl4jTraining(theirs, DATA, 64, 9)
                .listener((epoch, batch, count, value) -> {
                    heard.add(value);
                    if (batch == 4) {
                        Thread.currentThread().interrupt();
                    }
                })
                .fit(1);
        for (int i = 0; i < 4; i++) {
            Batch batch = batches.batch(0, i);
            double expected = loss.forward(ours.forward(batch.x(), Mode.TRAIN), batch.labels());
            ours.parameters().forEach(Parameter::zeroGradient);
            ours.backward(loss.backward());
            adam.step();
            assertEquals(expected, heard.get(i), 1e-3 * expected, "batch " + i);
        }
    }

    @Test
    void anInterruptEndsItAfterTheBatchAndTheNextCellCanGoOn() {
        Dl4jConvNet net = new Dl4jConvNet(1, 1e-3);
        List<Integer> batches = new ArrayList<>();
        Dl4jTraining training = new Dl4jTraining(net, DATA.first(64, 20), 16, 1)
                .listener((epoch, batch, count, loss) -> {
                    batches.add(batch);
                    if (batches.size() == 2) {
                        Thread.currentThread().interrupt();
                    }
                });
        assertTrue(training.fit(1).isEmpty());
        assertEquals(List.of(1, 2), batches);
        assertFalse(Thread.currentThread().isInterrupted());
        assertEquals(2, training.fit(1).get(0).epoch());
    }

    @Test
    void itStopsWhenTheTimeIsOver() {
        Dl4jTraining training = new Dl4jTraining(new Dl4jConvNet(1, 1e-3), DATA, 16, 1).maxSeconds(0);
        assertTrue(training.fit(1).isEmpty());
    }

    @Test
    void aLossThatIsNotFiniteStopsBeforeTheStep() {
        Dl4jConvNet net = new Dl4jConvNet(1, 1e-3);
        List<Tensor> before = net.weights();
        Batch broken = ConvNetParityTest.batch(4, RandomStream.seed(1));
        broken.x().set(Float.NaN, 2, 0, 14, 14);
        String message =
                assertThrows(ArithmeticException.class, () -> net.step(broken)).getMessage();
        assertTrue(message.contains("NaN"), message);
        for (int i = 0; i < before.size(); i++) {
            assertArrayEquals(before.get(i).data(), net.weights().get(i).data());
        }
        net.step(ConvNetParityTest.batch(4, RandomStream.seed(1)));
    }

    @Test
    void anotherLearningRateKeepsAdamsMemory() {
        RandomStream random = RandomStream.seed(8);
        Dl4jConvNet plain = new Dl4jConvNet(3, 1e-3);
        Dl4jConvNet changed = new Dl4jConvNet(plain.weights(), 5e-3);
        for (int step = 0; step < 3; step++) {
            Batch batch = ConvNetParityTest.batch(8, random);
            plain.step(batch);
            changed.learningRate(7e-3);
            changed.learningRate(1e-3);
            changed.step(batch);
        }
        for (int i = 0; i < 8; i++) {
            assertArrayEquals(
                    plain.weights().get(i).data(), changed.weights().get(i).data(), 1e-6f);
        }
    }

    @Test
    void theSeedDecidesTheFirstWeights() {
        Dl4jConvNet a = new Dl4jConvNet(1, 1e-3);
        assertArrayEquals(
                a.weights().get(0).data(),
                new Dl4jConvNet(1, 1e-3).weights().get(0).data());
        assertNotEquals(
                a.weights().get(0).at(0, 0, 0, 0),
                new Dl4jConvNet(2, 1e-3).weights().get(0).at(0, 0, 0, 0));
    }

    @Test
    void evaluationCountsTheRightOnes() throws InterruptedException {
        Dl4jConvNet net = new Dl4jConvNet(1, 1e-3);
        Tensor p = net.probabilities(DATA.test().images(0, 200));
        int right = 0;
        double loss = 0;
        for (int n = 0; n < 200; n++) {
            int best = 0;
            for (int k = 0; k < 10; k++) {
                best = p.at(n, k) > p.at(n, best) ? k : best;
            }
            right += best == DATA.test().label(n) ? 1 : 0;
            loss -= Math.log(p.at(n, DATA.test().label(n))) / 200;
        }
        Map<String, Double> metrics = net.evaluate(DATA.test());
        assertEquals(right / 200.0, metrics.get("test_accuracy"), 1e-12);
        assertEquals(loss, metrics.get("test_loss"), 1e-6);
    }
}
