package atelier.cli;

import atelier.data.Dataset;
import atelier.show.Confusion;
import atelier.show.Curves;
import atelier.show.Kernels;
import atelier.show.Picture;
import atelier.show.Pictures;
import atelier.tensor.Loops;
import atelier.tensor.Parallel;
import atelier.tensor.Tensor;
import atelier.train.CheckpointException;
import atelier.train.Checkpoints;
import atelier.train.History;
import atelier.train.Replace;
import atelier.train.Settings;
import atelier.train.Trainee;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.Table;

/** What a training leaves in its folder beside the checkpoint: metrics.json, history.csv and pictures. */
record TrainReport(Path folder, String model, String engine, Dataset data, Settings settings) {

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

    /** Writes all of it, metrics.json last. */
    void write(History history, Trainee trainee, List<Tensor> weights, int[][] confusion)
            throws IOException, InterruptedException {
        boolean finished = history.end() == History.End.FINISHED;
        Map<String, Double> quality = finished ? history.last().metrics() : trainee.evaluate(data.test());

        Table table = history.table();
        StringWriter csv = new StringWriter();
        table.write().csv(csv);
        write("history.csv", csv.toString().getBytes(StandardCharsets.UTF_8));
        if (!history.epochs().isEmpty()) {
            write("curves.png", curves(table).png());
        }
        for (Tensor kernels :
                weights.stream().filter(w -> w.rank() == 4).limit(1).toList()) {
            write("kernels.png", Kernels.grid(kernels).png());
        }
        write("confusion.png", Confusion.of(confusion).png());
        ObjectMapper json = new ObjectMapper();
        write("metrics.json", json.writerWithDefaultPrettyPrinter().writeValueAsBytes(metrics(history, quality)));

        System.out.printf(
                Locale.ROOT,
                "%s, %,d images/s; metrics.json, the checkpoint and pictures are in %s%n",
                quality.entrySet().stream()
                        .map(q -> String.format(Locale.ROOT, "%s %.4f", q.getKey(), q.getValue()))
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("no metrics"),
                Math.round(history.imagesPerSecond()),
                folder);
    }

    private static Picture curves(Table table) {
        Picture loss = Curves.of("Loss (nats)", table, "epoch", "train_loss", "test_loss");
        return Pictures.beside(loss, Curves.of("Accuracy", table, "epoch", "test_accuracy"));
    }

    /** Writes one file of the folder, whole or not at all. */
    void write(String name, byte[] bytes) throws IOException {
        Replace.write(folder.resolve(name), bytes);
    }

    private Map<String, Object> metrics(History history, Map<String, Double> quality) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("model", model);
        metrics.put("engine", engine);
        metrics.put("data", data.name());
        metrics.put("seed", settings.seed());
        metrics.put("threads", Parallel.threads());
        metrics.put("epochs", settings.epochs());
        metrics.put("epochs_completed", history.epochs().size());
        metrics.put("batch", settings.batchSize());
        metrics.put("learning_rate", settings.learningRate().rate());
        metrics.put("schedule", settings.learningRate().shape().name().toLowerCase(Locale.ROOT));
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
