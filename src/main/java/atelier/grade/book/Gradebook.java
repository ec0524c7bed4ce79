package atelier.grade.book;

import atelier.grade.Paper;
import atelier.grade.Status;
import atelier.grade.Verdict;
import atelier.train.Replace;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvWriteOptions;

/**
 * A class in one table and on one page; both follow from the results and from nothing else, so that the same results give the
 * same bytes.
 *
 * @param results a student each, in the order of their names
 * @param papers the exercises by their names
 */
public record Gradebook(List<Result> results, Map<String, Paper> papers) {

    /** Writes everything to the folder: gradebook.csv and .html, a page and a Gradescope file a student, and junit.xml. */
    public void write(Path out) throws IOException {
        Map<String, String> names =
                Names.of(results.stream().map(Result::student).toList());
        write(out.resolve("gradebook.csv"), csv());
        write(out.resolve("junit.xml"), JUnitXml.of(results));
        for (Result result : results) {
            String name = names.get(result.student());
            write(out.resolve("students").resolve(name + ".html"), new StudentPage(result).html());
            Path gradescope = out.resolve("gradescope").resolve(name).resolve("results.json");
            if (result.failed()) { // a missing file is no score there; any number would be one
                Files.deleteIfExists(gradescope);
            } else {
                write(gradescope, Gradescope.of(result));
            }
        }
        write(out.resolve("gradebook.html"), new ClassPage(this, names).html());
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Replace.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The exercises that somebody has handed in. */
    List<Paper> graded() {
        return papers.values().stream()
                .filter(paper ->
                        results.stream().anyMatch(result -> of(result, paper).isPresent()))
                .toList();
    }

    static Optional<Result.Paper> of(Result result, Paper paper) {
        return result.papers().stream()
                .filter(graded -> graded.exercise().equals(paper.name()))
                .findFirst();
    }

    /** A row a student: score, what is left to read, then every exercise and every question. */
    Table table() {
        List<Paper> graded = graded();
        Double most = graded.stream().mapToDouble(Paper::points).sum();
        Table table = Table.create("gradebook");
        table.addColumns(
                text(
                        "student",
                        results.stream()
                                .map(result -> Names.shown(result.student()))
                                .toList()),
                text("state", results.stream().map(Result::state).toList()),
                text("isolation", results.stream().map(Result::isolation).toList()),
                numbers("score", results.stream().map(Result::score).toList()),
                numbers("of", results.stream().map(result -> most).toList()),
                numbers(
                        "to read by hand",
                        results.stream()
                                .map(result -> result.failed() ? null : (Double) result.byHand())
                                .toList()));
        for (Paper paper : graded) {
            table.addColumns(numbers(
                    paper.name(),
                    results.stream()
                            .map(result ->
                                    of(result, paper).map(Result.Paper::score).orElse(null))
                            .toList()));
            for (Paper.Question question : paper.questions()) {
                List<Optional<Verdict>> verdicts = results.stream()
                        .map(result -> verdict(result, paper, question))
                        .toList();
                String name = paper.name() + " " + question.id();
                table.addColumns(
                        numbers(
                                name + " (" + number(question.points()) + ")",
                                verdicts.stream()
                                        .map(verdict ->
                                                verdict.map(Verdict::points).orElse(null))
                                        .toList()),
                        text(
                                name + " status",
                                verdicts.stream()
                                        .map(verdict -> verdict.map(
                                                        v -> v.status().name())
                                                .orElse(""))
                                        .toList()));
            }
        }
        return table;
    }

    static Optional<Verdict> verdict(Result result, Paper paper, Paper.Question question) {
        return of(result, paper)
                .flatMap(graded -> graded.verdicts().stream()
                        .filter(verdict -> verdict.id().equals(question.id()))
                        .findFirst());
    }

    private static StringColumn text(String name, List<String> cells) {
        return StringColumn.create(name, cells);
    }

    private static DoubleColumn numbers(String name, List<Double> cells) {
        return DoubleColumn.create(name, cells.toArray(Double[]::new));
    }

    /** The table for a spreadsheet: no text in it is ever taken for a formula. */
    String csv() {
        Table table = table();
        Table safe = Table.create("gradebook");
        for (var column : table.columns()) {
            if (column instanceof StringColumn words) {
                safe.addColumns(text(
                        column.name(),
                        words.asList().stream().map(Gradebook::safe).toList()));
            } else {
                DoubleColumn numbers = (DoubleColumn) column;
                List<String> cells = new ArrayList<>();
                for (int row = 0; row < numbers.size(); row++) {
                    cells.add(numbers.isMissing(row) ? "" : number(numbers.getDouble(row)));
                }
                safe.addColumns(text(column.name(), cells));
            }
        }
        StringWriter csv = new StringWriter();
        safe.write()
                .usingOptions(CsvWriteOptions.builder(csv)
                        .quoteAllFields(true)
                        .lineEnd("\n")
                        .build());
        return csv.toString();
    }

    /** An apostrophe before what a spreadsheet would compute. */
    static String safe(String cell) {
        return cell.isEmpty() || "=+-@\t\r\n'".indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell;
    }

    /** Points without a useless .0. */
    static String number(double points) {
        return points == Math.rint(points) ? String.valueOf((long) points) : String.valueOf(points);
    }

    /** The students whose results need a look before they are handed out. */
    public List<Result> troubled() {
        return results.stream()
                .filter(result -> !result.state().equals("graded"))
                .toList();
    }

    /** How often each status came, for all questions. */
    public String summary() {
        return results.stream()
                .flatMap(result -> result.papers().stream())
                .flatMap(paper -> paper.status() == Status.PASS
                        ? paper.verdicts().stream().map(Verdict::status)
                        : Stream.of(paper.status()))
                .collect(Collectors.groupingBy(status -> status, TreeMap::new, Collectors.counting()))
                .toString();
    }
}
