package atelier.cli;

import atelier.data.Dataset;
import atelier.data.Datasets;
import atelier.train.InPieces;
import atelier.train.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What one may say to {@code ./atelier train MODEL}, and what is taken where nothing is said. */
final class TrainOptions {

    private static final String ADDRESSES =
            "local\\[([1-9][0-9]*|\\*)]|spark://[^:,/ ]+:[0-9]{1,5}(,[^:,/ ]+:[0-9]{1,5})*";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--engine", paramLabel = "NAME", description = "scratch (default) or dl4j.")
    String engine = "scratch";

    @Option(names = "--data", paramLabel = "NAME", description = "mnist (default) or scribbles.")
    String data;

    @Option(names = "--epochs", paramLabel = "N", description = "How often every image is seen.")
    Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Images a step.")
    Integer batch;

    @Option(names = "--learning-rate", paramLabel = "R", description = "Learning rate of the first step.")
    Double learningRate;

    @Option(names = "--seed", paramLabel = "S", description = "Of the weights and the order of images (default 1).")
    long seed = 1;

    @Option(
            names = "--latent",
            paramLabel = "D",
            description = "Numbers in the code of an autoencoder, 1 to 784 (default: the model's own).")
    Integer latent;

    @Option(
            names = "--beta",
            paramLabel = "B",
            description = "Weight of the divergence in the loss of a VAE, 0 or more (default 1).")
    Double beta;

    @Option(
            names = "--iwae",
            paramLabel = "K",
            description =
                    "Importance samples an image for a VAE's test_iwae (default 100, deep-vae 5000; 0: leave it out).")
    Integer iwae;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads (default: one a core). Never changes a result.")
    Integer threads;

    @Option(
            names = "--cluster",
            paramLabel = "ADDRESS",
            description =
                    "Train on a Spark cluster: local[N] (N cores of this machine) or spark://HOST:PORT. Never changes a result.")
    String cluster;

    @Option(
            names = "--workers-batch",
            paramLabel = "N",
            description = "Images of the pieces that a larger batch is learned in, here or on a cluster (default 256).")
    Integer workersBatch;

    @Option(names = "--max-seconds", paramLabel = "T", description = "Stop after so many seconds.")
    Double maxSeconds;

    @Option(names = "--limit", paramLabel = "N", description = "Use only the first N images of the data.")
    Integer limit;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write (default out/MODEL-DATA-seedS).")
    Path out;

    @Option(names = "--resume", description = "Go on from the checkpoint in DIR.")
    boolean resume;

    /** @throws ParameterException naming the first option whose value cannot be, at all or with this model */
    void check(Models.Entry model) {
        requireAtLeastOne("--epochs", epochs);
        requireAtLeastOne("--batch", batch);
        requireAtLeastOne("--limit", limit);
        requireAtLeastOne("--threads", threads);
        requireAtLeastOne("--workers-batch", workersBatch);
        if (threads != null && threads > 1024) {
            throw wrong("--threads", "1 to 1024", threads, "Use the number of cores");
        }
        if (learningRate != null && !(learningRate > 0 && learningRate < 1e6)) {
            throw wrong("--learning-rate", "a rate above 0", learningRate, "Between 0.0001 and 0.1 is usual");
        }
        if (maxSeconds != null && !(maxSeconds > 0)) {
            throw wrong("--max-seconds", "a time above 0", maxSeconds, "Leave it out to train to the end");
        }
        if (data != null && !List.of("mnist", "scribbles").contains(data)) {
            throw wrong("--data", "mnist or scribbles", data, "Choose one of these");
        }
        if (!List.of("scratch", "dl4j").contains(engine)) {
            throw wrong("--engine", "scratch or dl4j", engine, "Choose one of these");
        }
        if (resume && engine.equals("dl4j")) {
            throw wrong("--resume", "given with --engine scratch", "--engine dl4j", "Train it anew with another --out");
        }
        if (cluster != null && !cluster.matches(ADDRESSES)) {
            throw wrong("--cluster", "local[N], local[*] or spark://HOST:PORT", cluster, "local[2] needs no cluster");
        }
        if (engine.equals("dl4j") && (cluster != null || workersBatch != null)) {
            throw wrong(
                    "--cluster and --workers-batch", "given with --engine scratch", "--engine dl4j", "Leave it out");
        }
        checkModel(model);
        checkFolder();
    }

