package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Dataset;
import atelier.data.Datasets;
import atelier.data.Scribbles;
import atelier.tensor.Parallel;
import atelier.train.History;
import atelier.train.Progress;
import atelier.train.Recipes;
import atelier.train.Schedule;
import atelier.train.Settings;
import atelier.train.Training;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every model of the command line besides the classifier, which {@link TrainTest} trains. */
class TrainModelsTest {

    private static final Dataset DATA = Scribbles.load(2, 80, 30);

    private static final String QUALITY = "latent test_mse test_psnr test_ssim pca_mse ";
    private static final String BOUND =
            QUALITY + "beta test_elbo test_reconstruction test_kl test_iwae test_iwae_k active_units";

    @TempDir
    private Path folder;

    private Told train(String model, String out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", model, "--data", "scribbles", "--out"));
        arguments.add(folder.resolve(out).toString());
        arguments.addAll(List.of(more));
        return Told.by(arguments.toArray(String[]::new));
    }

    private JsonNode metrics(String out) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(out).resolve("metrics.json").toFile());
    }

    private byte[] checkpoint(String out) throws IOException {
        return Files.readAllBytes(folder.resolve(out).resolve("checkpoint.bin"));
    }

    // ---- what is left in the folder ----

    private static final String PICTURES = "curves reconstructions manifold codes ";

    @ParameterizedTest
    @CsvSource({
        "autoencoder, 32, " + QUALITY + "test_loss, " + PICTURES,
        "conv-autoencoder, 32, " + QUALITY + "test_loss, " + PICTURES + "kernels",
        "denoising-autoencoder, 64, " + QUALITY + "test_loss noisy_psnr psnr_gain, " + PICTURES,
        "vae, 20, " + BOUND + ", " + PICTURES + "samples",
        "deep-vae, 50, " + BOUND + ", " + PICTURES + "samples",
        "conv-vae, 20, " + BOUND + ", " + PICTURES + "samples kernels",
        "conditional-vae, 20, " + BOUND + ", " + PICTURES + "samples",
    })
    void everyModelLeavesItsNumbersItsPicturesAndAPage(String model, int latent, String keys, String pictures)
            throws IOException {
        boolean vae = keys.contains("elbo");
        String[] quick = {"--limit", "200", "--epochs", "1", "--seed", "3"};
        String[] more = {"--limit", "200", "--epochs", "1", "--seed", "3", "--iwae", "20", "--beta", "1.5"};
        Told told = train(model, "out", vae ? more : quick);
        assertEquals(0, told.status(), told.errors());

        JsonNode metrics = metrics("out");
        Set<String> expected = new TreeSet<>(Arrays.asList(keys.split(" ")));
        expected.addAll(List.of("model", "engine", "data", "seed", "threads", "epochs", "epochs_completed", "batch"));
        expected.addAll(List.of("learning_rate", "schedule", "train_images", "test_images", "train_seconds"));
        expected.addAll(List.of("images_per_second", "peak_memory_mb", "jdk", "simd"));
        Set<String> got = new TreeSet<>();
        metrics.fieldNames().forEachRemaining(got::add);
        assertEquals(expected, got);
        assertEquals(model, metrics.get("model").asText());
        assertEquals(latent, metrics.get("latent").asInt());
        fitEachOther(metrics);
        metrics.forEach(value -> assertFalse(value.isNumber() && !Double.isFinite(value.asDouble())));

        Set<String> files = new TreeSet<>(
                List.of("checkpoint.bin", "checkpoint.previous.bin", "model.bin", "times.csv", "history.csv"));
        files.add("index.html");
        files.add("metrics.json");
        Arrays.stream(pictures.split(" ")).map(picture -> picture + ".png").forEach(files::add);
        try (Stream<Path> there = Files.list(folder.resolve("out"))) {
            assertEquals(
                    files,
                    there.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
        String page = Files.readString(folder.resolve("out").resolve("index.html"));
        for (String picture : pictures.split(" ")) {
            assertTrue(
                    ImageIO.read(folder.resolve("out").resolve(picture + ".png").toFile())
                                    .getWidth()
                            > 100);
        }
        assertEquals(pictures.split(" ").length, page.split("src=\"data:image/png;base64,", -1).length - 1);
        assertFalse(page.contains("http:") || page.contains("https:") || page.contains("<script"), "it loads nothing");
        for (String key : got) {
            assertTrue(page.contains("<code>" + key + "</code>"), key);
            assertFalse(Glossary.meaning(key).isEmpty(), key + " is explained");
        }
        assertTrue(page.contains("./atelier train " + model), "the command that made it");
    }

    private static void fitEachOther(JsonNode metrics) {
        double psnr = metrics.get("test_psnr").asDouble();
        assertEquals(psnr, -10 * Math.log10(metrics.get("test_mse").asDouble()), 3, "but for the mean of a logarithm");
        if (metrics.has("psnr_gain")) {
            double gain = psnr - metrics.get("noisy_psnr").asDouble();
            assertEquals(gain, metrics.get("psnr_gain").asDouble(), 1e-9);
            assertTrue(gain > 0, "the noise is strong: " + gain + " dB");
        }
        if (metrics.has("test_elbo")) {
            double elbo = metrics.get("test_elbo").asDouble();
            double parts = metrics.get("test_reconstruction").asDouble()
                    + metrics.get("test_kl").asDouble();
            assertEquals(elbo, -parts, 1e-9, "whatever beta is");
            assertTrue(elbo < -50, "negative nats: " + elbo);
            assertTrue(metrics.get("test_iwae").asDouble() > elbo, "samples bound ln p(x) more tightly than one");
            assertEquals(20, metrics.get("test_iwae_k").asInt());
            assertEquals(1.5, metrics.get("beta").asDouble());
            assertTrue(metrics.get("active_units").asInt() >= 0
                    && metrics.get("active_units").asInt()
                            <= metrics.get("latent").asInt());
        }
    }

    @ParameterizedTest
    @CsvSource({"autoencoder, 1", "autoencoder, 2", "vae, 1", "vae, 2", "vae, 784", "conditional-vae, 2", "conv-vae, 3"
    })
    void aCodeOfAnySizeCanBeDrawn(String model, int latent) {
        Outcome outcome = apprentice(model, latent).outcome().apply(DATA);
        List<String> files = outcome.pictures().stream().map(Exhibit::file).toList();
        assertTrue(files.contains("reconstructions.png") && files.contains("manifold.png"), files::toString);
        assertEquals(latent > 1, files.contains("codes.png"), "a line is no plane");
    }

    private static Apprentice apprentice(String model, int latent) {
        return Models.ALL.stream()
                .filter(entry -> entry.name().equals(model))
                .findFirst()
                .orElseThrow()
                .apprentice()
                .apply(new Choice(5, latent, 1, 0));
    }

    // ---- wrong usage ----

    @ParameterizedTest
    @CsvSource({
        "autoencoder, --latent, 0, expected --latent to be 1 to 784 but got 0",
        "vae, --latent, 785, expected --latent to be 1 to 784 but got 785",
        "vae, --latent, x, --latent",
        "vae, --beta, -1, expected --beta to be a number of 0 or more but got -1.0",
        "vae, --beta, NaN, expected --beta to be a number of 0 or more but got NaN",
        "vae, --beta, Infinity, expected --beta to be a number of 0 or more but got Infinity",
        "vae, --iwae, -1, expected --iwae to be 0 to 1000000 but got -1",
        "convnet, --latent, 5, but got convnet",
        "convnet, --beta, 1, but got convnet",
        "autoencoder, --beta, 1, 'a divergence (vae, deep-vae, conv-vae, conditional-vae) but got autoencoder'",
        "autoencoder, --iwae, 5, 'a likelihood (vae, deep-vae, conv-vae, conditional-vae) but got autoencoder'",
        "deep-vae, --engine, dl4j, 'twin in DL4J (convnet, autoencoder, conv-autoencoder, vae, conv-vae, gan, dcgan) but got deep-vae'",
        "vae, --out, '', expected --out to be the path of a folder but got an empty path",
        "vae, --out, '  ', expected --out to be the path of a folder but got an empty path",
    })
    void aWrongValueIsOneLineAndStatus2(String model, String option, String value, String told) {
        Told got = Told.by("train", model, option, value);
        assertEquals(2, got.status());
        assertEquals(1, got.errors().lines().count(), got.errors());
        assertTrue(got.errors().contains(told), got.errors());
        assertEquals("", got.out());
    }

    @Test
    void aCheckpointOfAnotherModelIsRefusedInOneLine() throws IOException {
        String[] quick = {"--limit", "60", "--epochs", "1"};
        assertEquals(
                0,
                train("vae", "out", "--limit", "60", "--epochs", "1", "--iwae", "0")
                        .status());
        assertFalse(metrics("out").has("test_iwae") || metrics("out").has("test_iwae_k"), "no samples, no estimate");
        assertTrue(metrics("out").has("active_units"));
        byte[] before = checkpoint("out");
        refused("model: vae in the checkpoint, autoencoder here", "autoencoder", quick);
        refused("model: vae in the checkpoint, convnet here", "convnet", quick);
        refused("784-400-20-400-784, relu in the checkpoint", "vae", "--limit", "60", "--epochs", "1", "--latent", "3");
        refused("beta: 1.0 in the checkpoint, 2.0 here", "vae", "--limit", "60", "--epochs", "1", "--beta", "2");
        assertArrayEquals(before, checkpoint("out"));
    }

    private void refused(String why, String model, String... more) {
        List<String> resume = new ArrayList<>(List.of(more));
        resume.add("--resume");
        Told told = train(model, "out", resume.toArray(String[]::new));
        assertEquals(1, told.status());
        assertEquals(1, told.errors().lines().count(), told.errors());
        assertTrue(told.errors().contains(why), told.errors());
    }

    // ---- the same bits ----

    @ParameterizedTest
    @CsvSource({
        "autoencoder, 32",
        "denoising-autoencoder, 64",
        "conv-autoencoder, 32",
        "vae, 20",
        "deep-vae, 50",
        "conv-vae, 20",
        "conditional-vae, 20"
    })
    void oneThreadAndTwoWriteTheSameCheckpoint(String model, int latent) throws IOException {
        int before = Parallel.threads();
        try {
            History.Epoch one = straight(model, latent, 1);
            History.Epoch two = straight(model, latent, 2);
            assertArrayEquals(checkpoint("1"), checkpoint("2"));
            assertEquals(one.metrics(), two.metrics());
        } finally {
            Parallel.threads(before);
        }
    }

    private History.Epoch straight(String model, int latent, int threads) {
        Parallel.threads(threads);
        Settings settings = new Settings(1, 32, 5, Schedule.cosine(0.002));
        return new Training(apprentice(model, latent).learner(), DATA, settings)
                .progress(Progress.silent())
                .checkpoints(folder.resolve(String.valueOf(threads)), false)
                .run()
                .last();
    }

    @Test
    void aKilledVaeGoesOnWithTheSameBytesAsOneThatWasNot() throws Exception {
        String[] settings = {"--limit", "100", "--epochs", "12", "--iwae", "0", "--seed", "5"};
        History straight = new Training(
                        apprentice("vae", 20).learner(),
                        Datasets.load("scribbles", 100),
                        new Settings(12, 128, 5, Recipes.vae(5).learningRate()))
                .progress(Progress.silent())
                .checkpoints(folder.resolve("straight"), false)
                .run();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "train",
                "vae",
                "--data",
                "scribbles",
                "--out",
                folder.resolve("killed").toString()));
        command.addAll(List.of(settings));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path second = folder.resolve("killed").resolve("checkpoint.previous.bin"); // is there after the first epoch
        for (int wait = 0; wait < 3000 && !Files.exists(second) && process.isAlive(); wait++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        process.destroyForcibly().waitFor();
        assertTrue(Files.exists(second), "it came so far");
        assertFalse(Files.exists(folder.resolve("killed").resolve("metrics.json")), "it had not ended");

        List<String> resume = new ArrayList<>(List.of(settings));
        resume.add("--resume");
        Told told = train("vae", "killed", resume.toArray(String[]::new));
        assertEquals(0, told.status(), told.errors());
        assertArrayEquals(checkpoint("straight"), checkpoint("killed"));
        assertEquals(
                straight.last().metrics().get("test_elbo"),
                metrics("killed").get("test_elbo").asDouble());
    }
}
