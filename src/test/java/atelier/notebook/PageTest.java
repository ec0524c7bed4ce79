package atelier.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.show.Animation;
import atelier.show.Picture;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    @TempDir
    Path folder;

    private final ObjectNode json = Notebook.JSON.createObjectNode();
    private final ArrayNode cells = json.putArray("cells");

    private void markdown(String source) {
        cells.addObject().put("cell_type", "markdown").set("source", Outputs.lines(source));
    }

    private ArrayNode code(String source) {
        var cell = cells.addObject().put("cell_type", "code");
        cell.set("source", Outputs.lines(source));
        return cell.putArray("outputs");
    }

    private String page() throws IOException {
        Path file = folder.resolve("page.ipynb");
        new Notebook(json).write(file);
        Page.writeAll(List.of(file));
        return Files.readString(folder.resolve("page.html"));
    }

    @Test
    void formulasKeepTheirLetterAndDollarsInCodeAndTextStayDollars() throws IOException {
        markdown("""
                A $a_i * b_i * c_i < d$ and \\$5, `$code_1$ and $x$`, cost $5 and $6.

                $$\\begin{aligned} x_1 &= y_1 \\\\ x_2 &= y_2 \\end{aligned} \\tag{C1}$$

                ```
                $fence_1$ and $fence_2$
                ```

                One $ here

                and $ there.

                \\begin{align} z_1 \\end{align}
                """);
        String html = page();
        assertTrue(html.contains("<span class=\"math\">a_i * b_i * c_i &lt; d</span>"));
        assertTrue(html.contains("and $5, <code>$code_1$ and $x$</code>, cost $5 and $6."));
        assertTrue(html.contains("<span class=\"math display\">\\begin{aligned} x_1 &amp;= y_1 \\\\ x_2 &amp;= y_2"
                + " \\end{aligned} \\tag{C1}</span>"));
        assertTrue(html.contains("$fence_1$ and $fence_2$"));
        assertTrue(html.contains("One $ here") && html.contains("and $ there."));
        assertTrue(html.contains("<span class=\"math display\">\\begin{align} z_1 \\end{align}</span>"));
        assertFalse(html.contains("\uE000"));
    }

    @Test
    void thePageHoldsAllItNeedsAndLoadsNothing() throws IOException {
        markdown("# T\n\n$$x$$\n\n[a link](https://example.org) that may lead away");
        String html = page();
        assertTrue(html.contains("katex.render") && html.contains("font/woff2;base64,"));
        assertFalse(Pattern.compile("(?i)(src|srcset|data|action)\\s*=\\s*[\"']?\\s*(https?:)?//")
                .matcher(html)
                .find());
        assertFalse(
                Pattern.compile("(?i)url\\(\\s*[\"']?(?!data:)").matcher(html).find());
        assertFalse(Pattern.compile("(?i)<link|@import").matcher(html).find());
        assertTrue(html.contains("default-src 'none'"));
        assertTrue(html.length() < 600_000, () -> "length " + html.length());
    }

    @Test
    void aPageWithoutFormulasIsSmallAndRunsNoScript() throws IOException {
        markdown("# T\n\nplain");
        code("int a;")
                .addObject()
                .put("output_type", "execute_result")
                .putObject("data")
                .put("text/html", "<script>evil()</script>");
        String html = page();
        assertTrue(html.length() < 10_000);
        assertTrue(html.contains("script-src 'none'"));
    }

    @Test
    void boxesDetailsAndTablesPassThroughWithMarkdownInside() throws IOException {
        markdown("""
                <div class="alert alert-block alert-info predict">

                **Predict.** What is $y$?

                <details><summary>Answer</summary>

                *two*

                </details>

                </div>

                | a | b |
                |---|--:|
                | 1 | $x$ |
                """);
        String html = page();
        assertTrue(html.contains("<div class=\"alert alert-block alert-info predict\">"));
        assertTrue(html.contains("<strong>Predict.</strong> What is <span class=\"math\">y</span>?"));
        assertTrue(html.contains("<em>two</em>"));
        assertTrue(html.contains("<td align=\"right\"><span class=\"math\">x</span></td>"));
    }

    @Test
    void sourceAndPrintedTextAreShownNotRun() throws IOException {
        ArrayNode outputs = code("String s = \"</pre><b>\"; // <i>");
        outputs.addObject().put("output_type", "stream").put("name", "stdout").put("text", "\u001b[31m<b>&\u001b[0m");
        outputs.addObject().put("output_type", "error").putArray("traceback").add("X: <script>");
        outputs.addObject()
                .put("output_type", "execute_result")
                .putObject("data")
                .put("text/plain", "<p>");
        String html = page();
        assertTrue(html.contains("<i class=\"text\">&quot;&lt;/pre&gt;&lt;b&gt;&quot;</i>"));
        assertTrue(html.contains("<i class=\"comment\">// &lt;i&gt;</i>"));
        assertTrue(html.contains("<pre class=\"out stdout\">&lt;b&gt;&amp;</pre>"));
        assertTrue(html.contains("X: &lt;script&gt;"));
        assertTrue(html.contains("<pre class=\"out value\">&lt;p&gt;</pre>"));
    }

    @Test
    void aPictureStandsInThePageWithItsWordsAndSize() throws IOException {
        var output = code("x").addObject().put("output_type", "display_data");
        output.putObject("data").put("image/png", "iVBO\n").put("text/plain", "plain");
        output.putObject("metadata")
                .putObject("image/png")
                .put("alt", "a \"seven\"")
                .put("width", 56);
        assertTrue(
                page().contains("<img alt=\"a &quot;seven&quot;\" width=\"56\" src=\"data:image/png;base64,iVBO\">"));
    }

    @Test
    void anAnimationMovesInThePageWithoutAScriptOrANetwork() throws IOException {
        Animation animation = new Animation("two frames", 100, List.of(new Picture(9, 9, "a"), new Picture(9, 9, "b")));
        code("x")
                .addObject()
                .put("output_type", "execute_result")
                .putObject("data")
                .put("text/html", animation.html().html())
                .put("text/plain", animation.alt());
        String html = page();
        assertTrue(html.contains("<img alt=\"two frames\" width=\"9\""));
        assertTrue(html.contains("src=\"data:image/gif;base64,") && html.contains("img-src data:"));
        assertTrue(html.contains("script-src 'none'"));
    }

    @Test
    void headingsHaveAddressesAndChaptersFollowEachOther() throws IOException {
        markdown("# One <1>\n\n## Try it\n\n## Try it\n\n[on](02-two.ipynb#Try-it)");
        Path one = folder.resolve("01-one.ipynb");
        Path two = folder.resolve("02-two.ipynb");
        new Notebook(json).write(one);
        new Notebook(json).write(two);
        Page.writeAll(List.of(one, two));
        String html = Files.readString(folder.resolve("01-one.html"));
        assertTrue(html.contains("<h2 id=\"Try-it\">") && html.contains("<h2 id=\"Try-it-2\">"));
        assertTrue(html.contains("<a class=\"level2\" href=\"#Try-it-2\">Try it</a>"));
        assertTrue(html.contains("<a href=\"02-two.html#Try-it\">on</a>"));
        assertTrue(html.contains("<a rel=\"next\" href=\"02-two.html\">One &lt;1&gt; ›</a>"));
        assertFalse(html.contains("rel=\"prev\""));
        assertTrue(
                Files.readString(folder.resolve("02-two.html")).contains("<a rel=\"prev\" href=\"01-one.html\">‹ One"));
    }

    @Test
    void javaIsColouredWithoutLosingACharacter() {
        String source =
                "/** Doc */ @Override int n = 0x1F; char c = '\\''; String t = \"\"\"\n  \"quoted\" // no\n\"\"\"; List<Integer> l; \"open";
        String html = JavaColours.html(source);
        assertTrue(
                html.contains("<i class=\"comment\">/** Doc */</i>") && html.contains("<i class=\"number\">0x1F</i>"));
        assertTrue(html.contains("<i class=\"keyword\">int</i>") && html.contains("<i class=\"type\">Integer</i>"));
        String text = html.replaceAll("<[^>]*>", "").replace("&lt;", "<").replace("&gt;", ">");
        assertEquals(source, text.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&"));
    }
}