    private void checkModel(Models.Entry model) {
        requireFor(model, "--latent", latent, Models.Entry::hasCode, "a code");
        requireFor(model, "--beta", beta, Models.Entry::isVae, "a divergence");
        requireFor(model, "--iwae", iwae, Models.Entry::isVae, "a likelihood");
        if (latent != null && (latent < 1 || latent > 784)) {
            throw wrong("--latent", "1 to 784", latent, "The images have 784 pixels; leave it out for the usual value");
        }
        if (beta != null && !(beta >= 0 && beta < Double.POSITIVE_INFINITY)) {
            throw wrong("--beta", "a number of 0 or more", beta, "1 is the evidence lower bound itself");
        }
        if (iwae != null && (iwae < 0 || iwae > 1_000_000)) {
            throw wrong("--iwae", "0 to 1000000", iwae, "5000 is usual for a result, 0 leaves it out");
        }
        if (engine.equals("dl4j") && model.twin().isEmpty()) {
            throw wrong(
                    "--engine dl4j",
                    "given with a model that has a twin in DL4J ("
                            + Models.names(m -> m.twin().isPresent()) + ")",
                    model.name(),
                    "Train it with --engine scratch");
        }
        if (engine.equals("dl4j") && model.name().equals("vae") && beta != null && beta != 1) {
            throw wrong(
                    "--beta",
                    "1 with --engine dl4j, whose layer knows no other,",
                    beta,
                    "Train it with --engine scratch");
        }
    }

    private void requireFor(
            Models.Entry model, String option, Object value, Predicate<Models.Entry> fits, String what) {
        if (value != null && !fits.test(model)) {
            throw wrong(
                    option,
                    "given with a model that has " + what + " (" + Models.names(fits) + ")",
                    model.name(),
                    "Leave it out");
        }
    }

    private void checkFolder() {
        if (out == null) {
            return;
        }
        if (out.toString().isBlank()) {
            throw wrong("--out", "the path of a folder", "an empty path", "Name a folder, or leave it out");
        }
        Path there = out.toAbsolutePath();
        while (there != null && Files.notExists(there)) {
            there = there.getParent();
        }
        if (there != null && !Files.isDirectory(there)) {
            String where = there.equals(out.toAbsolutePath()) ? ", which is a file" : ", below the file " + there;
            throw wrong("--out", "a folder", out + where, "Choose another folder");
        }
    }

    /** What was said of the model, and its usual values for the rest. */
    Choice choice(Models.Entry model) {
        return new Choice(
                seed,
                latent != null ? latent : model.latent(),
                beta != null ? beta : 1,
                iwae != null ? iwae : model.iwae());
    }

    int pieceSize() {
        return workersBatch != null ? workersBatch : InPieces.USUAL;
    }

    private void requireAtLeastOne(String option, Integer value) {
        if (value != null && value < 1) {
            throw wrong(option, "1 or more", value, "Leave it out for the usual value");
        }
    }

    ParameterException wrong(String what, String expected, Object got, String advice) {
        return new ParameterException(
                spec.commandLine(),
                "train: expected " + what + " to be " + expected + " but got " + got + ". " + advice + ".");
    }

    /** The recipe, but for what was said. */
    Settings settings(Settings recipe) {
        return new Settings(
                epochs != null ? epochs : recipe.epochs(),
                batch != null ? batch : recipe.batchSize(),
                seed,
                learningRate != null ? recipe.learningRate().from(learningRate) : recipe.learningRate());
    }

    /** What was asked for by name, or nothing; without a name, Scribbles where MNIST is not to be had. */
    Dataset images() {
        if (data == null) {
            Dataset all = Datasets.mnistOrScribbles();
            return limit == null ? all : all.atMost(limit);
        }
        return limit == null ? Datasets.load(data) : Datasets.load(data, limit);
    }

    /** Where to write: as said, else under out/ by the name of the training. */
    Path folder(String model, Dataset images) {
        String name = model + "-" + images.name() + "-seed" + seed;
        return out != null ? out : Path.of("out", engine.equals("dl4j") ? name + "-dl4j" : name);
    }
}
