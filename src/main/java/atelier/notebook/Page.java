package atelier.notebook;

import atelier.show.Html;
import atelier.show.LatentExplorer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A notebook as one HTML file that holds everything: formulas, pictures, style. It loads nothing from a network, and of
 * the scripts that outputs bring along only the latent explorer's may run: the page knows its text and allows its hash.
 */
public final class Page {

    private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

    private final Markdown markdown = new Markdown();

    private Page() {}

    /** Writes {@code x.html} beside each {@code x.ipynb}; the pages link to the one before and the one after. */
    public static void writeAll(List<Path> notebooks) throws IOException {
        for (int i = 0; i < notebooks.size(); i++) {
            String before = i == 0 ? "" : link(notebooks.get(i - 1), "prev", "‹ ", "");
            String after = i == notebooks.size() - 1 ? "" : link(notebooks.get(i + 1), "next", "", " ›");
            String neighbours =
                    before.isEmpty() && after.isEmpty() ? "" : "<nav class=\"chapters\">" + before + after + "</nav>\n";
            Path file = notebooks.get(i);
            Notebook.write(
                    file.resolveSibling(name(file)), new Page().html(Notebook.read(file), titleOf(file), neighbours));
        }
    }

    /** A page of the same looks with such a body, HTML without scripts. */
    public static String of(String title, String body) throws IOException {
        return head(title, policy(List.of()), "") + "<body>\n<main>\n" + body + "</main>\n</body>\n</html>\n";
    }

    private static String head(String title, String policy, String more) throws IOException {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n"
                + "<title>" + Html.escape(title) + "</title>\n<style>\n" + style() + "</style>\n" + more
                + "</head>\n";
    }

    private static String link(Path notebook, String rel, String left, String right) throws IOException {
        return "<a rel=\"" + rel + "\" href=\"" + Html.escape(name(notebook)) + "\">" + left
                + Html.escape(titleOf(notebook)) + right + "</a>";
    }

    private static String name(Path notebook) {
        return notebook.getFileName().toString().replaceFirst("\\.ipynb$", "") + ".html";
    }

    private static String titleOf(Path file) throws IOException {
        String title = Notebook.read(file).title();
        return title.isEmpty() ? name(file).replaceFirst("\\.html$", "") : title;
    }

    private String html(Notebook notebook, String title, String neighbours) throws IOException {
        StringBuilder body = new StringBuilder();
        notebook.cells().forEach(cell -> body.append(cell(cell)));
        Formulas formulas = markdown.formulas();
        List<String> scripts = formulas.none() ? List.of() : Formulas.scripts();
        List<String> allowed = new ArrayList<>(scripts);
        if (body.indexOf("<script>" + LatentExplorer.script() + "</script>") >= 0) {
            allowed.add(LatentExplorer.script());
        }
        String katex = formulas.none()
                ? ""
                : "<!-- Formulas: KaTeX, MIT License, Copyright (c) Khan Academy and other contributors -->\n<style>"
                        + formulas.style() + "</style>\n";
        StringBuilder page = new StringBuilder(head(title, policy(allowed), katex));
        page.append("<body>\n").append(neighbours).append(contents());
        page.append("<main>\n").append(body).append("</main>\n").append(neighbours);
        scripts.forEach(script -> page.append("<script>").append(script).append("</script>\n"));
        return page.append("</body>\n</html>\n").toString();
    }

    private String cell(Cell cell) {
        String id = cell.json().path("id").asText("");
        String anchor = id.isEmpty() ? "" : " id=\"cell-" + Html.escape(id) + "\"";
        return switch (cell.type()) {
            case "markdown" ->
                "<section class=\"markdown\"" + anchor + ">\n" + markdown.toHtml(cell.source()) + "</section>\n";
            case "code" -> code(cell, anchor);
            default -> "<pre>" + Html.escape(cell.source()) + "</pre>\n";
        };
    }

    private String code(Cell cell, String anchor) {
        StringBuilder html = new StringBuilder("<section class=\"code\"" + anchor + ">\n");
        if (!cell.source().isBlank()) {
            html.append("<pre class=\"java\"><code>")
                    .append(JavaColours.html(cell.source()))
                    .append("</code></pre>\n");
        }
        cell.outputs().forEach(output -> html.append(output(output)));
        return html.append("</section>\n").toString();
    }

    private String output(JsonNode output) {
        JsonNode data = output.path("data");
        String type = output.path("output_type").asText();
        if (type.equals("stream")) {
            return pre(output.path("name").asText(), Cell.text(output.path("text")));
        } else if (type.equals("error")) {
            StringBuilder lines = new StringBuilder();
            output.path("traceback").forEach(line -> lines.append(line.asText()).append('\n'));
            return pre("error", lines.toString());
        } else if (data.has("text/html")) {
            return "<div class=\"out\">" + Cell.text(data.path("text/html")) + "</div>\n";
        }
        for (String mime : List.of("image/png", "image/jpeg")) {
            if (data.has(mime)) {
                return image(
                        mime,
                        Cell.text(data.path(mime)),
                        output.path("metadata").path(mime),
                        data);
            }
        }
        if (data.has("text/markdown")) {
            return "<div class=\"out\">" + markdown.toHtml(Cell.text(data.path("text/markdown"))) + "</div>\n";
        }
        return pre("value", Cell.text(data.path("text/plain")));
    }

    private static String pre(String kind, String text) {
        return "<pre class=\"out " + kind + "\">"
                + Html.escape(ANSI.matcher(text).replaceAll("")) + "</pre>\n";
    }

    private static String image(String mime, String base64, JsonNode metadata, JsonNode data) {
        String alt = metadata.path("alt").asText(Cell.text(data.path("text/plain")));
        String size =
                metadata.has("width") ? " width=\"" + metadata.path("width").asInt() + "\"" : "";
        return "<div class=\"out\"><img alt=\"" + Html.escape(alt) + "\"" + size + " src=\"data:" + mime + ";base64,"
                + base64.replaceAll("[^A-Za-z0-9+/=]", "") + "\"></div>\n";
    }

    private String contents() {
        StringBuilder html = new StringBuilder();
        for (Markdown.Section section : markdown.sections()) {
            if (section.level() == 2 || section.level() == 3) {
                html.append("<a class=\"level")
                        .append(section.level())
                        .append("\" href=\"#")
                        .append(Html.escape(section.id()))
                        .append("\">")
                        .append(section.html())
                        .append("</a>\n");
            }
        }
        return html.isEmpty()
                ? ""
                : "<nav class=\"contents\"><details open><summary>Contents</summary>\n" + html + "</details></nav>\n";
    }

    private static String policy(List<String> scripts) {
        StringBuilder hashes = new StringBuilder();
        for (String script : scripts) {
            hashes.append(" 'sha256-").append(sha256(script)).append('\'');
        }
        return "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src"
                + (scripts.isEmpty() ? " 'none'" : hashes);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static String style() throws IOException {
        try (InputStream in = Page.class.getResourceAsStream("page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
