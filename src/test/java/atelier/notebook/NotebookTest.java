package atelier.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotebookTest {

    /** Every corner of the format as Jupyter writes it: empty things, escapes, unknown keys, their order. */
    private static final String JUPYTER = """
            {
             "cells": [
              {
               "attachments": {},
               "cell_type": "markdown",
               "id": "a-1_B",
               "metadata": {
                "collapsed": false,
                "unknown": [
                 1,
                 2.50,
                 null
                ]
               },
               "source": [
                "# Größe \\u001b \\\\ \\"π\\" 🙂 </b>\\n",
                "text\\t/ é"
               ]
              },
              {
               "cell_type": "code",
               "execution_count": null,
               "id": "b",
               "metadata": {},
               "outputs": [],
               "source": []
              }
             ],
             "metadata": {
              "zebra": {},
              "kernelspec": {
               "display_name": "Java",
               "language": "java",
               "name": "java"
              }
             },
             "nbformat": 4,
             "nbformat_minor": 5
            }
            """;

    @TempDir
    Path folder;

    @Test
    void readingAndWritingKeepsEveryByte() throws IOException {
        Path file = Files.writeString(folder.resolve("a.ipynb"), JUPYTER);
        Notebook.read(file).write(file);
        assertEquals(JUPYTER, Files.readString(file));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void cellsTellWhatTheyAre() throws IOException {
        Notebook notebook = Notebook.read(Files.writeString(folder.resolve("a.ipynb"), JUPYTER));
        Cell first = notebook.cells().get(0);
        assertFalse(first.isCode());
        assertEquals("# Größe \u001b \\ \"π\" 🙂 </b>\ntext\t/ é", first.source());
        assertTrue(notebook.cells().get(1).isCode());
        assertEquals("Größe \u001b \\ \"π\" 🙂 </b>", notebook.title());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                    | JSON",
                "{\"cells\": [                         | JSON",
                "{\"cells\": []} trailing              | JSON",
                "[]                                    | list of cells",
                "{\"worksheets\": []}                  | list of cells",
                "{\"cells\": {}}                       | list of cells",
                "{\"cells\": [3]}                      | object",
                "{\"cells\": [], \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}} | \"python\"",
                "{\"cells\": [], \"metadata\": {\"language_info\": {\"name\": \"R\"}}}       | \"R\""
            })
    void aFileThatIsNoJavaNotebookIsRefusedInOneLine(String content, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.ipynb"), content == null ? "" : content);
        String message =
                assertThrows(NotebookException.class, () -> Notebook.read(file)).getMessage();
        assertTrue(message.contains(reason) && message.contains("bad.ipynb"), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void aMissingFileAFolderAndBytesThatAreNoTextAreRefused() throws IOException {
        assertTrue(assertThrows(NotebookException.class, () -> Notebook.read(folder.resolve("no.ipynb")))
                .getMessage()
                .contains("there is none"));
        assertTrue(assertThrows(NotebookException.class, () -> Notebook.read(folder))
                .getMessage()
                .contains("folder"));
        Path file =
                Files.write(folder.resolve("x.ipynb"), "{\"cells\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThrows(NotebookException.class, () -> Notebook.read(file));
        Path deep = Files.writeString(folder.resolve("deep.ipynb"), "[".repeat(100_000));
        assertThrows(NotebookException.class, () -> Notebook.read(deep));
    }
}
