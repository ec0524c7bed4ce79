package atelier.cli;

import atelier.data.Dataset;
import atelier.tensor.Parallel;
import atelier.train.History;
import atelier.train.Replace;
import atelier.train.Settings;
import atelier.train.Trainee;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a training leaves in its folder beside the checkpoint: metrics.json, history.csv and pictures. */
final class TrainReport {

    private TrainReport() {}

    static void write(
            Path folder, String model, String engine, Trainee trainee, Dataset data, Settings settings, History history)
            throws IOException, InterruptedException {
        boolean measured = history.end() == History.End.FINISHED;
        Map<String, Double> quality = measured ? history.last().metrics() : trainee.evaluate(data.test());

        StringWriter csv = new StringWriter();
        history.table().write().csv(csv);
        Replace.write(folder.resolve("history.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
        byte[] json = new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(metrics(model, engine, data, settings, history, quality));
        Replace.write(folder.resolve("metrics.json"), json);

        quality.forEach((name, value) -> System.out.printf(Locale.ROOT, "%s %.4f%n", name, value));
        System.out.println("Written to " + folder + ": checkpoint.bin, metrics.json, history.csv");
    }

    private static Map<String, Object> metrics(
            String model,
            String engine,
            Dataset data,
            Settings settings,
            History history,
            Map<String, Double> quality) {
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
        metrics.put(
                "simd", ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        return metrics;
    }
}
