package atelier.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** What happened in each epoch, and how the training ended. */
public final class History {

    /**
     * One epoch.
     *
     * @param epoch counted from 1
     * @param trainLoss the mean over the epoch's images of the loss that each had when its batch was learnt
     * @param learningRate η of the epoch's first step
     * @param metrics what the learner measured on the test images after the epoch
     * @param seconds of learning, without the measuring
     * @param imagesPerSecond images learnt a second
     */
    public record Epoch(
            int epoch,
            double trainLoss,
            double learningRate,
            Map<String, Double> metrics,
            double seconds,
            double imagesPerSecond) {}

    /** Why the training came back. */
    public enum End {
        FINISHED,
        OUT_OF_TIME,
        INTERRUPTED
    }

    private final List<Epoch> epochs = new ArrayList<>();
    private long images;
    private double seconds;
    private End end;

    History() {}

    void add(int epoch, double trainLoss, double rate, Map<String, Double> metrics, int images, double seconds) {
        double speed = seconds > 0 ? images / seconds : 0; // unknown when its times were lost
        epochs.add(new Epoch(epoch, trainLoss, rate, metrics, seconds, speed));
    }

    History end(End why, long imagesLearnt, double secondsOfLearning) {
        end = why;
        images = imagesLearnt;
        seconds = secondsOfLearning;
        return this;
    }

    public List<Epoch> epochs() {
        return List.copyOf(epochs);
    }

    /** The last epoch, or null before the first has ended. */
    public Epoch last() {
        return epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
    }

    public End end() {
        return end;
    }

    /** Seconds of learning in all, those before a stop included. */
    public double seconds() {
        return seconds;
    }

    /** The images learnt in all, for each of those seconds. */
    public double imagesPerSecond() {
        return seconds > 0 ? images / seconds : 0;
    }

    /** One row an epoch: epoch, train_loss, learning_rate, the learner's metrics by name, seconds, images_per_second. */
    public Table table() {
        Table table = Table.create("history");
        table.addColumns(IntColumn.create("epoch", epochs.stream().mapToInt(Epoch::epoch)));
        table.addColumns(column("train_loss", Epoch::trainLoss), column("learning_rate", Epoch::learningRate));
        if (!epochs.isEmpty()) {
            for (String name : epochs.get(0).metrics().keySet()) {
                table.addColumns(column(name, epoch -> epoch.metrics().get(name)));
            }
        }
        table.addColumns(column("seconds", Epoch::seconds), column("images_per_second", Epoch::imagesPerSecond));
        return table;
    }

    private DoubleColumn column(String name, ToDoubleFunction<Epoch> value) {
        return DoubleColumn.create(name, epochs.stream().mapToDouble(value));
    }

    /** A line an epoch. */
    @Override
    public String toString() {
        return epochs.stream()
                .map(epoch -> ProgressLines.line(epoch, epochs.size()))
                .collect(Collectors.joining("\n"));
    }
}
