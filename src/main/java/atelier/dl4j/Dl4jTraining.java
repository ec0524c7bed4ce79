package atelier.dl4j;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * DL4J's {@code fit}, batch by batch, on the images in the order in which the kit's own training sees them.
 *
 * <p>An interrupt of the thread (the stop button of a notebook), or {@link #maxSeconds}, ends it after the batch in hand. The
 * interrupt flag is clear afterwards, so that the next cell runs; {@link #fit} called again goes on with the next epoch.
 *
 * <p>Walk-through: notebooks/06-convnet-in-dl4j.
 */
public final class Dl4jTraining {

    /** Hears of every batch: to print, to draw, to count. */
    public interface Listener {

        /**
         * @param epoch counted from 1
         * @param batch counted from 1
         * @param batches how many an epoch has
         * @param loss the mean loss of the batch, before the step
         */
        void learned(int epoch, int batch, int batches, double loss);
    }

    /**
     * One complete epoch.
     *
     * @param epoch counted from 1
     * @param trainLoss the mean over the epoch's images of the loss that each had when its batch was learnt
     * @param testLoss the mean over the test images, after the epoch
     * @param testAccuracy the fraction of the test images that it names rightly, after the epoch
     * @param seconds of learning, without the measuring
     * @param imagesPerSecond images learnt a second
     */
    public record Epoch(
            int epoch,
            double trainLoss,
            double testLoss,
            double testAccuracy,
            double seconds,
            double imagesPerSecond) {}

    private final Dl4jConvNet net;
    private final Dataset data;
    private final Batches batches;
    private final List<Epoch> epochs = new ArrayList<>();
    private Listener listener = (epoch, batch, batches, loss) -> {};
    private double maxSeconds = 1e9;
    private int begun;

    /** Trains on {@code data.train()}, shuffled by the seed; measures on {@code data.test()}. */
    public Dl4jTraining(Dl4jConvNet net, Dataset data, int batchSize, long seed) {
        this.net = net;
        this.data = data;
        this.batches = new Batches(data.train(), batchSize, seed);
    }

    public Dl4jTraining listener(Listener hears) {
        listener = hears;
        return this;
    }

    /** Stops after so many seconds of one {@link #fit}. */
    public Dl4jTraining maxSeconds(double seconds) {
        maxSeconds = Math.min(seconds, 1e9);
        return this;
    }

    /**
     * Learns for so many epochs, or until it is stopped.
     *
     * @return all complete epochs so far, earlier calls included
     * @throws ArithmeticException when the loss or a gradient is not finite; the weights are those before that batch
     */
    public List<Epoch> fit(int more) {
        long deadline = System.nanoTime() + (long) (maxSeconds * 1e9);
        try {
            for (int last = begun + more; begun < last; ) {
                begun++;
                if (!epoch(begun, deadline)) {
                    break;
                }
            }
        } catch (InterruptedException whileMeasuring) {
            // the weights are whole; the epoch was not measured and so does not count
        }
        return List.copyOf(epochs);
    }

    private boolean epoch(int epoch, long deadline) throws InterruptedException {
        long began = System.nanoTime();
        double sum = 0;
        for (int i = 0; i < batches.count(); i++) {
            if (Thread.interrupted() || System.nanoTime() - deadline >= 0) {
                return false;
            }
            Batch batch = batches.batch(epoch - 1, i);
            double loss = step(batch, epoch, i);
            sum += loss * batch.size();
            listener.learned(epoch, i + 1, batches.count(), loss);
        }
        int images = data.train().count();
        double seconds = (System.nanoTime() - began) * 1e-9;
        Map<String, Double> test = net.evaluate(data.test());
        epochs.add(new Epoch(
                epoch, sum / images, test.get("test_loss"), test.get("test_accuracy"), seconds, images / seconds));
        return true;
    }

    private double step(Batch batch, int epoch, int i) {
        try {
            return net.step(batch);
        } catch (ArithmeticException fault) {
            throw new ArithmeticException("Dl4jTraining, epoch " + epoch + ", batch " + (i + 1) + " of "
                    + batches.count() + ": " + fault.getMessage());
        }
    }
}
