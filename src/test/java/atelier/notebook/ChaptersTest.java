package atelier.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every chapter of the course: it runs, holds nothing of one kernel, and is committed with its outputs. */
class ChaptersTest {

    @TempDir
    Path folder;

    static List<Path> chapters() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            List<Path> chapters =
                    files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
            assertTrue(chapters.size() >= 7, chapters::toString);
            return chapters;
        }
    }

    @ParameterizedTest
    @MethodSource("chapters")
    @Execution(ExecutionMode.CONCURRENT)
    void itRunsFromTopToBottom(Path chapter) throws IOException, InterruptedException {
        Runner.Report report = new Runner(folder, false, true, Duration.ofMinutes(5)).run(chapter);
        assertEquals("", report.error());
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void itHoldsNothingOfOneKernel(Path chapter) throws IOException {
        for (Cell cell : Notebook.read(chapter).cells()) {
            assertFalse(cell.isCode() && cell.source().lines().anyMatch(l -> l.matches("\\s*%.*")), cell::source);
            assertFalse(cell.isCode() && cell.source().contains("org.rapaio"), cell::source);
        }
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void itIsCommittedWithItsPicturesAndIsSmall(Path chapter) throws IOException {
        assertTrue(Files.size(chapter) <= 1_000_000, Files.size(chapter) + " bytes");
        List<Cell> code =
                Notebook.read(chapter).cells().stream().filter(Cell::isCode).toList();
        assertTrue(code.stream().anyMatch(cell -> cell.outputs().toString().contains("image/png")));
        assertTrue(code.stream()
                .filter(cell -> !cell.tags().contains("raises-exception"))
                .noneMatch(cell -> cell.outputs().toString().contains("\"ename\"")));
    }
}
