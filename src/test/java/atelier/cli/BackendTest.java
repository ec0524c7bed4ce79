package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import atelier.dl4j.Gpu;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void withoutAGpu() throws InterruptedException {
        assumeFalse(Gpu.look().works(), "this machine has a GPU");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train convnet --engine dl4j", "train vae", "run notebooks/05-convnet.ipynb", "lab"})
    void withoutAGpuEveryCommandEndsInOneLine(String command) {
        Told told = Told.by((command + " --backend cuda").split(" "));
        assertEquals(1, told.status(), told.errors());
        assertEquals(1, told.errors().lines().count(), told.errors());
        assertTrue(told.errors().contains("expected a GPU for CUDA 11.6 but got none: "), told.errors());
        assertTrue(told.errors().contains("leave out --backend cuda"), told.errors());
    }

    @Test
    void withAFallbackItSaysSoAndTrainsOnTheProcessor() {
        Path out = folder.resolve("out");
        Told told = Told.by(
                "train",
                "convnet",
                "--backend",
                "cuda",
                "--fallback",
                "--data",
                "scribbles",
                "--limit",
                "50",
                "--epochs",
                "1",
                "--out",
                out.toString());
        assertEquals(0, told.status(), told.errors());
        assertTrue(told.errors().contains("Going on with the processor."), told.errors());
        assertTrue(Files.exists(out.resolve("metrics.json")));
    }

    @Test
    void anotherBackendIsWrongUsage() {
        Told told = Told.by("train", "convnet", "--backend", "gpu");
        assertEquals(2, told.status());
        assertTrue(told.errors().contains("expected --backend cpu or cuda but got gpu"), told.errors());
    }
}
