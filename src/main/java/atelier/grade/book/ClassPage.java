package atelier.grade.book;

import atelier.grade.Paper;
import atelier.grade.Status;
import atelier.grade.Verdict;
import atelier.notebook.Page;
import atelier.show.Bars;
import atelier.show.Columns;
import atelier.show.Html;
import atelier.show.Line;
import atelier.show.Picture;
import atelier.show.Tables;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The class on one page: who has how much, how the scores spread, which questions were hard, and what went wrong most often. */
record ClassPage(Gradebook book, Map<String, String> names) {

    private static final int MISTAKES = 20;
    private static final int MOST_COLUMNS = 24;

    String html() throws IOException {
        StringBuilder body = new StringBuilder(
                "<h1>Gradebook</h1>\n<p>" + book.results().size()
                        + " students. The points are the grader's; answers in words are read by a human and not in them.</p>\n");
        if (book.results().stream().anyMatch(result -> result.isolation().equals("none"))) {
            body.append(
                    "<p><strong>Graded without isolation:</strong> the students' code could do on this computer whatever"
                            + " you can do.</p>\n");
        }
        if (!book.troubled().isEmpty()) {
            body.append("<h2>Needs a look</h2>\n").append(troubled());
        }
        body.append("<h2>Students</h2>\n").append(students());
        for (Paper paper : book.graded()) {
            body.append("<h2>").append(Html.escape(paper.name())).append("</h2>\n");
            for (Picture picture : List.of(histogram(paper), difficulty(paper))) {
                body.append("<p>").append(picture.html().html()).append("</p>\n");
            }
        }
        Table mistakes = mistakes();
        if (mistakes.rowCount() > 0) {
            body.append("<h2>Most common mistakes</h2>\n")
                    .append(Tables.html(mistakes).html());
        }
        return Page.of("Gradebook", body.toString());
    }

    private String troubled() {
        StringBuilder html = new StringBuilder("<table>\n<tr><th>student</th><th>state</th><th>why</th></tr>\n");
        for (Result result : book.troubled()) {
            for (Result.Paper paper : result.papers()) {
                if (paper.status() != Status.PASS) {
                    html.append("<tr><td>")
                            .append(link(result))
                            .append("</td><td>")
                            .append(paper.status());
                    html.append("</td><td>").append(Html.escape(Names.shown(paper.file())));
                    html.append(paper.file().isEmpty() ? "" : ": ");
                    html.append(Html.escape(Names.shown(paper.message()))).append("</td></tr>\n");
                }
            }
        }
        return html.append("</table>\n").toString();
    }

    private String students() {
        List<Paper> graded = book.graded();
        StringBuilder html = new StringBuilder("<table>\n<tr><th>student</th><th>score</th><th>to read</th>");
        graded.forEach(
                paper -> html.append("<th>").append(Html.escape(paper.name())).append("</th>"));
        html.append("<th>isolation</th></tr>\n");
        for (Result result : book.results()) {
            double byHand = result.byHand();
            html.append("<tr><td>").append(link(result)).append("</td><td>");
            html.append(result.score() == null ? result.state() : Gradebook.number(result.score()));
            html.append("</td><td>")
                    .append(byHand == 0 ? "" : Gradebook.number(byHand))
                    .append("</td>");
            for (Paper paper : graded) {
                html.append("<td>")
                        .append(Gradebook.of(result, paper)
                                .map(Result.Paper::score)
                                .map(Gradebook::number)
                                .orElse(""))
                        .append("</td>");
            }
            html.append("<td>").append(result.isolation()).append("</td></tr>\n");
        }
        return html.append("</table>\n").toString();
    }

    private String link(Result result) {
        String file = URLEncoder.encode(names.get(result.student()) + ".html", StandardCharsets.UTF_8);
        return "<a href=\"students/" + file.replace("+", "%20") + "\">" + Html.escape(Names.shown(result.student()))
                + "</a>";
    }

    // ---- pictures ----

    private Picture histogram(Paper paper) {
        int width = (int) Math.max(1, Math.ceil(paper.points() / MOST_COLUMNS));
        double[] students = new double[(int) paper.points() / width + 1];
        for (Result result : book.results()) {
            Gradebook.of(result, paper).map(Result.Paper::score).ifPresent(score -> students[(int) (score / width)]++);
        }
        double[] points = new double[students.length];
        Arrays.setAll(points, i -> i * width);
        return Columns.of(
                "Scores, " + paper.name(),
                width == 1 ? "points" : "points, from",
                "students",
                new Line("students", points, students));
    }

    private Picture difficulty(Paper paper) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Paper.Question question : paper.questions()) {
            List<Verdict> verdicts = book.results().stream()
                    .map(result -> Gradebook.verdict(result, paper, question))
                    .flatMap(Optional::stream)
                    .toList();
            if (!question.byHand() && !verdicts.isEmpty()) {
                long right = verdicts.stream()
                        .filter(verdict -> verdict.status() == Status.PASS)
                        .count();
                shares.put(question.id(), 100.0 * right / verdicts.size());
            }
        }
        return Bars.of("Solved by, " + paper.name(), "%", shares);
    }

    // ---- mistakes ----

    private Table mistakes() {
        StringColumn question = StringColumn.create("question");
        StringColumn what = StringColumn.create("looks like");
        for (Result result : book.results()) {
            for (Result.Paper paper : result.papers()) {
                for (Verdict verdict : paper.verdicts()) {
                    if (verdict.status() != Status.PASS && verdict.status() != Status.BY_HAND) {
                        question.append(paper.exercise() + " " + verdict.id());
                        what.append(verdict.hint().isEmpty() ? verdict.status().words() : verdict.hint());
                    }
                }
            }
        }
        Table all = Table.create("mistakes", question, what);
        if (all.rowCount() == 0) {
            return all;
        }
        Table counted = all.countBy("question", "looks like");
        Table sorted = counted.sortOn("-Count", "question", "looks like");
        return sorted.first(Math.min(MISTAKES, sorted.rowCount()));
    }
}
