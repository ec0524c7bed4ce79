package atelier.grade;

import atelier.notebook.Cell;
import atelier.notebook.Notebook;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Notebooks as students hand them in: the exercise with answers put in. */
public final class Handed {

    private Handed() {}

    /** Everything solved. */
    public static Notebook solved(String exercise) throws IOException {
        return Notebook.read(Path.of("solutions", exercise + ".ipynb"));
    }

    /** Nothing done. */
    public static Notebook blank(String exercise) throws IOException {
        return Notebook.read(Path.of("exercises", exercise + ".ipynb"));
    }

    /** Solved, but for these answers. */
    public static Notebook with(String exercise, Map<String, String> answers) throws IOException {
        Notebook notebook = solved(exercise);
        for (Cell cell : notebook.cells()) {
            String answer = answers.get(Paper.nbgrader(cell).path("grade_id").asText());
            if (answer != null) {
                cell.json().put("source", answer);
            }
        }
        return notebook;
    }

    /** The cell of an answer. */
    public static ObjectNode cell(Notebook notebook, String id) {
        return notebook.cells().stream()
                .filter(cell -> Paper.nbgrader(cell).path("grade_id").asText().equals(id))
                .findFirst()
                .orElseThrow()
                .json();
    }
}
