package atelier.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A folder that keeps the latest checkpoint, {@code checkpoint.bin}, and the one before it, {@code
 * checkpoint.previous.bin}.
 *
 * <p>A checkpoint is written beside its place and renamed into it, so killing the process at any moment leaves two whole
 * files, or one.
 */
public final class Checkpoints {

    private final Path folder;
    private final Path latest;
    private final Path previous;
    private boolean latestIsGood = true;

    /**
     * Makes the folder where there is none.
     *
     * @throws CheckpointException when that cannot be
     */
    public Checkpoints(Path folder) {
        this.folder = folder;
        latest = folder.resolve("checkpoint.bin");
        previous = folder.resolve("checkpoint.previous.bin");
        try {
            Files.createDirectories(folder);
            Replace.sweep(folder);
        } catch (IOException failure) {
            throw new CheckpointException(
                    "Checkpoints: expected a folder to write to but got " + folder + ": " + Replace.reason(failure)
                            + ". Choose another folder.",
                    failure);
        }
    }

    public Path folder() {
        return folder;
    }

    public boolean isEmpty() {
        return !Files.exists(latest) && !Files.exists(previous);
    }

    /** @throws CheckpointException when the checkpoint could not be written; those that were there are untouched */
    void save(Checkpoint checkpoint) {
        try {
            Path temporary = Replace.beside(latest, CheckpointWriter.bytes(checkpoint));
            if (latestIsGood && Files.exists(latest)) {
                Replace.move(latest, previous);
            }
            Replace.move(temporary, latest);
            Replace.sync(folder);
            latestIsGood = true;
        } catch (IOException failure) {
            throw new CheckpointException(
                    "Checkpoints: expected to write " + latest + " but got: " + Replace.reason(failure)
                            + ". The training has stopped; make room or choose another folder.",
                    failure);
        }
    }

    /**
     * The latest checkpoint that is whole; empty when the folder holds none at all.
     *
     * @param note is told when the latest cannot be read and the previous one takes its place
     * @throws CheckpointException when there are checkpoints and none can be read
     */
    Optional<Checkpoint> load(Consumer<String> note) {
        if (isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(latest));
        } catch (CheckpointException fault) {
            latestIsGood = false;
            try {
                Checkpoint before = read(previous);
                note.accept(fault.getMessage() + ": going on from " + previous.getFileName() + ".");
                return Optional.of(before);
            } catch (CheckpointException faultToo) {
                throw new CheckpointException("Checkpoints: expected a checkpoint in " + folder + " but "
                        + fault.getMessage() + ", and " + faultToo.getMessage() + ". Start anew in another folder.");
            }
        }
    }

    private static Checkpoint read(Path file) {
        try {
            return CheckpointReader.checkpoint(Files.readAllBytes(file));
        } catch (CheckpointException fault) {
            throw new CheckpointException(file.getFileName() + " " + fault.getMessage(), fault);
        } catch (IOException | OutOfMemoryError failure) {
            throw new CheckpointException(file.getFileName() + " cannot be read: " + Replace.reason(failure), failure);
        }
    }
}
