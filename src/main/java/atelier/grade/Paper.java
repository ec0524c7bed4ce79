package atelier.grade;

import atelier.notebook.Cell;
import atelier.notebook.Notebook;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An exercise as it is graded, read from the course's own notebook: which cells a student fills in, and how many points each is
 * worth. What a submission says of points is never read.
 *
 * @param exercise the tasks
 * @param questions in the notebook's order
 * @param given the code of the notebook that is neither an answer nor a check, by the place it stands at
 */
public record Paper(Exercise exercise, List<Question> questions, List<Given> given) {

    /**
     * One question.
     *
     * @param id of the answer's cell
     * @param points for the right answer
     * @param task what the grader asks, or null where a human reads the answer
     */
    public record Question(String id, double points, Task task) {

        /** Whether a human reads the answer. */
        public boolean byHand() {
            return task == null;
        }
    }

    /**
     * Code that everybody has.
     *
     * @param before how many questions stand above it
     */
    public record Given(int before, String source) {}

    /** All papers in a folder, by the exercise's name. */
    public static Map<String, Paper> in(Path folder) throws IOException {
        Map<String, Paper> papers = new TreeMap<>();
        for (Exercise exercise : Exercises.all()) {
            Path file = folder.resolve(exercise.name() + ".ipynb");
            if (Files.exists(file)) {
                papers.put(exercise.name(), of(exercise, Notebook.read(file)));
            }
        }
        if (papers.isEmpty()) {
            throw new IOException("Paper: expected the course's exercises in " + folder
                    + " but found none. Name their folder with --exercises.");
        }
        return papers;
    }

    /**
     * The paper that a notebook of the course makes.
     *
     * @throws IOException when the notebook lacks a task of the exercise, or its points
     */
    public static Paper of(Exercise exercise, Notebook notebook) throws IOException {
        Map<String, Task> tasks = new HashMap<>();
        exercise.tasks().forEach(task -> tasks.put(task.id(), task));
        Map<String, Double> points = new HashMap<>();
        for (Cell cell : notebook.cells()) {
            JsonNode nbgrader = nbgrader(cell);
            if (nbgrader.path("grade").asBoolean()) {
                points.put(
                        nbgrader.path("grade_id").asText(),
                        nbgrader.path("points").asDouble(0));
            }
        }
        List<Question> questions = new ArrayList<>();
        List<Given> given = new ArrayList<>();
        for (Cell cell : notebook.cells()) {
            JsonNode nbgrader = nbgrader(cell);
            String id = nbgrader.path("grade_id").asText();
            if (nbgrader.path("solution").asBoolean()) {
                Task task = tasks.remove(id);
                Double worth = points.get(task == null ? id : id + "-check");
                if (worth == null || (task == null && cell.isCode())) {
                    throw new IOException("Paper " + exercise.name() + ": expected the points of " + id
                            + " in the metadata of its check but got none. Run ./atelier assign.");
                }
                questions.add(new Question(id, worth, task));
            } else if (cell.isCode() && !nbgrader.path("grade").asBoolean()) {
                given.add(new Given(questions.size(), cell.source()));
            }
        }
        if (!tasks.isEmpty()) {
            throw new IOException("Paper " + exercise.name() + ": expected an answer cell for " + tasks.keySet()
                    + " but the notebook has none. Run ./atelier assign.");
        }
        return new Paper(exercise, List.copyOf(questions), List.copyOf(given));
    }

    /** Points that the grader can give. */
    public double points() {
        return questions.stream()
                .filter(question -> !question.byHand())
                .mapToDouble(Question::points)
                .sum();
    }

    static JsonNode nbgrader(Cell cell) {
        return cell.json().path("metadata").path("nbgrader");
    }

    /** As the student knows it: {@code 02-convolution}. */
    public String name() {
        return exercise.name();
    }
}
