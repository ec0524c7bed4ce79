package atelier.train;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.loss.SoftmaxCrossEntropy;
import atelier.model.Model;
import atelier.optim.Optimizer;
import atelier.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Teaches a model to name what an image shows: its logits {@code [N,10]} against the labels, by cross-entropy.
 *
 * <p>Loss in nats, mean over the batch. Metrics: {@code test_loss}, mean over the images in nats, and {@code
 * test_accuracy}, the fraction of images whose largest logit is the right one.
 *
 * <p>Walk-through: notebooks/05-convnet.
 */
public final class Classifier implements DataParallel {

    private static final int EVALUATED_AT_ONCE = 100;

    private final Model model;
    private final Optimizer optimizer;
    private final List<Optimizer> optimizers;
    private final SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();

    public Classifier(Model model, Optimizer optimizer) {
        this.model = model;
        this.optimizer = optimizer;
        this.optimizers = List.of(optimizer);
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public List<Optimizer> optimizers() {
        return optimizers;
    }

    @Override
    public Map<String, String> choices() {
        return Map.of("loss", "softmax cross-entropy", "optimiser", optimizer.rule());
    }

    @Override
    public double gradients(Batch batch) {
        Tensor logits = model.forward(batch.x(), Mode.TRAIN);
        double mean = loss.forward(logits, batch.labels());
        Finite.requireLoss(mean, batch.x(), this);

        optimizer.zeroGradients();
        model.backward(loss.backward());
        return mean;
    }

    @Override
    public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
        Batches batches = Batches.inOrder(test, EVALUATED_AT_ONCE);
        double sum = 0;
        int right = 0;
        for (int i = 0; i < batches.count(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Classifier.evaluate was interrupted.");
            }
            Batch batch = batches.batch(i);
            Tensor logits = model.forward(batch.x(), Mode.INFER);
            sum += loss.forward(logits, batch.labels()) * batch.size();
            for (int n = 0; n < batch.size(); n++) {
                right += largest(logits, n) == batch.labels()[n] ? 1 : 0;
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("test_loss", sum / test.count());
        metrics.put("test_accuracy", (double) right / test.count());
        return metrics;
    }

    private static int largest(Tensor logits, int n) {
        int best = 0;
        for (int k = 1; k < logits.size(1); k++) {
            best = logits.at(n, k) > logits.at(n, best) ? k : best;
        }
        return best;
    }
}
