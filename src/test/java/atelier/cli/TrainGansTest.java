package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code train} of the adversarial models, and what one does with them: {@code sample} and {@code measure}. */
class TrainGansTest {

    private static final Set<String> JUDGED = Set.of(
            "frechet_distance",
            "frechet_n",
            "frechet_floor",
            "kid",
            "precision",
            "recall",
            "modes",
            "class_kl",
            "memorisation");

    @TempDir
    private Path folder;

    private Told train(String model, String... more) {
        List<String> words = new ArrayList<>(List.of("train", model, "--data", "scribbles", "--limit", "60"));
        words.addAll(List.of("--batch", "20", "--out", folder.resolve("out").toString()));
        words.addAll(List.of(more));
        return Told.by(words.toArray(String[]::new));
    }

    private Path file(String name) {
        return folder.resolve("out").resolve(name);
    }

    private JsonNode metrics() throws IOException {
        return new ObjectMapper().readTree(file("metrics.json").toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gan", "dcgan", "wgan", "wgan-gp", "sn-gan", "ls-gan", "conditional-gan", "vae-gan"})
    void everyGanLeavesItsNumbersItsFilmAndAPage(String model) throws IOException {
        Told told = train(model, "--epochs", "2");
        assertEquals(0, told.status(), told.errors());

        JsonNode metrics = metrics();
        Set<String> wanted = new TreeSet<>(JUDGED);
        wanted.addAll(List.of("d_loss", "g_loss", "d_real", "d_fake", "latent"));
        if (model.startsWith("conditional")) {
            wanted.add("label_agreement");
        }
        if (model.equals("vae-gan")) {
            wanted.addAll(List.of("test_kl", "test_feature_distance", "test_mse", "test_psnr", "test_ssim", "pca_mse"));
            for (String picture : List.of("reconstructions", "interpolation", "manifold", "codes", "kernels")) {
                assertTrue(Files.exists(file(picture + ".png")), picture);
            }
        }
        String page = Files.readString(file("index.html"));
        for (String name : wanted) {
            assertTrue(metrics.has(name) && Double.isFinite(metrics.get(name).asDouble()), name);
            assertTrue(page.contains("<code>" + name + "</code>"), name);
            assertFalse(Glossary.meaning(name).isEmpty(), name);
        }
        assertEquals(60, metrics.get("frechet_n").asInt());
        assertEquals(model, metrics.get("model").asText());
        for (String picture : List.of("curves.png", "samples.png", "film.png", "film.gif")) {
            assertTrue(ImageIO.read(file(picture).toFile()).getWidth() > 100, picture);
        }
        assertTrue(page.contains("data:image/gif;base64,"));
        assertFalse(page.contains("http:") || page.contains("https:"), "it loads nothing");
        for (int epoch = 0; epoch <= 2; epoch++) {
            assertTrue(Files.exists(file("film/epoch-00" + epoch + ".png")), "epoch " + epoch);
        }
        String history = Files.readString(file("history.csv"));
        assertTrue(history.lines().findFirst().orElseThrow().contains("frechet_distance"), history);
    }

    @Test
    void aTrainingThatGoesOnHasTheSameCheckpointAndFilmAsOneThatNeverStopped() throws IOException {
        assertEquals(0, train("wgan-gp", "--epochs", "2").status());
        byte[] whole = Files.readAllBytes(file("checkpoint.bin"));
        byte[] last = Files.readAllBytes(file("film/epoch-002.png"));
        Files.move(folder.resolve("out"), folder.resolve("whole"));

        Told stopped = train("wgan-gp", "--epochs", "2", "--max-seconds", "0.001");
        assertEquals(0, stopped.status(), stopped.errors());
        Told resumed = train("wgan-gp", "--epochs", "2", "--resume");
        assertEquals(0, resumed.status(), resumed.errors());
        assertArrayEquals(whole, Files.readAllBytes(file("checkpoint.bin")));
        assertArrayEquals(last, Files.readAllBytes(file("film/epoch-002.png")));
    }

    // ---- sample ----

    @Test
    void theSameSeedGivesTheSameImagesAndAnotherGivesOthers() throws IOException {
        assertEquals(0, train("gan", "--epochs", "1").status());
        String out = folder.resolve("out").toString();
        assertEquals(0, Told.by("sample", out, "--count", "9", "--seed", "3").status());
        byte[] first = Files.readAllBytes(file("samples-seed3.png"));
        Path again = folder.resolve("again.png");
        assertEquals(
                0,
                Told.by("sample", out, "--count", "9", "--seed", "3", "--out", again.toString())
                        .status());
        assertArrayEquals(first, Files.readAllBytes(again));
        assertEquals(0, Told.by("sample", out, "--count", "9", "--seed", "4").status());
        assertFalse(java.util.Arrays.equals(first, Files.readAllBytes(file("samples-seed4.png"))));

        Told digit = Told.by("sample", out, "--digit", "7");
        assertEquals(2, digit.status());
        assertEquals(
                "atelier: sample: expected --digit to be given for a model that takes orders (conditional-gan, "
                        + "conditional-vae) but got gan. Leave it out.",
                digit.errors().strip());
    }

    @Test
    void aConditionalModelMakesTheDigitThatItIsAskedFor() throws IOException {
        assertEquals(0, train("conditional-gan", "--epochs", "1").status());
        String out = folder.resolve("out").toString();
        for (String digit : List.of("0", "7")) {
            assertEquals(
                    0, Told.by("sample", out, "--digit", digit, "--count", "4").status());
        }
        BufferedImage zero = ImageIO.read(file("samples-digit0-seed0.png").toFile());
        BufferedImage seven = ImageIO.read(file("samples-digit7-seed0.png").toFile());
        boolean differ = false;
        for (int i = 0; i < zero.getWidth() * zero.getHeight(); i++) {
            int x = i % zero.getWidth();
            int y = i / zero.getWidth();
            differ |= zero.getRGB(x, y) != seven.getRGB(x, y);
        }
        assertTrue(differ, "the label decides");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--count 0", "--count 10001", "--digit 10", "--digit -1", "--seed x"})
    void whatCannotBeSampledIsSaidInOneLine(String words) throws IOException {
        assertEquals(0, train("gan", "--epochs", "1").status());
        List<String> all =
                new ArrayList<>(List.of("sample", folder.resolve("out").toString()));
        all.addAll(List.of(words.split(" ")));
        Told told = Told.by(all.toArray(String[]::new));
        assertEquals(2, told.status());
        assertEquals(1, told.errors().strip().lines().count(), told.errors());
    }

    @Test
    void aFolderWithoutATrainingAndABrokenFileAreNamed() throws IOException {
        Told nothing = Told.by("sample", folder.resolve("none").toString());
        assertEquals(1, nothing.status());
        assertTrue(
                nothing.errors()
                        .startsWith("atelier: Trained: expected the folder of a training, with a model.bin, but got "),
                nothing.errors());
        Files.write(folder.resolve("model.bin"), "no model".getBytes(StandardCharsets.UTF_8));
        Told broken = Told.by("measure", folder.toString());
        assertEquals(1, broken.status());
        assertTrue(broken.errors().startsWith("atelier: ModelFile: expected a trained model in "), broken.errors());
        assertEquals(1, broken.errors().strip().lines().count());
    }

    // ---- measure ----

    @Test
    void modelsOfEveryKindAreJudgedSideBySide() throws IOException {
        List<String> folders = new ArrayList<>();
        for (String model : List.of("autoencoder", "vae", "gan", "convnet")) {
            assertEquals(0, train(model, "--epochs", "1").status());
            Files.move(folder.resolve("out"), folder.resolve(model));
            folders.add(folder.resolve(model).toString());
        }
        List<String> words = new ArrayList<>(List.of("measure", "--limit", "60"));
        words.addAll(folders);
        Told told = Told.by(words.toArray(String[]::new));
        assertEquals(0, told.status(), told.errors());
        for (String model : List.of("autoencoder", "vae", "gan", "convnet")) {
            assertTrue(told.out().contains(model), told.out());
            JsonNode metrics = new ObjectMapper()
                    .readTree(folder.resolve(model).resolve("metrics.json").toFile());
            assertEquals(!model.equals("convnet"), metrics.has("frechet_distance"), model);
            assertTrue(metrics.has("train_seconds"), "what was there is kept");
        }
        JsonNode gan = new ObjectMapper()
                .readTree(folder.resolve("gan").resolve("metrics.json").toFile());
        assertTrue(
                told.out()
                        .contains(String.format(
                                "%.4f", gan.get("frechet_distance").asDouble())),
                told.out());
    }
}
