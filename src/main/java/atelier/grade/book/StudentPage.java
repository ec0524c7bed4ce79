package atelier.grade.book;

import atelier.grade.Plain;
import atelier.grade.Status;
import atelier.grade.Verdict;
import atelier.notebook.Page;
import atelier.show.Html;
import java.io.IOException;

/** All about one student on one page, for who grades: every answer, what became of it, and why. */
record StudentPage(Result result) {

    String html() throws IOException {
        String name = Names.shown(result.student());
        StringBuilder body = new StringBuilder(
                "<p><a href=\"../gradebook.html\">‹ Gradebook</a></p>\n<h1>" + Html.escape(name) + "</h1>\n");
        if (result.isolation().equals("none")) {
            body.append("<p><strong>Graded without isolation.</strong></p>\n");
        }
        for (Result.Paper paper : result.papers()) {
            body.append(paper(paper));
        }
        return Page.of(name, body.toString());
    }

    private static String paper(Result.Paper paper) {
        StringBuilder html = new StringBuilder("<h2>"
                + Html.escape(paper.exercise().isEmpty() ? Names.shown(paper.file()) : paper.exercise()) + "</h2>\n");
        if (paper.status() != Status.PASS) {
            return html.append("<p><strong>")
                    .append(paper.status())
                    .append("</strong> ")
                    .append(Html.escape(Names.shown(paper.message())))
                    .append("</p>\n")
                    .toString();
        }
        double of = paper.verdicts().stream().mapToDouble(Verdict::of).sum();
        html.append("<p>")
                .append(Gradebook.number(paper.score()))
                .append(" points of ")
                .append(Gradebook.number(of));
        if (paper.byHand() > 0) {
            html.append(", and up to ").append(Gradebook.number(paper.byHand())).append(" more for what a human reads");
        }
        html.append(". From <code>")
                .append(Html.escape(Names.shown(paper.file())))
                .append("</code></p>\n");
        paper.notes()
                .forEach(note -> html.append("<p><strong>Look at this:</strong> ")
                        .append(Html.escape(note))
                        .append("</p>\n"));
        for (Verdict verdict : paper.verdicts()) {
            html.append(verdict(verdict, paper.answers().getOrDefault(verdict.id(), "")));
        }
        return html.toString();
    }

    private static String verdict(Verdict verdict, String answer) {
        String points = verdict.points() == null ? "…" : Gradebook.number(verdict.points());
        return "<h3 id=\"" + Html.escape(verdict.id()) + "\">" + (verdict.status() == Status.PASS ? "✓ " : "")
                + Html.escape(verdict.id()) + ": " + points + " of " + Gradebook.number(verdict.of()) + "</h3>\n<p>"
                + verdict.status() + (verdict.message().isEmpty() ? "" : ". ")
                + Html.escape(verdict.message()).replace("\n", "<br>")
                + (verdict.hint().isEmpty() ? "" : "<br>Looks like: " + Html.escape(verdict.hint())) + "</p>\n"
                + "<pre><code>" + Html.escape(marked(answer)) + "</code></pre>\n";
    }

    /** Characters that nobody sees are shown by their number. */
    private static String marked(String answer) {
        StringBuilder marked = new StringBuilder();
        answer.codePoints().forEach(c -> {
            if (c != '\n' && c != '\t' && Plain.isHidden(c)) {
                marked.append(String.format("⟨U+%04X⟩", c));
            } else {
                marked.appendCodePoint(c);
            }
        });
        return marked.toString();
    }
}
