package atelier.cli;

import atelier.train.CheckpointException;
import atelier.train.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a training has left in its folder.
 *
 * @param folder where
 * @param model which of the models
 * @param file its numbers, and what it was trained with
 * @param apprentice the model, with these numbers
 */
record Trained(Path folder, Models.Entry model, ModelFile file, Apprentice apprentice) {

    /**
     * Reads {@code model.bin}, or, of a training under way, {@code checkpoint.bin}.
     *
     * @throws CheckpointException when there is neither, or it cannot be read
     */
    static Trained in(Path folder) {
        Path whole = folder.resolve(ModelFile.NAME);
        Path underWay = folder.resolve("checkpoint.bin");
        if (Files.notExists(whole) && Files.notExists(underWay)) {
            throw new CheckpointException("Trained: expected the folder of a training, with a " + ModelFile.NAME
                    + ", but got " + folder + (Files.isDirectory(folder) ? ", which has none" : ", which is no folder")
                    + ". Make one with ./atelier train MODEL --out " + folder + ".");
        }
        ModelFile file = ModelFile.read(Files.exists(whole) ? whole : underWay);
        Models.Entry model = Models.named(file.identity().getOrDefault("model", "nothing"));
        String latent = file.identity().getOrDefault("latent", String.valueOf(model.latent()));
        Apprentice apprentice = model.apprentice().apply(new Choice(1, Integer.parseInt(latent), 1, 0));
        file.into(apprentice.learner().model());
        return new Trained(folder, model, file, apprentice);
    }

    /** The data that it learnt from, by name. */
    String data() {
        return file.identity().getOrDefault("data", "mnist");
    }
}
