package atelier.grade;

import atelier.notebook.Cell;
import atelier.notebook.Notebook;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the notebook with blanks from the notebook with solutions.
 *
 * <p>A code cell that nbgrader's metadata calls a solution holds one region. What stands in it becomes a blank:
 *
 * <pre>{@code
 * int outputSize(int size, int kernel, int stride, int padding) {
 *     /// BEGIN SOLUTION
 *     return (size + 2 * padding - kernel) / stride + 1;
 *     /// END SOLUTION                                            → return Todo.here();
 * }
 * }</pre>
 *
 * <p>Lines after {@code /// GIVEN}, which are comments in the solution, become code instead: the bug that is to be found. An
 * answer in words becomes an empty line to write on, and no output is left.
 */
public final class Assignment {

    static final String EMPTY_ANSWER = "*Your answer here.*";

    private static final String BEGIN = "/// BEGIN SOLUTION";
    private static final String GIVEN = "/// GIVEN";
    private static final String END = "/// END SOLUTION";

    private Assignment() {}

    /**
     * The exercise of a notebook with solutions, which is left alone.
     *
     * @throws IllegalArgumentException when a solution cell has not exactly one whole region
     */
    public static Notebook exercise(Notebook solution) {
        Notebook exercise = new Notebook(solution.json().deepCopy());
        for (Cell cell : exercise.cells()) {
            ObjectNode json = cell.json();
            boolean answer =
                    json.path("metadata").path("nbgrader").path("solution").asBoolean();
            if (cell.isCode()) {
                json.putNull("execution_count");
                json.putArray("outputs");
            }
            if (answer) {
                put(json, cell.isCode() ? blank(cell.source(), json.path("id")) : EMPTY_ANSWER);
            } else if (cell.source().contains(BEGIN)) {
                throw wrong(json.path("id"), "expected nbgrader's \"solution\": true on a cell with a region", "none");
            }
        }
        return exercise;
    }

    private static String blank(String source, JsonNode id) {
        List<String> lines = source.lines().toList();
        List<String> marks = lines.stream().map(String::strip).toList();
        int begin = marks.indexOf(BEGIN);
        int given = marks.indexOf(GIVEN);
        int end = marks.indexOf(END);
        if (begin < 0 || end < begin || marks.lastIndexOf(BEGIN) > begin || marks.lastIndexOf(END) > end) {
            throw wrong(
                    id,
                    "expected one region from \"" + BEGIN + "\" to \"" + END + "\"",
                    Collections.frequency(marks, BEGIN) + " beginnings and " + Collections.frequency(marks, END)
                            + " ends");
        }
        if (given >= 0 && (given < begin || marks.lastIndexOf(GIVEN) > given || given > end)) {
            throw wrong(id, "expected one \"" + GIVEN + "\", inside the region", "it twice or outside");
        }
        Stream<String> blank = given < 0
                ? Stream.of(lines.get(end).replace(END, "return Todo.here();"))
                : lines.subList(given + 1, end).stream().map(line -> line.replaceFirst("// ?", ""));
        return Stream.of(lines.subList(0, begin).stream(), blank, lines.subList(end + 1, lines.size()).stream())
                .flatMap(part -> part)
                .collect(Collectors.joining("\n"));
    }

    private static IllegalArgumentException wrong(JsonNode id, String expected, String got) {
        return new IllegalArgumentException(
                "Assignment: cell " + id.asText() + ": " + expected + " but got " + got + ". Mend the solution.");
    }

    private static void put(ObjectNode cell, String source) {
        ArrayNode lines = cell.putArray("source");
        Stream.of(source.split("(?<=\n)")).forEach(lines::add);
    }

    /**
     * Writes the exercise of every notebook in a folder to another.
     *
     * @return the files, in order
     */
    public static List<Path> write(Path solutions, Path exercises) throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.list(solutions)) {
            sources = files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
        List<Path> written = new ArrayList<>();
        for (Path source : sources) {
            Path target = exercises.resolve(source.getFileName());
            exercise(Notebook.read(source)).write(target);
            written.add(target);
        }
        return written;
    }
}
