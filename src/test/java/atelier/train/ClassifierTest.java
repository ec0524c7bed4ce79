package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.optim.Sgd;
import atelier.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassifierTest {

    private static final Batch BATCH = new Batches(TinyModel.DATA.train(), 20, 1).batch(0, 0);

    /** Always says 3, with a probability of e/(e + 9). */
    private static final class AlwaysThree extends TinyModel {
        @Override
        public Tensor forward(Tensor x, Mode mode) {
            assertEquals(Mode.INFER, mode);
            Tensor logits = Tensor.zeros(x.size(0), 10);
            for (int n = 0; n < x.size(0); n++) {
                logits.set(1, n, 3);
            }
            return logits;
        }
    }

    private static Classifier of(TinyModel model) {
        return new Classifier(model, new Sgd(model.parameters(), 0.5));
    }

    @Test
    void metricsWorkedByHand() throws InterruptedException {
        byte[] labels = new byte[150]; // more than are shown at once
        for (int i = 0; i < 30; i++) {
            labels[5 * i] = 3;
        }
        ImageSet images = new ImageSet(new byte[150 * 784], labels, 28, 28);
        Map<String, Double> metrics = of(new AlwaysThree()).evaluate(images);
        assertEquals(List.of("test_loss", "test_accuracy"), List.copyOf(metrics.keySet()));
        assertEquals(30.0 / 150, metrics.get("test_accuracy"));
        double whole = Math.log(Math.E + 9); // −ln p = ln(e + 9) − logit
        assertEquals(whole - 0.2, metrics.get("test_loss"), 1e-7);
    }

    @Test
    void aStepIsOneStepDownTheGradientOfThisBatchAlone() {
        TinyModel model = new TinyModel();
        Classifier learner = of(model);
        float[] w = model.parameters().get(0).value().data();
        model.parameters().get(0).gradient().fill(100); // left over from whatever was before
        float[] before = w.clone();
        double loss = learner.step(BATCH);
        assertEquals(2.3, loss, 0.5, "about ln 10 at the start");
        float[] gradient = model.parameters().get(0).gradient().data();
        for (int i = 0; i < w.length; i++) {
            assertEquals(before[i] - 0.5f * gradient[i], w[i], 1e-7);
            assertEquals(0, gradient[i], 1, "the mean over the batch of numbers below 1");
        }
    }

    @Test
    void anInterruptEndsTheMeasuring() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> of(new TinyModel()).evaluate(TinyModel.DATA.test()));
    }

    @Test
    void measuringChangesNothing() throws InterruptedException {
        Classifier learner = TinyModel.learner();
        byte[] before = state(learner);
        learner.evaluate(TinyModel.DATA.test());
        assertArrayEquals(before, state(learner));
    }

    private static byte[] state(Learner learner) {
        return CheckpointWriter.bytes(Checkpoint.of(learner, Map.of(), Position.START, List.of()));
    }
}
