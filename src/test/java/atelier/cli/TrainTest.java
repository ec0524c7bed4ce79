package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Datasets;
import atelier.measure.Evaluation;
import atelier.model.ConvNet;
import atelier.tensor.RandomStream;
import atelier.train.ModelFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "--epochs, 0, --epochs",
        "--batch, -1, --batch",
        "--threads, 0, --threads",
        "--threads, 100000, --threads",
        "--limit, 0, --limit",
        "--data, foo, --data",
        "--engine, foo, --engine",
        "--learning-rate, 0, --learning-rate",
        "--learning-rate, NaN, --learning-rate",
        "--max-seconds, -1, --max-seconds",
        "--seed, x, --seed",
        "--foo, x, --foo"
    })
    void aWrongValueIsOneLineAndStatus2(String option, String value, String named) {
        Told told = Told.by("train", "convnet", option, value, "--out", folder.toString());
        assertEquals(2, told.status());
        assertEquals(1, told.errors().lines().count(), told.errors());
        assertTrue(told.errors().contains(named), told.errors());
    }

    @Test
    void anUnknownModelIsOneLineThatNamesTheKnownOnes() {
        Told told = Told.by("train", "convnot");
        assertEquals(2, told.status());
        assertEquals(
                List.of("atelier: train: expected MODEL to be "
                        + Models.names(any -> true)
                        + " but got convnot. Choose one of these."),
                told.errors().lines().toList());
        assertEquals(2, Told.by("train").status());
    }

    @Test
    void aFileInPlaceOfTheFolderIsOneLineAndStatus2() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[3]);
        for (String out : new String[] {file.toString(), file.resolve("below").toString()}) {
            Told told = Told.by("train", "convnet", "--data", "scribbles", "--out", out);
            assertEquals(2, told.status());
            assertEquals(1, told.errors().lines().count(), told.errors());
            assertTrue(told.errors().contains("expected --out to be a folder but got " + out), told.errors());
        }
        assertEquals(3, Files.size(file));
    }

    @Test
    void aTrainingLeavesItsNumbersPicturesAndCheckpointAndIsNotOverwritten() throws IOException {
        Path out = folder.resolve("a training");
        String[] train = {
            "train",
            "convnet",
            "--data",
            "scribbles",
            "--limit",
            "300",
            "--epochs",
            "2",
            "--seed",
            "4",
            "--threads",
            "2",
            "--out",
            out.toString()
        };
        Told told = Told.by(train);
        assertEquals(0, told.status(), told.errors());
        assertTrue(told.out().contains("epoch 2/2"), told.out());
        assertTrue(told.out().contains(out.toString()), told.out());
        JsonNode metrics =
                new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
        assertEquals("convnet", metrics.get("model").asText());
        assertEquals("scratch", metrics.get("engine").asText());
        assertEquals("scribbles", metrics.get("data").asText());
        assertEquals(4, metrics.get("seed").asInt());
        assertEquals(2, metrics.get("threads").asInt());
        assertEquals(2, metrics.get("epochs").asInt());
        assertEquals(32, metrics.get("batch").asInt());
        assertEquals(300, metrics.get("train_images").asInt());
        double seconds = metrics.get("train_seconds").asDouble();
        assertEquals(600, seconds * metrics.get("images_per_second").asDouble(), 1e-6);
        assertTrue(metrics.get("test_accuracy").asDouble() > 0.15
                && metrics.get("test_accuracy").asDouble() <= 1);
        assertTrue(metrics.get("test_loss").asDouble() > 0);
        assertTrue(metrics.get("peak_memory_mb").asDouble() > 50);
        List<String> history = Files.readAllLines(out.resolve("history.csv"));
        assertEquals(
                "epoch,train_loss,learning_rate,test_loss,test_accuracy,seconds,images_per_second", history.get(0));
        assertEquals(3, history.size());
        for (String picture : new String[] {"curves.png", "kernels.png", "confusion.png", "inside.png"}) {
            assertTrue(ImageIO.read(out.resolve(picture).toFile()).getWidth() > 100, picture);
        }
        byte[] checkpoint = Files.readAllBytes(out.resolve("checkpoint.bin"));
        ModelFile model = ModelFile.read(out.resolve("model.bin"));
        assertEquals("4", model.identity().get("seed"));
        ConvNet net = new ConvNet(RandomStream.seed(0));
        model.into(net);
        assertEquals(
                metrics.get("test_accuracy").asDouble(),
                Evaluation.of(net, Datasets.load("scribbles", 300).test()).accuracy());

        Told again = Told.by(train);
        assertEquals(1, again.status());
        assertEquals(1, again.errors().lines().count(), again.errors());
        assertTrue(again.errors().contains("--resume") && again.errors().contains("--out"), again.errors());
        assertArrayEquals(checkpoint, Files.readAllBytes(out.resolve("checkpoint.bin")));

        List<String> resume = new ArrayList<>(List.of(train));
        resume.add("--resume");
        assertEquals(0, Told.by(resume.toArray(String[]::new)).status());
        assertArrayEquals(checkpoint, Files.readAllBytes(out.resolve("checkpoint.bin")));
        JsonNode same = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
        assertEquals(seconds, same.get("train_seconds").asDouble(), 1e-9, "a finished training takes no more time");
        assertEquals(metrics.get("test_accuracy"), same.get("test_accuracy"));
    }

    @Test
    void aTrainingInDl4jLeavesWhatItHasLearntInAModelOfOurs() throws IOException {
        Path out = folder.resolve("dl4j");
        String[] train = {"train", "convnet", "--engine", "dl4j", "--limit", "200", "--epochs", "1"};
        List<String> command = new ArrayList<>(List.of(train));
        command.addAll(List.of("--data", "scribbles", "--out", out.toString()));
        Told told = Told.by(command.toArray(String[]::new));
        assertEquals(0, told.status(), told.errors());
        ModelFile model = ModelFile.read(out.resolve("model.bin"));
        assertEquals("dl4j", model.identity().get("engine"));
        ConvNet net = new ConvNet(RandomStream.seed(0));
        model.into(net);
        JsonNode metrics =
                new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
        assertEquals(
                metrics.get("test_loss").asDouble(),
                Evaluation.of(net, Datasets.load("scribbles", 200).test()).loss(),
                1e-4);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aRequestToTerminateWritesTheCheckpointAndSaysHowToGoOn() throws Exception {
        Path log = folder.resolve("log");
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "train",
                        "convnet",
                        "--data",
                        "scribbles",
                        "--limit",
                        "500",
                        "--epochs",
                        "1000",
                        "--out",
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            for (int wait = 0; wait < 600 && !Files.exists(out.resolve("checkpoint.bin")); wait++) {
                Thread.sleep(100);
            }
            Thread.sleep(500);
            process.destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it stops after the batch in hand");
            assertEquals(143, process.exitValue());
            String told = Files.readString(log);
            assertTrue(told.contains("stopped by an interrupt in epoch "), told);
            assertTrue(told.contains("Go on with: ./atelier train convnet --data scribbles"), told);
            assertTrue(told.contains(" --resume"), told);
            assertTrue(Files.exists(out.resolve("checkpoint.previous.bin")));
            assertFalse(Files.exists(out.resolve("metrics.json")));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
