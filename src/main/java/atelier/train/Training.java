package atelier.train;

import atelier.data.Batches;
import atelier.data.Dataset;
import java.nio.file.Path;
import java.util.Map;

/**
 * Learning, as a loop that one can read.
 *
 * <pre>{@code
 * for each epoch
 *     for each batch of the shuffled images
 *         η ← schedule(step)
 *         w ← w − change(∂L/∂w, η)
 *     measure on the test images
 * }</pre>
 *
 * <p>An interrupt of the thread (the stop button of a notebook), or {@link #maxSeconds}, ends the loop after the batch in
 * hand: the model is whole, the checkpoint is written, and {@link History#end()} says why. The thread's interrupt flag is
 * clear afterwards, so that the next cell runs; {@link #run} called again goes on.
 *
 * <p>Walk-through: notebooks/05-convnet.
 */
public final class Training {

    private static final int BATCHES_BETWEEN_CHECKPOINTS = 500;

    private final Trainee trainee;
    private final Dataset data;
    private final Settings settings;
    private final Batches batches;
    private final Undo undo;
    private Progress progress = Progress.automatic();
    private double maxSeconds = 1e9;
    private Keeping keeping;
    private int batchesBetweenCheckpoints;

    private final History history = new History();
    private final Times times = new Times();
    private boolean begun;
    private int epoch;
    private int batch;
    private double lossSum;

    public Training(Trainee trainee, Dataset data, Settings settings) {
        if (data.train().count() == 0 || data.test().count() == 0) {
            throw new IllegalArgumentException("Training: expected images to learn from and to test with but got "
                    + data + ". Choose other data.");
        }
        this.trainee = trainee;
        this.data = data;
        this.settings = settings;
        this.batches = new Batches(data.train(), settings.batchSize(), settings.seed());
        this.undo = new Undo(trainee);
    }

    // ---- how it is run: nothing here changes a number ----

    /** Stops after so many seconds of one run. */
    public Training maxSeconds(double seconds) {
        maxSeconds = Math.min(seconds, 1e9);
        return this;
    }

    public Training progress(Progress where) {
        progress = where;
        return this;
    }

    /**
     * Keeps checkpoints in a folder: at the start, every 500 batches, after each epoch, and when stopped.
     *
     * @param resume go on from the checkpoint in the folder, if there is one; without it, one that is there is refused
     * @throws CheckpointException when the folder cannot be used
     */
    public Training checkpoints(Path folder, boolean resume) {
        return checkpoints(folder, resume, BATCHES_BETWEEN_CHECKPOINTS);
    }

    /** The same with another number of batches between two checkpoints. */
    public Training checkpoints(Path folder, boolean resume, int batchesBetween) {
        if (!(trainee instanceof Learner learner)) {
            throw new IllegalArgumentException("Training: expected a Learner, whose state can be kept, but got a "
                    + trainee.getClass().getSimpleName() + ". Train it without checkpoints.");
        }
        keeping = new Keeping(learner, data, settings, folder, resume);
        batchesBetweenCheckpoints = batchesBetween;
        return this;
    }

    // ---- the loop ----

    /**
     * Trains to the end of the last epoch, or until it is stopped.
     *
     * @throws NonFiniteException when the loss or a gradient is not finite; the parameters are those before that batch
     * @throws CheckpointException when a checkpoint cannot be written, or the one to go on from does not fit
     */
    public History run() {
        long deadline = System.nanoTime() + (long) (maxSeconds * 1e9);
        try {
            begin();
            while (epoch < settings.epochs()) {
                for (; batch < batches.count(); batch++) {
                    saveNowAndThen();
                    if (Thread.interrupted()) {
                        return stop(History.End.INTERRUPTED, "an interrupt");
                    }
                    if (System.nanoTime() - deadline >= 0) {
                        return stop(History.End.OUT_OF_TIME, "the time limit of " + maxSeconds + " s");
                    }
                    learn(epoch, batch);
                }
                endEpoch(trainee.evaluate(data.test()));
                save();
            }
            return history.end(History.End.FINISHED, imagesLearnt(), times.total());
        } catch (InterruptedException whileMeasuring) {
            return stop(History.End.INTERRUPTED, "an interrupt");
        } finally {
            progress.close();
        }
    }

    private void learn(int epoch, int batch) {
        long began = System.nanoTime();
        int images = batches.size(batch);
        trainee.learningRate(rate(batch));
        undo.remember();
        try {
            lossSum += trainee.step(batches, epoch, batch) * images;
        } catch (NonFiniteException fault) {
            undo.restore();
            throw new NonFiniteException("Training, epoch " + (epoch + 1) + ", batch " + (batch + 1) + " of "
                    + batches.count() + ": " + fault.getMessage() + " (The learning rate was " + rate(batch)
                    + "; the parameters are those before this batch.)");
        }
        times.add(epoch, System.nanoTime() - began);
        show(images);
    }

    private double rate(int batch) {
        long perEpoch = batches.count();
        return settings.learningRate().at(epoch * perEpoch + batch, settings.epochs() * perEpoch);
    }

    private void show(int newest) {
        int images = batch * settings.batchSize() + newest;
        long all = data.train().count();
        progress.batch(epoch + 1, settings.epochs(), epoch * all + images, settings.epochs() * all, lossSum / images);
    }

    private long imagesLearnt() {
        int all = data.train().count();
        return (long) epoch * all + Math.min(all, (long) batch * settings.batchSize());
    }

    private void endEpoch(Map<String, Double> metrics) {
        int images = data.train().count();
        history.add(epoch + 1, lossSum / images, rate(0), metrics, images, times.of(epoch));
        progress.epoch(history.last(), settings.epochs());
        epoch++;
        batch = 0;
        lossSum = 0;
    }

    // ---- stopping and going on ----

    private void begin() {
        if (!begun && keeping != null) {
            Position start = keeping.begin(history, times, data.train().count(), progress::note);
            epoch = start.epoch();
            batch = start.batch();
            lossSum = start.lossSum();
        }
        begun = true;
    }

    private void saveNowAndThen() {
        if (keeping != null && batch > 0 && batch % batchesBetweenCheckpoints == 0) {
            save();
        }
    }

    private void save() {
        if (keeping != null) {
            keeping.save(new Position(epoch, batch, lossSum), history, times);
        }
    }

    private History stop(History.End why, String cause) {
        save();
        progress.note("stopped by " + cause + " in epoch " + (epoch + 1) + " of " + settings.epochs() + ", after "
                + batch + " of " + batches.count() + " batches");
        return history.end(why, imagesLearnt(), times.total());
    }
}
