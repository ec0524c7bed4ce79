package atelier.train;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.ImageSet;
import java.util.Map;

/** What the training loop needs of whatever it trains: a network of ours ({@link Learner}) or a framework's. */
public interface Trainee {

    /**
     * Learns from one batch: forward, loss, backward, update.
     *
     * @return the mean loss of the batch, before the update
     * @throws NonFiniteException when a loss, a gradient or a weight is not a finite number; where there is one optimiser, before it
     *     has changed anything
     */
    double step(Batch batch);

    /** The same from batch {@code i} of an epoch; one that learns a batch in parts need not have all of it in memory at once. */
    default double step(Batches batches, int epoch, int i) {
        return step(batches.batch(epoch, i));
    }

    /** η of the next steps. */
    void learningRate(double rate);

    /**
     * How good it is on images that it does not learn from: numbers by name, always the same names in the same order.
     *
     * @throws InterruptedException when the thread was interrupted; nothing has changed
     */
    Map<String, Double> evaluate(ImageSet test) throws InterruptedException;
}
