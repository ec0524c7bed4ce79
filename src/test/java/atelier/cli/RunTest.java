package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--out", folder.resolve("out").toString()));
        return new CommandLine(new Run())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private String notebook(String name, String code) throws IOException {
        String json = """
                {"cells": [{"cell_type": "code", "metadata": {}, "execution_count": null, "outputs": [], "source": "%s"}],
                 "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
                """;
        return Files.writeString(folder.resolve(name), json.formatted(code)).toString();
    }

    @Test
    void aNotebookThatRunsLeavesItsOutputsAndItsPage() throws IOException {
        assertEquals(0, run(notebook("a.ipynb", "6 * 7")), err::toString);
        assertTrue(out.toString().contains("a.ipynb") && out.toString().contains("1 cells"), out::toString);
        assertTrue(Files.readString(folder.resolve("out/a.ipynb")).contains("\"42\""));
        assertTrue(Files.readString(folder.resolve("out/a.html")).contains(">42</pre>"));
    }

    @Test
    void aFailureIsOneLineAndStatusOneAndTheOthersStillRun() throws IOException {
        assertEquals(1, run(notebook("bad.ipynb", "int[] a = new int[-1];"), notebook("good.ipynb", "1 + 1")));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(
                err.toString().contains("bad.ipynb: cell 1 (int[] a = new int[-1];): NegativeArraySizeException: -1"));
        assertTrue(Files.exists(folder.resolve("out/good.html")));
    }

    @Test
    void aFileThatIsNoNotebookIsOneLineAndStatusOne() throws IOException {
        assertEquals(1, run(Files.writeString(folder.resolve("x.ipynb"), "no").toString()));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("x.ipynb: expected JSON"), err::toString);
    }

    @Test
    void wrongUsageIsStatusTwoAndNothingRuns() throws IOException {
        assertEquals(2, run());
        String good = notebook("good.ipynb", "1");
        assertEquals(2, run(good, folder.resolve("none.ipynb").toString()));
        assertTrue(err.toString().contains("none.ipynb but there is none. Check the path."), err::toString);
        assertEquals(2, run(folder.toString()));
        assertEquals(2, run(good, "--timeout", "0"));
        assertTrue(Files.notExists(folder.resolve("out")));
    }

    @Test
    void anOutputFolderThatIsAFileIsOneLineAndStatusTwo() throws IOException {
        Files.writeString(folder.resolve("out"), "a file");
        assertEquals(2, run(notebook("a.ipynb", "1")));
        assertTrue(err.toString().contains("expected a folder that can be written"), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }
}
