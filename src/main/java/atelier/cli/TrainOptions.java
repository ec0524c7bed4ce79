package atelier.cli;

import atelier.data.Dataset;
import atelier.data.Datasets;
import atelier.train.Settings;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What one may say to {@code ./atelier train MODEL}, and what is taken where nothing is said. */
final class TrainOptions {

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
            names = "--threads",
            paramLabel = "N",
            description = "Threads (default: one a core). Never changes a result.")
    Integer threads;

    @Option(names = "--max-seconds", paramLabel = "T", description = "Stop after so many seconds.")
    Double maxSeconds;

    @Option(names = "--limit", paramLabel = "N", description = "Use only the first N images of the data.")
    Integer limit;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write (default out/MODEL-DATA-seedS).")
    Path out;

    @Option(names = "--resume", description = "Go on from the checkpoint in DIR.")
    boolean resume;

    /** @throws ParameterException naming the first option whose value cannot be */
    void check() {
        requireAtLeastOne("--epochs", epochs);
        requireAtLeastOne("--batch", batch);
        requireAtLeastOne("--limit", limit);
        requireAtLeastOne("--threads", threads);
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
        Dataset all = data == null ? Datasets.mnistOrScribbles() : Datasets.load(data);
        return limit == null
                ? all
                : all.first(
                        Math.min(limit, all.train().count()),
                        Math.min(limit, all.test().count()));
    }

    /** Where to write: as said, else under out/ by the name of the training. */
    Path folder(String model, Dataset images) {
        String name = model + "-" + images.name() + "-seed" + seed;
        return out != null ? out : Path.of("out", engine.equals("dl4j") ? name + "-dl4j" : name);
    }
}
