package atelier.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {

    @TempDir
    Path folder;

    private Runner runner(boolean inPlace, boolean quick, int seconds) {
        return new Runner(folder.resolve("out"), inPlace, quick, Duration.ofSeconds(seconds));
    }

    private Path notebook(String name, String... cells) throws IOException {
        var json = Notebook.JSON.createObjectNode();
        var list = json.putArray("cells");
        for (String cell : cells) {
            var code = list.addObject().put("cell_type", "code").putNull("execution_count");
            code.putObject("metadata");
            code.putArray("outputs");
            code.set("source", Outputs.lines(cell));
        }
        json.putObject("metadata");
        Path file = folder.resolve(name);
        new Notebook(json.put("nbformat", 4).put("nbformat_minor", 4)).write(file);
        return file;
    }

    private static String result(Notebook notebook, int cell) {
        JsonNode outputs = notebook.cells().get(cell).outputs();
        return Cell.text(outputs.path(outputs.size() - 1).path("data").path("text/plain"));
    }

    @Test
    void theTourShowsEverythingAndIsTheSameEachTime() throws IOException, InterruptedException, URISyntaxException {
        Path tour = Path.of(Objects.requireNonNull(RunnerTest.class.getResource("tour.ipynb"))
                .toURI());
        byte[] before = Files.readAllBytes(tour);
        Runner.Report report = runner(false, false, 60).run(tour);
        assertEquals("", report.error());
        assertEquals(9, report.cells());

        Notebook ran = Notebook.read(report.executed());
        assertEquals("42", result(ran, 1));
        assertEquals("100 %\n", Cell.text(ran.cells().get(1).outputs().path(2).path("text")));
        assertEquals("5", result(ran, 3));
        assertTrue(ran.cells().get(4).outputs().path(0).path("data").has("image/png"));
        assertTrue(ran.cells().get(5).outputs().path(0).path("data").has("text/html"));
        assertTrue(ran.cells().get(6).outputs().path(0).path("data").has("text/html"));
        assertEquals("[[1, 2],\n [3, 4]]", result(ran, 7));
        assertEquals(2, ran.cells().get(8).outputs().size());
        assertEquals(
                "ArrayIndexOutOfBoundsException",
                ran.cells().get(9).outputs().path(0).path("ename").asText());
        assertEquals("3", result(ran, 10));

        String first = Files.readString(report.executed());
        runner(false, false, 60).run(tour);
        assertEquals(first, Files.readString(report.executed()));
        assertEquals(new String(before), Files.readString(tour), "the source stays as it was");
    }

    @Test
    void theFirstErrorEndsTheRunInOneLine() throws IOException, InterruptedException {
        Path file = notebook("bad.ipynb", "int a = 1;", "\nint b = a / 0;\nb", "System.out.println(\"never\");");
        Path before = Files.copy(file, folder.resolve("before"));
        Runner.Report report = runner(true, false, 60).run(file);
        assertFalse(report.ok());
        assertEquals(
                file + ": cell 2 (int b = a / 0;): ArithmeticException: / by zero [in cell 2, line 2:  int b = a / 0;]",
                report.error());
        Notebook ran = Notebook.read(report.executed());
        assertEquals(
                "error",
                ran.cells().get(1).outputs().path(0).path("output_type").asText());
        assertTrue(ran.cells().get(2).outputs().isEmpty());
        assertEquals(Files.readString(before), Files.readString(file), "a failed run does not reach the source");
    }

    @Test
    void aValueThatCannotBeShownIsAnErrorOfItsCell() throws IOException, InterruptedException {
        Path file = notebook(
                "shy.ipynb", "new Object() { public String toString() { throw new IllegalStateException(\"shy\"); } }");
        String error = runner(false, false, 60).run(file).error();
        assertTrue(error.contains("IllegalStateException: a ") && error.contains("cannot be shown: shy"), error);
    }

    @Test
    void inPlaceRefreshesTheSourceToo() throws IOException, InterruptedException {
        Path file = notebook("good.ipynb", "6 * 7");
        Runner.Report report = runner(true, false, 60).run(file);
        assertEquals("42", result(Notebook.read(file), 0));
        assertEquals(Files.readString(report.executed()), Files.readString(file));
    }

    @Test
    void aCellThatTakesTooLongIsStopped() throws IOException, InterruptedException {
        Runner.Report report = runner(false, false, 1).run(notebook("slow.ipynb", "while (true) {}"));
        assertTrue(report.error().contains("the cell ran longer than 1 s"), report.error());
    }

    @Test
    void theFolderOfTheNotebookIsTheWorkingFolder() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("beside.txt"), "found");
        Path file = notebook("where.ipynb", "java.nio.file.Files.readString(java.nio.file.Path.of(\"beside.txt\"))");
        assertEquals(
                "found", result(Notebook.read(runner(false, false, 60).run(file).executed()), 0));
    }

    @Test
    void quickReachesTheNotebook() throws IOException, InterruptedException {
        Path file = notebook("quick.ipynb", "import atelier.train.Budget;\nBudget.epochs(5)");
        assertEquals("1", result(Notebook.read(runner(false, true, 60).run(file).executed()), 0));
        assertEquals(
                "5", result(Notebook.read(runner(false, false, 60).run(file).executed()), 0));
    }

    @Test
    void aProcessThatEndsItselfIsTold() throws IOException, InterruptedException {
        Runner.Report report = runner(false, false, 60).run(notebook("exit.ipynb", "System.exit(3);"));
        assertTrue(report.error().contains("ended with status 3"), report.error());
        assertFalse(Files.exists(report.executed()));
        try (var left = Files.list(folder.resolve("out"))) {
            assertEquals(0, left.count(), "nothing half-written stays");
        }
    }

    @Test
    void aFileThatIsNoNotebookIsRefusedBeforeAnythingRuns() throws IOException {
        Path file = Files.writeString(folder.resolve("x.ipynb"), "no");
        assertThrows(NotebookException.class, () -> runner(false, false, 60).run(file));
    }
}
