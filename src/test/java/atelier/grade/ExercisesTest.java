package atelier.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.notebook.Cell;
import atelier.notebook.CellException;
import atelier.notebook.Engine;
import atelier.notebook.Notebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every exercise of the course, as a student and as an instructor meet it. */
class ExercisesTest {

    static Stream<Exercise> exercises() {
        return Exercises.all().stream();
    }

    static Stream<Task> tasks() {
        return exercises().flatMap(exercise -> exercise.tasks().stream());
    }

    @Test
    void everyNotebookWithSolutionsHasItsTasks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("solutions"))) {
            Set<String> notebooks = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".ipynb"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(
                    exercises().map(e -> e.name() + ".ipynb").collect(Collectors.toCollection(TreeSet::new)),
                    notebooks);
        }
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void theExerciseIsWhatAssignMakesOfTheSolution(Exercise exercise) throws IOException {
        assertEquals(
                Assignment.exercise(solution(exercise)).toString(),
                Files.readString(Path.of("exercises", exercise.name() + ".ipynb")),
                "run ./atelier assign");
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void everyTaskHasItsAnswerCellItsCheckAndItsPoints(Exercise exercise) throws IOException {
        List<Cell> cells = solution(exercise).cells();
        for (Task task : exercise.tasks()) {
            Cell answer = named(cells, task.id());
            assertTrue(answer.source().contains(task.signature() + " {"), task.id());
            Cell check = named(cells, task.id() + "-check");
            assertEquals(
                    task.points(), check.json().at("/metadata/nbgrader/points").asInt(), task.id());
            assertTrue(check.source().startsWith("Check.that("), task.id());
        }
    }

    /** nbgrader's schema 3: its keys and no others, ids once, points where there is a grade. */
    @ParameterizedTest
    @MethodSource("exercises")
    void theMetadataIsNbgraders(Exercise exercise) throws IOException {
        List<String> ids = new ArrayList<>();
        for (Cell cell : solution(exercise).cells()) {
            var nbgrader = cell.json().at("/metadata/nbgrader");
            Set<String> keys = new TreeSet<>();
            nbgrader.fieldNames().forEachRemaining(keys::add);
            Set<String> due =
                    new TreeSet<>(Set.of("schema_version", "grade", "grade_id", "locked", "solution", "task"));
            if (nbgrader.path("grade").asBoolean()) {
                due.add("points");
            }
            assertEquals(due, keys, cell.source());
            assertEquals(3, nbgrader.path("schema_version").asInt());
            assertTrue(nbgrader.path("grade_id").asText().matches("[a-zA-Z0-9_-]+"));
            ids.add(nbgrader.path("grade_id").asText());
        }
        assertEquals(ids.size(), Set.copyOf(ids).size(), ids.toString());
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void theSolutionPassesEveryCheck(Exercise exercise) throws IOException, CellException {
        try (Engine engine = Engine.start()) {
            for (Cell cell : solution(exercise).cells()) {
                if (cell.isCode()) {
                    engine.eval(cell.source());
                }
            }
        }
    }

    /** The blank compiles everywhere; no check passes by itself, and each says why. */
    @ParameterizedTest
    @MethodSource("exercises")
    void noCheckPassesBeforeThereIsAnAnswer(Exercise exercise) throws IOException, CellException {
        List<Cell> cells =
                Notebook.read(Path.of("exercises", exercise.name() + ".ipynb")).cells();
        try (Engine engine = Engine.start()) {
            for (Cell cell : cells) {
                if (cell.isCode() && cell.source().startsWith("Check.that(")) {
                    CellException wrong = assertThrows(CellException.class, () -> engine.eval(cell.source()));
                    assertTrue(wrong.getMessage().contains("✗"), wrong.getMessage());
                } else if (cell.isCode()) {
                    engine.eval(cell.source());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void theSameSeedAsksTheSameAndTheDefinitionAnswers(Task task) throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            for (int number = 0; number < task.cases(); number++) {
                Inputs in = task.inputs(seed, number);
                assertEquals(in.count(), task.parameters().size());
                Object right = task.right().of(in);
                assertEquals("", Comparison.difference(right, task.right().of(task.inputs(seed, number))));
            }
        }
    }

    /** Six ways to be wrong or more, each found out by the check, and told its own hint. */
    @ParameterizedTest
    @MethodSource("tasks")
    void everyUsualMistakeIsFoundAndGetsItsHint(Task task) {
        assertTrue(task.mistakes().size() >= 6, task.id());
        for (Mistake mistake : task.mistakes()) {
            CheckException told =
                    assertThrows(CheckException.class, () -> Check.that(task.id(), mistake.answer()), mistake.hint());
            assertTrue(told.getMessage().contains("Hint: " + mistake.hint()), told.getMessage());
        }
    }

    /** What a grader draws tells right from wrong as surely as what the notebook draws. */
    @ParameterizedTest
    @MethodSource("tasks")
    void noUsualMistakeIsRightInEveryCaseOfAnySeed(Task task) throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            for (Mistake mistake : task.mistakes()) {
                long drawn = seed;
                assertFalse(
                        IntStream.range(0, task.cases()).allMatch(number -> {
                            Inputs in = task.inputs(drawn, number);
                            Object wrong = Diagnosis.outcome(mistake.answer(), in);
                            Object right = Diagnosis.outcome(task.right(), in);
                            return wrong != null
                                    && Comparison.difference(right, wrong).isEmpty();
                        }),
                        task.id() + ", seed " + seed + ": " + mistake.hint());
            }
        }
    }

    private static Notebook solution(Exercise exercise) throws IOException {
        return Notebook.read(Path.of("solutions", exercise.name() + ".ipynb"));
    }

    private static Cell named(List<Cell> cells, String id) {
        return cells.stream()
                .filter(cell ->
                        cell.json().at("/metadata/nbgrader/grade_id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cell " + id));
    }
}
