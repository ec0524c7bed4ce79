package atelier.cli;

import atelier.data.Dataset;
import atelier.dl4j.Dl4jFile;
import atelier.layer.Parameter;
import atelier.measure.Evaluation;
import atelier.model.ConvNet;
import atelier.tensor.Parallel;
import atelier.train.History;
import atelier.train.Learner;
import atelier.train.Settings;
import atelier.train.Trainee;
import atelier.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private TrainOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Models.Entry entry = entry();
        options.check();
        if (options.threads != null) {
            Parallel.threads(options.threads);
        }
        Dataset images = imagesAfterTheFolder();
        Path folder = options.folder(model, images);
        TrainReport.prepare(folder, options.resume);
        Settings settings = options.settings(entry.settings().apply(options.seed));
        TrainReport report = new TrainReport(folder, model, options.engine, images, settings);
        return options.engine.equals("dl4j")
                ? inDl4j(entry.twin().apply(options.seed), report)
                : fromScratch(entry.learner().apply(options.seed), report);
    }

    /** A folder that cannot be used is said before data is fetched; one that was made for nothing is removed. */
    private Dataset imagesAfterTheFolder() throws IOException {
        boolean made = options.out != null && Files.notExists(options.out);
        if (options.out != null) {
            TrainReport.prepare(options.out, options.resume);
        }
        try {
            return options.images();
        } catch (RuntimeException noImages) {
            if (made) {
                Files.deleteIfExists(options.out);
            }
            throw noImages;
        }
    }

    private int fromScratch(Learner learner, TrainReport report) throws IOException, InterruptedException {
        Training training = training(learner, report).checkpoints(report.folder(), options.resume);
        return run(training, history -> {
            if (history.end() == History.End.INTERRUPTED) {
                System.out.println("Go on with: ./atelier " + again());
            } else {
                if (learner.model() instanceof ConvNet net) {
                    report.write(
                            "inside.png", Inside.of(net, report.data().test()).png());
                }
                report.write(
                        history,
                        learner,
                        learner.parameters().stream().map(Parameter::value).toList(),
                        Evaluation.of(learner.model(), report.data().test()).confusion());
            }
        });
    }

    private int inDl4j(Dl4jTrainee twin, TrainReport report) throws IOException, InterruptedException {
        return run(training(twin, report), history -> {
            Dl4jFile.save(twin.network(), report.folder().resolve("dl4j.zip"));
            if (history.end() != History.End.INTERRUPTED) {
                report.write(
                        history,
                        twin,
                        twin.network().weights(),
                        twin.confusion(report.data().test()));
            }
        });
    }

    private Training training(Trainee trainee, TrainReport report) {
        Training training = new Training(trainee, report.data(), report.settings());
        return options.maxSeconds == null ? training : training.maxSeconds(options.maxSeconds);
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
                .orElseThrow(() -> options.wrong("MODEL", Models.names(), model, "Choose one of these"));
    }

    private String again() {
        List<String> said = spec.commandLine().getParent().getParseResult().originalArgs();
        return String.join(" ", said) + (options.resume ? "" : " --resume");
    }
}
