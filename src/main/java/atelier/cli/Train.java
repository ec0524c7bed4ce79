package atelier.cli;

import atelier.data.Dataset;
import atelier.dl4j.Nd4jRuntime;
import atelier.layer.Parameter;
import atelier.tensor.Parallel;
import atelier.tensor.Tensor;
import atelier.train.Cluster;
import atelier.train.DataParallel;
import atelier.train.History;
import atelier.train.InPieces;
import atelier.train.Learner;
import atelier.train.Progress;
import atelier.train.Settings;
import atelier.train.Trainee;
import atelier.train.Training;
import atelier.train.Workforce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            completionCandidates = Models.Names.class,
            description = "What to train: ${COMPLETION-CANDIDATES}.")
    private String model;

    @Mixin
    private TrainOptions options;

    @Mixin
    private Backend backend;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Models.Entry entry = entry();
        options.check(entry);
        requireDivisible(entry);
        OptionalInt elsewhere = backend.elsewhere(this::requireDl4j);
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        if (options.cluster != null && Cluster.door().isEmpty()) {
            return Spark.again(spec);
        }
        if (options.threads != null) {
            Parallel.threads(options.threads);
        }
        Dataset images = imagesAfterTheFolder();
        Path folder = options.folder(model, images);
        TrainReport.prepare(folder, options.resume);
        Settings settings = options.settings(entry.settings().apply(options.seed));
        Choice choice = options.choice(entry);
        Apprentice apprentice = entry.apprentice().apply(choice);
        TrainReport report =
                new TrainReport(folder, command(Usage.said(spec)), entry, options.engine, choice, images, settings);
        return options.engine.equals("dl4j") ? inDl4j(apprentice, report) : fromScratch(apprentice, report);
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

    private int fromScratch(Apprentice apprentice, TrainReport report) throws IOException, InterruptedException {
        try (Workforce workforce = workforce(apprentice.learner(), report)) {
            return fromScratch(apprentice, report, workforce);
        }
    }

    private Workforce workforce(Learner learner, TrainReport report) {
        if (options.cluster == null) {
            return null;
        }
        Cluster.Job job = new Cluster.Job(
                (DataParallel) learner,
                new ModelRecipe(model, report.choice()),
                report.data(),
                report.settings(),
                options.pieceSize());
        return Cluster.door()
                .orElseThrow()
                .connect(options.cluster, job, line -> System.out.println("cluster: " + line));
    }

    private int fromScratch(Apprentice apprentice, TrainReport report, Workforce workforce)
            throws IOException, InterruptedException {
        Learner learner = apprentice.learner();
        Learner divided = learner instanceof DataParallel one && one.divides()
                ? workforce == null ? new InPieces(one, options.pieceSize()) : new InPieces(one, workforce)
                : learner;
        Training training = training(divided, report).checkpoints(report.folder(), options.resume);
        Optional<Film> film = film(apprentice, report);
        if (film.isPresent()) {
            film.get().begin();
            training.progress(film.get());
        }
        if (apprentice.filmed() && Judgement.possible(report.data())) {
            Judgement judgement = new Judgement(report.data());
            Sampler sampler = apprentice.sampler().orElseThrow().apply(report.data());
            apprentice.judgedBy(model -> Map.of("frechet_distance", judgement.frechet(sampler)));
        }
        return run(
                training,
                () -> System.out.println("Go on with: " + again()),
                history -> report.write(
                        history, learner, learner, apprentice.outcome().apply(report.data()), film));
    }

    private static Optional<Film> film(Apprentice apprentice, TrainReport report) {
        return apprentice.filmed()
                ? apprentice
                        .sampler()
                        .map(sampler -> new Film(
                                report.folder().resolve("film"), sampler.apply(report.data()), Progress.automatic()))
                : Optional.empty();
    }

    /** DL4J's network starts from the weights of ours; afterwards ours takes over what it has learnt, and is looked at. */
    private int inDl4j(Apprentice apprentice, TrainReport report) throws IOException, InterruptedException {
        Learner ours = apprentice.learner();
        List<Tensor> weights = ours.parameters().stream().map(Parameter::value).toList();
        Nd4jRuntime.start(Parallel.threads());
        Dl4jTrainee twin = new Dl4jTrainee(report.model().twin().orElseThrow().of(weights, report.choice()));
        return run(training(twin, report), () -> twin.save(report.folder()), history -> {
            twin.save(report.folder());
            twin.copyInto(ours);
            report.write(history, twin, ours, apprentice.outcome().apply(report.data()), Optional.empty());
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

    private static int run(Training training, Runnable interrupted, Afterwards afterwards) throws IOException {
        StopSignal stop = new StopSignal();
        try {
            if (toTheEnd(training, afterwards)) {
                return 0;
            }
            interrupted.run();
            return 130;
        } finally {
            stop.close();
        }
    }

    private static boolean toTheEnd(Training training, Afterwards afterwards) throws IOException {
        try {
            History history = training.run();
            if (history.end() == History.End.INTERRUPTED) {
                return false;
            }
            afterwards.with(history);
            return true;
        } catch (InterruptedException whileMeasuring) {
            return false; // the training itself is over and in its checkpoint
        }
    }

    private void requireDl4j() {
        if (options.engine.equals("scratch")) {
            throw options.wrong(
                    "--backend cuda",
                    "given with --engine dl4j, as the from-scratch engine runs on the processor,",
                    "--engine scratch",
                    "Add --engine dl4j");
        }
    }

    private void requireDivisible(Models.Entry entry) {
        if ((options.cluster != null || options.workersBatch != null) && !divides(entry)) {
            throw options.wrong(
                    options.cluster != null ? "--cluster" : "--workers-batch",
                    "given with a model in whose batch no image sees another (" + Models.names(Train::divides) + ")",
                    model,
                    "Batch normalisation looks at the whole batch, and players of a game move in turn: leave it out");
        }
    }

    private static boolean divides(Models.Entry entry) {
        Choice any = new Choice(1, entry.latent(), 1, 0);
        return entry.apprentice().apply(any).learner() instanceof DataParallel learner && learner.divides();
    }

    private Models.Entry entry() {
        return Models.ALL.stream()
                .filter(known -> known.name().equals(model))
                .findFirst()
                .orElseThrow(() -> options.wrong("MODEL", Models.names(any -> true), model, "Choose one of these"));
    }

    private String again() {
        return command(Usage.said(spec)) + (options.resume ? "" : " --resume");
    }

    /** As one types it: words with anything but letters, digits and harmless signs in quotes. */
    private static String command(List<String> words) {
        return words.stream()
                .map(word -> word.matches("[\\w./:=@%+,~-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "./atelier ", ""));
    }
}
