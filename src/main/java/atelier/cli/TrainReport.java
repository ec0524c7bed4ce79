package atelier.cli;

import atelier.data.Dataset;
import atelier.tensor.Loops;
import atelier.tensor.Parallel;
import atelier.train.CheckpointException;
import atelier.train.Checkpoints;
import atelier.train.History;
import atelier.train.Learner;
import atelier.train.ModelFile;
import atelier.train.Replace;
import atelier.train.Settings;
import atelier.train.Trainee;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;

/**
 * What a training leaves in its folder beside the checkpoint: the model itself, pictures, history.csv, index.html and
 * metrics.json.
 *
 * @param command what was typed
 */
record TrainReport(
        Path folder,
        String command,
        Models.Entry model,
        String engine,
        Choice choice,
        Dataset data,
        Settings settings) {

    /**
     * Makes the folder where there is none.
     *
     * @throws CheckpointException when it cannot be made, or holds a training and this one does not go on from it
     */
    static void prepare(Path folder, boolean resume) {
        boolean empty = new Checkpoints(folder).isEmpty() && !Files.exists(folder.resolve("metrics.json"));
        if (!empty && !resume) {
            throw new CheckpointException("train: expected a folder without a training but got " + folder
                    + ". Go on with the training in it with --resume, or choose another folder with --out.");
        }
    }

    /**
     * Writes all of it, the model first and metrics.json last.
     *
     * @param trainee who was trained, to be tested
     * @param film of the training, where one was made
     * @param learner whose model has learnt: the trainee itself, or ours with the weights of a framework's
     */
    void write(History history, Trainee trainee, Learner learner, Outcome outcome, Optional<Film> film)
            throws IOException, InterruptedException {
        model(learner).write(folder.resolve(ModelFile.NAME));
        boolean finished = history.end() == History.End.FINISHED;
        Map<String, Number> quality = new LinkedHashMap<>();
        quality.putAll(finished ? history.last().metrics() : trainee.evaluate(data.test()));
        System.out.println("measuring what has become of it …");
        quality.putAll(outcome.measures());
        Map<String, Object> metrics = metrics(history, quality);

        Table table = history.table();
        StringWriter csv = new StringWriter();
        table.write().csv(csv);
        write("history.csv", csv.toString());
        List<Exhibit> exhibits = new ArrayList<>();
        if (!history.epochs().isEmpty()) {
            exhibits.add(outcome.curves(table));
        }
        exhibits.addAll(outcome.pictures());
        if (film.isPresent()) {
            exhibits.addAll(film.get().exhibits(history.epochs().size()));
        }
        for (Exhibit exhibit : exhibits) {
            Replace.write(folder.resolve(exhibit.file()), exhibit.bytes());
        }
        String title = model.name() + " on " + data.name() + ", seed " + settings.seed();
        write("index.html", new IndexPage(title, command, metrics, table, exhibits).html());
        write(
                "metrics.json",
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(metrics));

        System.out.printf(
                Locale.ROOT,
                "%s, %,d images/s; metrics.json, the checkpoint and pictures are in %s: see %s%n",
                quality.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + text(entry.getValue()))
                        .collect(Collectors.joining(", ")),
                Math.round(history.imagesPerSecond()),
                folder,
                folder.resolve("index.html"));
    }

    private ModelFile model(Learner learner) {
        ModelFile file = ModelFile.of(learner, data, settings).with("engine", engine);
        return model.hasCode() ? file.with("latent", String.valueOf(choice.latent())) : file;
    }

    private static String text(Number value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.4f", number) : value.toString();
    }

    private void write(String name, String text) throws IOException {
        Replace.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, Object> metrics(History history, Map<String, Number> quality) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("model", model.name());
        metrics.put("engine", engine);
        metrics.put("data", data.name());
        metrics.put("seed", settings.seed());
        metrics.put("threads", Parallel.threads());
        metrics.put("epochs", settings.epochs());
        metrics.put("epochs_completed", history.epochs().size());
        metrics.put("batch", settings.batchSize());
        metrics.put("learning_rate", settings.learningRate().rate());
        metrics.put("schedule", settings.learningRate().shape().name().toLowerCase(Locale.ROOT));
        if (model.hasCode()) {
            metrics.put("latent", choice.latent());
        }
        if (model.isVae()) {
            metrics.put("beta", choice.beta());
        }
        metrics.put("train_images", data.train().count());
        metrics.put("test_images", data.test().count());
        metrics.put("train_seconds", history.seconds());
        metrics.put("images_per_second", history.imagesPerSecond());
        metrics.putAll(quality);
        metrics.put("peak_memory_mb", PeakMemory.megabytes());
        metrics.put("jdk", Runtime.version().toString());
        metrics.put("simd", Loops.vectors());
        return metrics;
    }
}
