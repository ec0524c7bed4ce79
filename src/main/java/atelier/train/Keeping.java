package atelier.train;

import atelier.data.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One training's checkpoints: where to go on from, and what to write down. */
final class Keeping {

    private final Learner learner;
    private final Map<String, String> identity;
    private final Checkpoints checkpoints;
    private final boolean resume;
    private Position saved;

    Keeping(Learner learner, Dataset data, Settings settings, Path folder, boolean resume) {
        this.learner = learner;
        this.identity = Identity.of(learner, data, settings);
        this.checkpoints = new Checkpoints(folder);
        this.resume = resume;
        if (!resume && !checkpoints.isEmpty()) {
            throw new CheckpointException("Training: expected a folder without a training but " + folder
                    + " holds a checkpoint. Go on from it with --resume, or choose another folder with --out.");
        }
    }

    /**
     * Puts the learner where the checkpoint stands and tells the history so far; without a checkpoint, writes the first.
     *
     * @throws CheckpointException when the checkpoint is of another training; the message lists the differences
     */
    Position begin(History history, Times times, int images, Consumer<String> note) {
        Optional<Checkpoint> found = resume ? checkpoints.load(note) : Optional.empty();
        if (found.isEmpty()) {
            if (resume) {
                note.accept("no checkpoint in " + checkpoints.folder() + " yet: starting at the beginning.");
            }
            save(Position.START, history, times);
            return Position.START;
        }
        Checkpoint checkpoint = found.get();
        List<String> differences = checkpoint.differencesFrom(identity);
        if (!differences.isEmpty()) {
            throw new CheckpointException("Training: expected a checkpoint of this training in " + checkpoints.folder()
                    + " but got one that differs in " + String.join("; ", differences)
                    + ". Use the same settings, or another folder.");
        }
        checkpoint.into(learner);
        saved = checkpoint.position();
        times.load(checkpoints.folder(), saved);
        for (History.Epoch e : checkpoint.epochs()) {
            history.add(e.epoch(), e.trainLoss(), e.learningRate(), e.metrics(), images, times.of(e.epoch() - 1));
        }
        return saved;
    }

    /** @throws CheckpointException when it cannot be written */
    void save(Position position, History history, Times times) {
        if (position.equals(saved)) {
            return;
        }
        checkpoints.save(Checkpoint.of(learner, identity, position, history.epochs()));
        saved = position;
        try {
            times.save(checkpoints.folder());
        } catch (IOException failure) {
            throw new CheckpointException(failure.getMessage(), failure);
        }
    }
}
