package atelier.grade;

import atelier.notebook.Cell;
import atelier.notebook.Notebook;
import atelier.notebook.NotebookException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a student has handed in for one paper: the sources of the answer cells, found by their ids. Outputs, checks, points and all
 * other cells of the file are ignored.
 *
 * @param paper which exercise it is
 * @param sources an answer's text by its id
 * @param problems why there is no answer, by its id
 * @param notes what a human should know
 */
public record Answers(Paper paper, Map<String, String> sources, Map<String, String> problems, List<String> notes) {

    private static final int LONGEST = 40_000;

    /**
     * Finds the answers, and by them which exercise this is.
     *
     * @throws NotebookException when the notebook has no answer cell of any paper
     */
    public static Answers in(Notebook notebook, Collection<Paper> papers) throws NotebookException {
        Map<String, List<Cell>> cells = new HashMap<>();
        for (Cell cell : notebook.cells()) {
            cells.computeIfAbsent(Paper.nbgrader(cell).path("grade_id").asText(), id -> new ArrayList<>())
                    .add(cell);
        }
        Paper paper = papers.stream()
                .max(Comparator.comparingLong((Paper p) -> known(p, cells)))
                .filter(p -> known(p, cells) > 0)
                .orElseThrow(() ->
                        new NotebookException("expected a notebook from exercises/ but got one without any of their"
                                + " answer cells. Was the right file handed in?"));
        Map<String, String> sources = new HashMap<>();
        Map<String, String> problems = new HashMap<>();
        Set<String> notes = new HashSet<>();
        for (Paper.Question question : paper.questions()) {
            List<Cell> found = cells.getOrDefault(question.id(), List.of());
            if (found.size() != 1) {
                problems.put(
                        question.id(),
                        found.isEmpty()
                                ? "The answer's cell is not in the notebook."
                                : "Expected one cell with this answer's id but found " + found.size() + ".");
                continue;
            }
            Cell cell = found.get(0);
            String source = cell.source();
            if (cell.isCode() == question.byHand()) {
                problems.put(
                        question.id(),
                        "Expected a cell of " + (question.byHand() ? "text" : "code") + " but got one of type "
                                + cell.type() + ".");
            } else if (source.length() > LONGEST) {
                problems.put(
                        question.id(),
                        "Expected an answer of at most " + LONGEST + " characters but got " + source.length() + ".");
            } else {
                sources.put(question.id(), source);
                note(question.id(), source, notes);
            }
        }
        return new Answers(paper, sources, problems, notes.stream().sorted().toList());
    }

    private static long known(Paper paper, Map<String, List<Cell>> cells) {
        return paper.questions().stream()
                .filter(question -> !question.byHand() && cells.containsKey(question.id()))
                .count();
    }

    private static void note(String id, String source, Set<String> notes) {
        if (source.codePoints().anyMatch(Answers::isHiding)) {
            notes.add(id + ": has characters that change the direction of reading, or that nobody sees.");
        }
        if (source.contains("\\u")) {
            notes.add(id + ": has \\u escapes, which the compiler reads as other characters.");
        }
    }

    /** Marks of direction and zero-width characters: they make code read otherwise than it runs. */
    static boolean isHiding(int character) {
        return Character.getType(character) == Character.FORMAT;
    }
}
