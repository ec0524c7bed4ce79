package atelier.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.notebook.Notebook;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {

    @Test
    void aRegionBecomesABlankThatReturns() {
        assertEquals(
                "int f(int n) {\n    return Todo.here();\n}",
                exercise(
                        "int f(int n) {\n    /// BEGIN SOLUTION\n    int m = n;\n    return m;\n    /// END SOLUTION\n}"));
    }

    @Test
    void whatIsGivenBecomesCode() {
        assertEquals(
                "int f(int n) {\n    return n + 2;\n}",
                exercise(
                        "int f(int n) {\n    /// BEGIN SOLUTION\n    return n + 1;\n    /// GIVEN\n    // return n + 2;\n"
                                + "    /// END SOLUTION\n}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int f() { return 1; }",
                "/// BEGIN SOLUTION\nreturn 1;",
                "return 1;\n/// END SOLUTION",
                "/// BEGIN SOLUTION\n/// END SOLUTION\n/// BEGIN SOLUTION\n/// END SOLUTION",
                "/// BEGIN SOLUTION\n/// BEGIN SOLUTION\n/// END SOLUTION\n/// END SOLUTION\n/// BEGIN SOLUTION",
                "/// GIVEN\n/// BEGIN SOLUTION\n/// END SOLUTION"
            })
    void aSolutionWithoutOneWholeRegionIsRefused(String source) {
        String message = assertThrows(IllegalArgumentException.class, () -> exercise(source))
                .getMessage();
        assertTrue(message.startsWith("Assignment: cell c: expected "), message);
    }

    @Test
    void aRegionOutsideASolutionCellIsRefusedSoThatNoneLeaks() {
        Notebook leaking = notebook("/// BEGIN SOLUTION\nreturn 1;\n/// END SOLUTION", false);
        assertThrows(IllegalArgumentException.class, () -> Assignment.exercise(leaking));
    }

    @Test
    void outputsGoAndTheSolutionIsLeftAlone() {
        Notebook solution = notebook("/// BEGIN SOLUTION\nreturn 42;\n/// END SOLUTION", true);
        String before = solution.toString();
        Notebook exercise = Assignment.exercise(solution);
        assertFalse(exercise.toString().contains("42"));
        assertTrue(exercise.json().at("/cells/0/outputs").isEmpty());
        assertTrue(exercise.json().at("/cells/0/execution_count").isNull());
        assertEquals(before, solution.toString());
    }

    @Test
    void everyNotebookOfAFolderIsWritten(@TempDir Path folder) throws IOException {
        Path solutions = Files.createDirectories(folder.resolve("solutions"));
        notebook("/// BEGIN SOLUTION\nreturn 42;\n/// END SOLUTION", true).write(solutions.resolve("b.ipynb"));
        Files.writeString(solutions.resolve("README.md"), "no notebook");
        Path exercises = folder.resolve("exercises");
        assertEquals(List.of(exercises.resolve("b.ipynb")), Assignment.write(solutions, exercises));
        assertTrue(Files.readString(exercises.resolve("b.ipynb")).contains("return Todo.here();"));
    }

    private static String exercise(String source) {
        return Assignment.exercise(notebook(source, true)).cells().get(0).source();
    }

    private static Notebook notebook(String source, boolean solution) {
        ObjectNode json = new JsonMapper().createObjectNode();
        json.put("nbformat", 4).put("nbformat_minor", 5).putObject("metadata");
        ObjectNode cell = json.putArray("cells").addObject();
        cell.put("cell_type", "code").put("id", "c").put("execution_count", 3);
        cell.putObject("metadata").putObject("nbgrader").put("solution", solution);
        cell.putArray("outputs").addObject().put("text", "42");
        cell.put("source", source);
        return new Notebook(json);
    }
}
