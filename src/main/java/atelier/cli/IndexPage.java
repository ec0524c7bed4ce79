package atelier.cli;

import atelier.notebook.Page;
import atelier.show.Html;
import atelier.show.Tables;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.Table;

/** A training on one page that holds everything, to be moved, sent and read without a network. */
record IndexPage(String title, String command, Map<String, Object> metrics, Table epochs, List<Exhibit> exhibits) {

    String html() throws IOException {
        StringBuilder body = new StringBuilder("<h1>" + Html.escape(title) + "</h1>\n");
        body.append("<p>Made by</p>\n<pre style=\"white-space:pre-wrap\"><code>")
                .append(Html.escape(command))
                .append("</code></pre>\n");
        exhibits.forEach(exhibit -> body.append(section(exhibit)));
        body.append("<h2>Numbers</h2>\n").append(numbers());
        if (epochs.rowCount() > 0) {
            body.append(
                            "<h2>Epochs</h2>\n<p>The loss of learning (train_loss) is the mean over the images of an epoch, ")
                    .append(
                            "each as it was when its batch was learnt; the others are of the test images after it.</p>\n")
                    .append(Tables.html(epochs).html());
        }
        return Page.of(title, body.toString());
    }

    private static String section(Exhibit exhibit) {
        return "<h2>" + Html.escape(exhibit.title()) + "</h2>\n<p>" + Html.escape(exhibit.caption()) + "</p>\n<p>"
                + exhibit.html() + "</p>\n";
    }

    private String numbers() {
        StringBuilder table = new StringBuilder("<table>\n<tr><th>name</th><th>value</th><th>meaning</th></tr>\n");
        metrics.forEach((name, value) -> table.append("<tr><td><code>")
                .append(Html.escape(name))
                .append("</code></td><td>")
                .append(Html.escape(text(value)))
                .append("</td><td>")
                .append(Html.escape(Glossary.meaning(name)))
                .append("</td></tr>\n"));
        return table.append("</table>\n").toString();
    }

    /** A number in as many digits as one reads; metrics.json has them all. */
    private static String text(Object value) {
        if (!(value instanceof Double number)) {
            return String.valueOf(value);
        }
        double size = Math.abs(number);
        int decimals = size >= 1000 ? 0 : size >= 10 ? 2 : size >= 0.1 ? 4 : 6;
        return String.format(Locale.ROOT, "%,." + decimals + "f", number).replace('-', '−');
    }
}
