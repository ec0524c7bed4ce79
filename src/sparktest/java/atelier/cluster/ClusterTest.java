package atelier.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real master and real workers, and what a training loses when some of them die: nothing. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ClusterTest {

    private static final String DATA = System.getenv("ATELIER_DATASETS") != null
                    || Files.exists(Path.of("datasets", "mnist", "train-images-idx3-ubyte"))
            ? "mnist"
            : "scribbles";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"convnet", "vae"})
    void aClusterGivesTheBitsOfOneMachine(String model) throws Exception {
        Path alone = folder.resolve("alone");
        assertEquals(0, train(alone, model).waitFor(), () -> said(alone));
        try (StandaloneCluster cluster = new StandaloneCluster(folder, 2)) {
            Path spread = folder.resolve("spread");
            assertEquals(0, train(spread, model, "--cluster", cluster.address()).waitFor(), () -> said(spread));
            assertTrue(said(spread).contains("executor 1 on"), () -> said(spread));
            assertSame(alone, spread);
        }
    }

    @Test
    void aWorkerThatIsKilledChangesNothing() throws Exception {
        Path alone = folder.resolve("alone");
        assertEquals(0, train(alone, "convnet").waitFor(), () -> said(alone));
        try (StandaloneCluster cluster = new StandaloneCluster(folder, 2)) {
            Path spread = folder.resolve("spread");
            Process driver = train(spread, "convnet", "--cluster", cluster.address());
            StandaloneCluster.await(
                    90,
                    "two executors and a step",
                    () -> said(spread).contains("executor 1 on") && said(spread).contains("loss"));
            cluster.killWorker(0);
            assertEquals(0, driver.waitFor(), () -> said(spread));
            assertTrue(said(spread).contains("is lost"), () -> said(spread));
            assertSame(alone, spread);
        }
    }

    @Test
    void aDriverThatIsKilledGoesOnFromItsCheckpoint() throws Exception {
        Path alone = folder.resolve("alone");
        assertEquals(0, train(alone, "convnet", "--epochs", "2").waitFor(), () -> said(alone));
        try (StandaloneCluster cluster = new StandaloneCluster(folder, 2)) {
            Path spread = folder.resolve("spread");
            Process driver = train(spread, "convnet", "--epochs", "2", "--cluster", cluster.address());
            StandaloneCluster.await(
                    120, "the end of an epoch", () -> said(spread).contains("epoch 1/2  train_loss"));
            driver.destroyForcibly().waitFor();
            assertTrue(Files.notExists(spread.resolve("metrics.json")), "it was killed too late");
            Process again = train(spread, "convnet", "--epochs", "2", "--cluster", cluster.address(), "--resume");
            assertEquals(0, again.waitFor(), () -> said(spread));
            assertSame(alone, spread);
        }
    }

    @Test
    void aMasterThatDoesNotListenIsToldInOneLine() throws Exception {
        Path out = folder.resolve("nobody");
        assertEquals(
                1, train(out, "convnet", "--cluster", "spark://127.0.0.1:1").waitFor(), () -> said(out));
        List<String> errors =
                said(out).lines().filter(line -> line.startsWith("atelier: ")).toList();
        assertEquals(1, errors.size(), () -> said(out));
        assertTrue(errors.get(0).contains("expected a Spark master that listens but got none"), errors::toString);
    }

    /** The whole command, in a process of its own. */
    private static Process train(Path out, String model, String... more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(StandaloneCluster.java().toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Djava.awt.headless=true"));
        command.add("-Datelier.home=" + Path.of("").toAbsolutePath());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(List.of("-cp", StandaloneCluster.classpath(), "atelier.cli.Main", "train", model));
        command.addAll(List.of("--data", DATA, "--batch", "2048", "--out", out.toString()));
        if (!Arrays.asList(more).contains("--epochs")) {
            command.addAll(List.of("--epochs", "1"));
        }
        if (model.equals("vae")) {
            command.addAll(List.of("--iwae", "0"));
        }
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        out.resolveSibling(out.getFileName() + ".log").toFile()))
                .start();
    }

    private static String said(Path out) {
        try {
            return Files.readString(out.resolveSibling(out.getFileName() + ".log"));
        } catch (IOException nothingYet) {
            return "";
        }
    }

    /** Weights, moments, random positions: the checkpoint's bytes, and the model's. */
    private static void assertSame(Path expected, Path actual) throws IOException {
        for (String file : List.of("checkpoint.bin", "model.bin")) {
            assertArrayEquals(
                    Files.readAllBytes(expected.resolve(file)), Files.readAllBytes(actual.resolve(file)), file);
        }
    }
}
