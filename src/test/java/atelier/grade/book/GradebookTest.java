package atelier.grade.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.grade.Handed;
import atelier.grade.Paper;
import atelier.grade.Secret;
import atelier.grade.Status;
import atelier.grade.box.Isolation;
import atelier.grade.box.Limit;
import atelier.grade.box.Stage;
import atelier.grade.box.Unprotected;
import atelier.notebook.Notebook;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradebookTest {

    private static final String EVIL = "=cmd|' <script>alert(1)\u202e";

    @TempDir
    private static Path folder;

    private static Path out;
    private static List<Result> results;
    private static Map<String, Paper> papers;

    @BeforeAll
    static void grade() throws Exception {
        Path submitted = folder.resolve("submitted");
        Handed.solved("02-convolution").write(submitted.resolve("ada/02-convolution.ipynb"));
        Handed.solved("04-pooling").write(submitted.resolve("ada/04-pooling.ipynb"));
        Handed.blank("02-convolution").write(submitted.resolve("blank.ipynb"));
        Handed.with(
                        "02-convolution",
                        Map.of(
                                "output-size",
                                "int outputSize(int size, int kernel, int stride, int padding) { return (size + padding -"
                                        + " kernel) / stride + 1; } // </code></pre><script>alert(2)</script>",
                                "slide",
                                "double[][] slide(double[][] x, double[][] w) { throw new RuntimeException("
                                        + "\"<img src=x onerror=alert(3)>\\u001b[31m\"); }"))
                .write(submitted.resolve(EVIL + ".ipynb"));
        Files.writeString(submitted.resolve("lost.ipynb"), "no notebook");
        out = folder.resolve("out");
        papers = Paper.in(Path.of("exercises"));
        results = grade(submitted, out, "a secret of this test", false);
        new Gradebook(results, papers).write(out);
    }

    private static List<Result> grade(Path submitted, Path out, String secret, boolean resume) throws Exception {
        try (Stage stage = Stage.set()) {
            Isolation isolation = new Unprotected();
            Limit limit = Limit.of(Duration.ofSeconds(3));
            return new Batch(isolation, stage.jar(), Secret.of(secret), limit, papers, out, 2, resume)
                    .run(Submissions.in(List.of(submitted), papers.keySet()), result -> {});
        }
    }

    @Test
    void theTableHasARowAStudentAndPointsAQuestion() throws IOException {
        List<String> lines = Files.readAllLines(out.resolve("gradebook.csv"));
        assertEquals(5, lines.size());
        assertTrue(
                lines.get(0).startsWith("\"student\",\"state\",\"isolation\",\"score\",\"of\",\"to read by hand\","));
        String ada = lines.stream()
                .filter(line -> line.startsWith("\"ada\""))
                .findFirst()
                .orElseThrow();
        assertTrue(ada.startsWith("\"ada\",\"graded\",\"none\",\"33\",\"33\",\"4\",\"17\","), ada);
        String blank = lines.stream()
                .filter(line -> line.startsWith("\"blank\""))
                .findFirst()
                .orElseThrow();
        assertTrue(blank.startsWith("\"blank\",\"graded\",\"none\",\"0\",\"33\",\"0\",\"0\","), blank);
        String lost = lines.stream()
                .filter(line -> line.startsWith("\"lost\""))
                .findFirst()
                .orElseThrow();
        assertTrue(lost.startsWith("\"lost\",\"UNREADABLE\",\"none\",\"0\","), lost);
    }

    @Test
    void noCellOfTheTableIsAFormula() throws IOException {
        String csv = Files.readString(out.resolve("gradebook.csv"));
        assertTrue(csv.contains("\"'=cmd|' <script>"), csv);
        for (String line : csv.split("\n")) {
            for (String cell : line.substring(1, line.length() - 1).split("\",\"", -1)) {
                assertTrue(cell.isEmpty() || "=+-@\t\r".indexOf(cell.charAt(0)) < 0, cell);
            }
        }
    }

    @Test
    void nothingOfAStudentsIsMarkupOnAnyPage() throws Exception {
        List<Path> pages = new ArrayList<>(List.of(out.resolve("gradebook.html")));
        try (var files = Files.list(out.resolve("students"))) {
            files.forEach(pages::add);
        }
        assertEquals(5, pages.size());
        for (Path page : pages) {
            String html = Files.readString(page);
            assertFalse(html.contains("<script>alert"), page.toString());
            assertFalse(html.contains("<img src=x"), page.toString());
            assertFalse(html.contains("\u001b"), page.toString());
            assertFalse(html.contains("\u202e"), page.toString());
            assertTrue(html.contains("Content-Security-Policy"), page.toString());
        }
    }

    @Test
    void mistakesAndTroubleStandOnTheClassesPage() throws IOException {
        String html = Files.readString(out.resolve("gradebook.html"));
        assertTrue(html.contains("Needs a look"), html);
        assertTrue(html.contains("Expected JSON but got something else"), "why lost is lost");
        assertTrue(html.contains("Padding is on both sides of the image: 2p."), "the usual mistake");
        assertTrue(html.contains("Graded without isolation"), "what it ran in");
        assertTrue(html.contains("alt=\"Solved by, 02-convolution: by-hand 66.67 %"), "how hard a question was");
        assertTrue(html.contains("href=\"students/ada.html\""), "a link");
    }

    /** A student may hand in again: what the student reads must not tell what is asked. */
    @Test
    void whatAStudentReadsTellsNothingOfTheCases() throws Exception {
        for (Result result : results) {
            for (Result.Paper paper : result.papers()) {
                paper.verdicts().stream()
                        .filter(verdict -> verdict.status() == Status.WRONG)
                        .forEach(verdict -> {
                            String number = "(?s).*xpected -?[0-9.]+ but got.*";
                            assertTrue(verdict.message().matches("(?s)Case .*xpected .*"), verdict.message());
                            assertFalse(verdict.feedback().matches(number), verdict.feedback());
                        });
            }
        }
        JsonNode evil = new JsonMapper()
                .readTree(Files.readString(out.resolve("gradescope")
                        .resolve(Names.of(List.of(EVIL)).get(EVIL))
                        .resolve("results.json")));
        assertEquals(7, evil.path("score").asDouble(), "conv-forward calls outputSize, too");
        JsonNode size = evil.path("tests").get(1);
        assertEquals("02-convolution output-size", size.path("name").asText());
        assertEquals("failed", size.path("status").asText());
        assertEquals(2, size.path("max_score").asDouble());
        assertTrue(size.path("output").asText().contains("Hint: Padding is on both sides"), size.toString());
    }

    @Test
    void jUnitsFileIsWellFormedAndCountsRight() throws Exception {
        var suites = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(out.resolve("junit.xml").toFile())
                .getElementsByTagName("testsuite");
        assertEquals(4, suites.getLength());
        Map<String, String> counts = new TreeMap<>();
        for (int i = 0; i < 4; i++) {
            var suite = (org.w3c.dom.Element) suites.item(i);
            counts.put(
                    suite.getAttribute("name"),
                    suite.getAttribute("tests") + " "
                            + suite.getElementsByTagName("failure").getLength() + " "
                            + suite.getElementsByTagName("error").getLength());
        }
        assertEquals("14 0 0", counts.get("ada"));
        assertEquals("7 7 0", counts.get("blank"));
        assertEquals("1 0 1", counts.get("lost"));
    }

    @Test
    void aResultIsReadAsItWasWritten() throws IOException {
        for (Result result : results) {
            assertEquals(result, Result.of(result.json()));
        }
    }

    /** Kept are only results of the same files, the same secret, and a whole file. */
    @Test
    void resumingGradesWhatHasChangedAndNothingElse() throws Exception {
        Path submitted = folder.resolve("few");
        Path kept = folder.resolve("kept");
        Handed.solved("02-convolution").write(submitted.resolve("ada.ipynb"));
        Handed.blank("02-convolution").write(submitted.resolve("bob.ipynb"));
        grade(submitted, kept, "the first secret of all", false);
        Path ada = kept.resolve("results/ada.json");
        byte[] first = Files.readAllBytes(ada);

        String forged = Files.readString(ada).replace("\"points\" : 2.0", "\"points\" : 1.0");
        Files.writeString(ada, forged);
        assertEquals(
                14,
                grade(submitted, kept, "the first secret of all", true).get(0).score(),
                "kept");

        Files.writeString(ada, forged.substring(0, forged.length() / 2));
        assertEquals(
                17,
                grade(submitted, kept, "the first secret of all", true).get(0).score(),
                "damaged");
        assertArrayEquals(first, Files.readAllBytes(ada));

        Handed.blank("02-convolution").write(submitted.resolve("ada.ipynb"));
        assertEquals(
                0,
                grade(submitted, kept, "the first secret of all", true).get(0).score(),
                "another file");

        grade(submitted, kept, "another secret than that", true);
        assertFalse(Arrays.equals(first, Files.readAllBytes(ada)), "another secret");
    }

    @Test
    void aPaperWhosePointsChangeGivesOtherPoints() throws Exception {
        Notebook dearer = Handed.blank("02-convolution");
        Handed.cell(dearer, "slide-check").withObject("/metadata/nbgrader").put("points", 10);
        Path course = folder.resolve("course");
        dearer.write(course.resolve("02-convolution.ipynb"));
        Map<String, Paper> changed = Paper.in(course);
        assertEquals(
                24,
                changed.get("02-convolution").questions().stream()
                        .filter(question -> !question.byHand())
                        .mapToDouble(Paper.Question::points)
                        .sum());

        Handed.cell(dearer, "slide-check").withObject("/metadata").remove("nbgrader");
        dearer.write(course.resolve("02-convolution.ipynb"));
        assertTrue(assertThrows(IOException.class, () -> Paper.in(course))
                .getMessage()
                .contains("expected the points of slide"));
        assertTrue(assertThrows(IOException.class, () -> Paper.in(folder.resolve("submitted")))
                .getMessage()
                .contains("--exercises"));
    }
}
