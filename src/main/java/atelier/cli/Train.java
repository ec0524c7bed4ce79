package atelier.cli;

import atelier.data.Dataset;
import atelier.data.Datasets;
import atelier.layer.Parameter;
import atelier.tensor.Parallel;
import atelier.train.History;
import atelier.train.Learner;
import atelier.train.Replace;
import atelier.train.Settings;
import atelier.train.Trainee;
import atelier.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./atelier train MODEL}: trains one model and leaves in a folder what it has become. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Train one model: live progress, then metrics.json, charts and a checkpoint in a folder.")
final class Train implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "What to train: convnet.")
    private String model;

    @Option(names = "--engine", paramLabel = "NAME", description = "scratch (default) or dl4j.")
    private String engine = "scratch";

    @Option(names = "--data", paramLabel = "NAME", description = "mnist (default) or scribbles.")
    private String data;

    @Option(names = "--epochs", paramLabel = "N", description = "How often every image is seen.")
    private Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Images a step.")
    private Integer batch;

    @Option(names = "--learning-rate", paramLabel = "R", description = "Learning rate of the first step.")
    private Double learningRate;

    @Option(names = "--seed", paramLabel = "S", description = "Of the weights and the order of images (default 1).")
    private long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads (default: one a core). Never changes a result.")
    private Integer threads;

    @Option(names = "--max-seconds", paramLabel = "T", description = "Stop after so many seconds.")
    private Double maxSeconds;

    @Option(names = "--limit", paramLabel = "N", description = "Use only the first N images of the data.")
    private Integer limit;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write (default out/MODEL-DATA-seedS).")
    private Path out;

    @Option(names = "--resume", description = "Go on from the checkpoint in DIR.")
    private boolean resume;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Models.Entry entry = entry();
        checkOptions();
        Settings settings = settings(entry.settings().apply(seed));
        if (threads != null) {
            Parallel.threads(threads);
        }
        if (out != null) { // before data is fetched
            TrainReport.prepare(out, resume);
        }
        Dataset images = images();
        TrainReport report = new TrainReport(folder(images), model, engine, images, settings);
        TrainReport.prepare(report.folder(), resume);
        return engine.equals("dl4j")
                ? inDl4j(entry.twin().apply(seed), report)
                : fromScratch(entry.learner().apply(seed), report);
    }

    private int fromScratch(Learner learner, TrainReport report) throws IOException, InterruptedException {
        Training training = training(learner, report).checkpoints(report.folder(), resume);
        return run(training, history -> {
            if (history.end() == History.End.INTERRUPTED) {
                System.out.println("Go on with: ./atelier " + again());
            } else {
                report.write(
                        history,
                        learner,
                        learner.parameters().stream().map(Parameter::value).toList());
            }
        });
    }

    private int inDl4j(Dl4jTrainee twin, TrainReport report) throws IOException, InterruptedException {
        return run(training(twin, report), history -> {
            Replace.write(report.folder().resolve("dl4j.zip"), twin.network().zip());
            if (history.end() != History.End.INTERRUPTED) {
                report.write(history, twin, twin.network().weights());
            }
        });
    }

    private Training training(Trainee trainee, TrainReport report) {
        Training training = new Training(trainee, report.data(), report.settings());
        return maxSeconds == null ? training : training.maxSeconds(maxSeconds);
    }

    /** What to do when the training has come back. */
    private interface Afterwards {
        void with(History history) throws IOException, InterruptedException;
    }

    private static int run(Training training, Afterwards afterwards) throws IOException, InterruptedException {
        StopSignal stop = new StopSignal();
        try {
            History history = training.run();
            afterwards.with(history);
            return history.end() == History.End.INTERRUPTED ? 130 : 0;
        } finally {
            stop.close();
        }
    }

    private Models.Entry entry() {
        return Models.ALL.stream()
                .filter(known -> known.name().equals(model))
                .findFirst()
                .orElseThrow(() -> wrong("MODEL", Models.names(), model, "Choose one of these"));
    }

    private void checkOptions() {
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

    private ParameterException wrong(String what, String expected, Object got, String advice) {
        return new ParameterException(
                spec.commandLine(),
                "train: expected " + what + " to be " + expected + " but got " + got + ". " + advice + ".");
    }

    private Settings settings(Settings recipe) {
        return new Settings(
                epochs != null ? epochs : recipe.epochs(),
                batch != null ? batch : recipe.batchSize(),
                seed,
                learningRate != null ? recipe.learningRate().from(learningRate) : recipe.learningRate());
    }

    /** What was asked for by name, or nothing; without a name, Scribbles where MNIST is not to be had. */
    private Dataset images() {
        Dataset all = data == null ? Datasets.mnistOrScribbles() : Datasets.load(data);
        return limit == null
                ? all
                : all.first(
                        Math.min(limit, all.train().count()),
                        Math.min(limit, all.test().count()));
    }

    private Path folder(Dataset images) {
        String name = model + "-" + images.name() + "-seed" + seed;
        return out != null ? out : Path.of("out", engine.equals("dl4j") ? name + "-dl4j" : name);
    }

    private String again() {
        String arguments =
                String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
        return resume ? arguments : arguments + " --resume";
    }
}
