package atelier.grade.book;

import atelier.grade.Status;
import atelier.grade.Verdict;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * A student's result as Gradescope's autograder reads it, and as the student sees it there: hints, and nothing of the cases.
 *
 * <p>Source: Gradescope, autograder specifications, "Output format".
 */
final class Gradescope {

    private Gradescope() {}

    static String of(Result result) throws IOException {
        JsonMapper json = new JsonMapper();
        ObjectNode root = json.createObjectNode();
        root.put("score", result.score());
        ArrayNode tests = root.putArray("tests");
        for (Result.Paper paper : result.papers()) {
            if (paper.status() != Status.PASS) {
                tests.addObject()
                        .put("name", Names.shown(paper.file()))
                        .put("status", "failed")
                        .put("score", 0)
                        .put("max_score", 0)
                        .put("output", Names.shown(paper.message()))
                        .put("output_format", "text");
            }
            for (Verdict verdict : paper.verdicts()) {
                tests.addObject()
                        .put("name", paper.exercise() + " " + verdict.id())
                        .put("status", verdict.status() == Status.PASS ? "passed" : "failed")
                        .put("score", verdict.points() == null ? 0 : verdict.points())
                        .put("max_score", verdict.of())
                        .put("output", verdict.feedback())
                        .put("output_format", "text");
            }
        }
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}
