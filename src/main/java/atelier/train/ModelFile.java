package atelier.train;

import atelier.data.Dataset;
import atelier.model.Model;
import atelier.train.Checkpoint.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained model and nothing else: its weights, what it keeps beside them, and what it was made with.
 *
 * <p>In a file it is a {@link Checkpoint} without optimisers, random streams and history ({@link CheckpointFormat}), so the
 * weights of a training under way can be read from its {@code checkpoint.bin} just as well.
 *
 * @param identity what it was trained with, by name: model, architecture, data, seed …
 * @param parameters the weights
 * @param buffers what the model keeps beside them, such as batch normalisation's running means
 */
public record ModelFile(Map<String, String> identity, List<Numbers> parameters, List<Numbers> buffers) {

    /** What a training calls it, in its folder. */
    public static final String NAME = "model.bin";

    /** A copy of a model's numbers; its name and architecture join the identity. */
    public static ModelFile of(Model model, Map<String, String> identity) {
        Map<String, String> all = new TreeMap<>(identity);
        all.put("model", model.name());
        all.put("architecture", model.architecture());
        return new ModelFile(all, Numbers.of(model.parameters()), Numbers.of(model.buffers()));
    }

    /** What a learner has made of its model on these data. */
    public static ModelFile of(Learner learner, Dataset data, Settings settings) {
        return of(learner.model(), Identity.of(learner, data, settings));
    }

    /** The same with one more line in its identity. */
    public ModelFile with(String name, String value) {
        Map<String, String> more = new TreeMap<>(identity);
        more.put(name, value);
        return new ModelFile(more, parameters, buffers);
    }

    /**
     * In place of what is there, all of it or nothing.
     *
     * @throws IOException saying which file and why; what was there before is untouched
     */
    public void write(Path file) throws IOException {
        Replace.write(
                file,
                CheckpointWriter.bytes(new Checkpoint(
                        identity, Position.START, parameters, buffers, List.of(), List.of(), List.of())));
    }

    /** @throws CheckpointException when there is no such file, or it is damaged, cut off or of another kind */
    public static ModelFile read(Path file) {
        try {
            Checkpoint checkpoint = CheckpointReader.checkpoint(Files.readAllBytes(file));
            return new ModelFile(checkpoint.identity(), checkpoint.parameters(), checkpoint.buffers());
        } catch (CheckpointException fault) {
            throw unreadable(file, "it " + fault.getMessage(), fault);
        } catch (IOException | OutOfMemoryError failure) {
            throw unreadable(file, "it cannot be read: " + Replace.reason(failure), failure);
        }
    }

    private static CheckpointException unreadable(Path file, String why, Throwable cause) {
        return new CheckpointException(
                "ModelFile: expected a trained model in " + file + " but " + why
                        + ". ./atelier train writes one at the end of each training.",
                cause);
    }

    /**
     * Puts the numbers into a model of the same architecture: all of them, or none.
     *
     * @throws CheckpointException when it is another model's file
     */
    public void into(Model model) {
        requireSame("model", model.name());
        requireSame("architecture", model.architecture());
        Checkpoint.requireSame("parameters", parameters, model.parameters());
        Checkpoint.requireSame("buffers", buffers, model.buffers());
        Checkpoint.copy(parameters, model.parameters());
        Checkpoint.copy(buffers, model.buffers());
    }

    private void requireSame(String what, String here) {
        String stored = identity.getOrDefault(what, "nothing");
        if (!stored.equals(here)) {
            throw new CheckpointException("ModelFile: expected the " + what + " " + here + " but got " + stored
                    + ". Read it into the model that it was made of.");
        }
    }
}
