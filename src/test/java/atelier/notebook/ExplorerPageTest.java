package atelier.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import atelier.layer.Dense;
import atelier.layer.Mode;
import atelier.layer.Relu;
import atelier.layer.Sequential;
import atelier.layer.Sigmoid;
import atelier.show.Html;
import atelier.show.LatentExplorer;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The latent explorer in a real Chromium: alone in a page, in an exported notebook, and where scripts are blocked. */
@Tag("browser")
@Timeout(180)
class ExplorerPageTest {

    private static final RandomStream RANDOM = RandomStream.seed(1);
    private static final Tensor CODES = Tensor.normal(RANDOM, 1, 500, 2);
    private static final int[] LABELS = IntStream.range(0, 500).map(i -> i % 10).toArray();
    private static final List<Tensor> WEIGHTS = List.of(
            Tensor.normal(RANDOM, 1, 2, 128),
            Tensor.normal(RANDOM, 1, 128),
            Tensor.normal(RANDOM, 0.1, 128, 784),
            Tensor.normal(RANDOM, 1, 784));
    private static final Html EXPLORER = LatentExplorer.of(CODES, LABELS, WEIGHTS, "relu", "sigmoid");

    @TempDir
    private static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.find().isPresent(), "no Chromium: apt-get install chromium");
        browser = new Browser(Browser.find().orElseThrow(), Files.createDirectories(folder.resolve("chromium")));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    // ---- what a reader does ----

    @Test
    void draggingThePointDrawsThePictureOfTheModel() throws Exception {
        open(page(EXPLORER.html()));
        List<Integer> before = pixels(0);
        drag(0, 0.25, 0.25, 0.8, 0.3);
        assertPictureOf(0, 0.8, 0.3);
        assertFalse(before.equals(pixels(0)), "the picture has changed");
        swipe(0, 0.6, 0.6, 0.2, 0.9);
        assertPictureOf(0, 0.2, 0.9);
        drag(0, 0.5, 0.5, -0.5, 1.5);
        assertPictureOf(0, 0, 1);
        browser.screenshot(Path.of("target", "screenshots", "explorer.png"));
        assertEquals(
                0,
                browser.evaluate(
                                "performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length")
                        .asInt(-1),
                "nothing is loaded");
    }

    @Test
    void theArrowKeysMoveThePointAndSayWhereItIs() throws Exception {
        open(page(EXPLORER.html()));
        drag(0, 0.5, 0.5, 0.4, 0.6);
        String label = label(0);
        browser.press("ArrowRight", 39);
        browser.press("ArrowUp", 38);
        assertPictureOf(0, 0.42, 0.58);
        assertFalse(label.equals(label(0)), "the words follow: " + label);
        assertTrue(
                label(0).matches("Latent plane, the point is at z1 = −?\\d\\.\\d\\d, z2 = −?\\d\\.\\d\\d\\. .*"),
                label(0));
        browser.press("ArrowLeft", 37);
        browser.press("ArrowDown", 40);
        assertPictureOf(0, 0.4, 0.6);
        assertEquals(label, label(0));
        assertEquals(
                "CANVAS", browser.evaluate("document.activeElement.tagName").asText());
    }

    @Test
    void twoExplorersOfOnePageDoNotDisturbEachOther() throws Exception {
        open(page(EXPLORER.html() + EXPLORER.html()));
        List<Integer> first = pixels(0);
        drag(1, 0.5, 0.5, 0.9, 0.1);
        assertPictureOf(1, 0.9, 0.1);
        assertEquals(first, pixels(0));
        assertEquals(
                4,
                browser.evaluate("document.querySelectorAll('canvas').length").asInt(),
                "each starts once");
    }

    @Test
    void theBackgroundCanShowPicturesInsteadOfPoints() throws Exception {
        open(page(EXPLORER.html()));
        String dark = "(() => { const c = document.querySelector('canvas'); const d = c.getContext('2d')"
                + ".getImageData(0, 0, c.width, c.height).data; return d.filter((v, i) => i % 4 === 0 && v < 100).length"
                + " / (c.width * c.height); })()";
        double points = browser.evaluate(dark).asDouble();
        browser.evaluate("document.querySelector('input').click()");
        double pictures = browser.evaluate(dark).asDouble();
        assertTrue(points < 0.1 && pictures > 0.2, points + " and " + pictures);
        browser.evaluate("document.querySelector('input').click()");
        assertEquals(points, browser.evaluate(dark).asDouble(), 1e-9);
    }

    // ---- where it stands ----

    @Test
    void jupyterMayRunTheScriptBeforeTheOutputIsInThePage() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.html"), "<!DOCTYPE html><meta charset=\"utf-8\"><body>");
        browser.open(empty.toUri().toString());
        assertTrue(browser.waitFor(
                "document.body !== null && location.pathname.endsWith('empty.html')", Duration.ofSeconds(20)));
        browser.evaluate("const host = document.createElement('div'); host.innerHTML = "
                + Notebook.JSON.writeValueAsString(EXPLORER.html())
                + "; (0, eval)(host.querySelector('script').textContent);"
                + " setTimeout(() => document.body.appendChild(host), 50)");
        waitForExplorers(1);
        drag(0, 0.5, 0.5, 0.1, 0.2);
        assertPictureOf(0, 0.1, 0.2);
    }

    @Test
    void anExportedNotebookLetsTheExplorerRunAndNoOtherScriptOfAnOutput() throws Exception {
        ObjectNode json = Notebook.JSON.createObjectNode();
        ArrayNode cells = json.putArray("cells");
        output(cells, EXPLORER.html());
        output(cells, "<script>window.evil = 1</script><img src=\"x\" onerror=\"window.evil = 2\">");
        output(cells, "<script>" + LatentExplorer.script() + ";window.evil = 3</script>");
        Path file = folder.resolve("exported.ipynb");
        new Notebook(json).write(file);
        Page.writeAll(List.of(file));
        open(folder.resolve("exported.html"));
        drag(0, 0.5, 0.5, 0.7, 0.7);
        assertPictureOf(0, 0.7, 0.7);
        assertEquals("undefined", browser.evaluate("typeof window.evil").asText());
        assertEquals(
                "none",
                browser.evaluate("document.querySelector('.atelier-fallback').style.display")
                        .asText());
    }

    @Test
    void withoutScriptsAPictureOfThePlaneIsSeen() throws Exception {
        Path page = Files.writeString(
                folder.resolve("blocked.html"),
                "<!DOCTYPE html><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\""
                        + " content=\"script-src 'none'\"><body>" + EXPLORER.html());
        browser.open(page.toUri().toString());
        assertTrue(browser.waitFor(
                "document.querySelector('.atelier-fallback img')?.naturalWidth > 0"
                        + " && location.pathname.endsWith('blocked.html')",
                Duration.ofSeconds(20)));
        assertEquals(
                0,
                browser.evaluate("document.querySelectorAll('canvas').length").asInt(-1));
        assertTrue(browser.evaluate("document.querySelector('.atelier-fallback').offsetHeight > 300")
                .asBoolean());
        assertTrue(browser.evaluate("document.body.innerText").asText().contains("scripts are off here"));
    }

    @Test
    void anExplorerWhoseDataWereTakenAwayKeepsItsPictureAndStopsNoOther() throws Exception {
        String cleaned = EXPLORER.html().replaceAll("data-(decoder|codes)=('[^']*'|\"[^\"]*\")", "");
        String strange = EXPLORER.html().replace("\"relu\"", "\"alert\"");
        open(page(cleaned + strange + EXPLORER.html()));
        assertEquals(
                2,
                browser.evaluate("document.querySelectorAll('canvas').length").asInt(),
                "only the last one starts");
        assertEquals(
                "[\"\",\"\",\"none\"]",
                browser.evaluate("JSON.stringify(Array.from(document.querySelectorAll('.atelier-fallback'))"
                                + ".map(f => f.style.display))")
                        .asText());
    }

    private static void output(ArrayNode cells, String html) {
        ObjectNode cell = cells.addObject().put("cell_type", "code");
        cell.set("source", Outputs.lines("x"));
        cell.putArray("outputs")
                .addObject()
                .put("output_type", "execute_result")
                .putObject("data")
                .set("text/html", Outputs.lines(html));
    }

    private static Path page(String html) throws IOException {
        return Files.writeString(
                folder.resolve("page-" + RANDOM.bits() + ".html"),
                "<!DOCTYPE html><meta charset=\"utf-8\"><body>" + html);
    }

    private static void open(Path page) throws Exception {
        browser.open(page.toUri().toString());
        assertTrue(browser.waitFor(
                "location.pathname.endsWith('" + page.getFileName() + "') && document.readyState === 'complete'",
                Duration.ofSeconds(20)));
        waitForExplorers(1);
    }

    private static void waitForExplorers(int count) throws Exception {
        assertTrue(
                browser.waitFor(
                        "document.querySelectorAll('.atelier-explorer canvas').length >= " + 2 * count,
                        Duration.ofSeconds(20)),
                "the explorer comes to life");
    }

    // ---- places as shares of the plane: from the left, from the top ----

    private static void drag(int explorer, double fromX, double fromY, double toX, double toY) {
        JsonNode box = plane(explorer);
        browser.drag(
                at(box, "left", "width", fromX),
                at(box, "top", "height", fromY),
                at(box, "left", "width", toX),
                at(box, "top", "height", toY));
    }

    private static void swipe(int explorer, double fromX, double fromY, double toX, double toY) {
        JsonNode box = plane(explorer);
        browser.swipe(
                at(box, "left", "width", fromX),
                at(box, "top", "height", fromY),
                at(box, "left", "width", toX),
                at(box, "top", "height", toY));
    }

    private static JsonNode plane(int explorer) {
        return browser.evaluate(
                "(() => { const c = document.querySelectorAll('.atelier-explorer canvas')[" + 2 * explorer
                        + "]; c.scrollIntoView({block: 'center'}); return c.getBoundingClientRect().toJSON(); })()");
    }

    private static double at(JsonNode box, String start, String size, double share) {
        return box.path(start).asDouble() + 1 + share * (box.path(size).asDouble() - 2);
    }

    private static String label(int explorer) {
        return browser.evaluate("document.querySelectorAll('.atelier-explorer canvas')[" + 2 * explorer
                        + "].getAttribute('aria-label')")
                .asText();
    }

    private static List<Integer> pixels(int explorer) {
        JsonNode values = browser.evaluate(
                "Array.from(document.querySelectorAll('.atelier-explorer canvas')[" + (2 * explorer + 1)
                        + "].getContext('2d').getImageData(0, 0, 28, 28).data).filter((v, i) => i % 4 === 0)");
        return IntStream.range(0, values.size())
                .mapToObj(i -> values.path(i).asInt())
                .toList();
    }

    /** The canvas shows what the model's own layers make of the latent at this place, but for the rounding of weights. */
    private static void assertPictureOf(int explorer, double right, double down) throws Exception {
        JsonNode plane = Notebook.JSON
                .readTree(browser.evaluate("document.querySelector('.atelier-explorer').dataset.decoder")
                        .asText())
                .path("plane");
        double z1 = plane.path(0).asDouble()
                + right * (plane.path(1).asDouble() - plane.path(0).asDouble());
        double z2 = plane.path(3).asDouble()
                - down * (plane.path(3).asDouble() - plane.path(2).asDouble());
        Tensor z = Tensor.of(new float[] {(float) z1, (float) z2}, 1, 2);
        Tensor h = new Sequential(new Dense("a", WEIGHTS.get(0), WEIGHTS.get(1)), new Relu()).forward(z, Mode.INFER);
        Tensor picture =
                new Sequential(new Dense("b", WEIGHTS.get(2), WEIGHTS.get(3)), new Sigmoid()).forward(h, Mode.INFER);
        double length = Math.sqrt(IntStream.range(0, h.length())
                .mapToDouble(f -> h.data()[f] * h.data()[f])
                .sum());
        List<Integer> shown = pixels(explorer);
        assertEquals(784, shown.size());
        for (int k = 0; k < 784; k++) {
            double p = picture.data()[k];
            double deviation = step(k) / Math.sqrt(12) * length; // of the sum of 128 rounded weights
            double away = Math.abs(shown.get(k) - 255 * p);
            assertTrue(away < 1 + 6 * 255 * p * (1 - p) * deviation, "pixel " + k + ": " + away + " grey levels away");
        }
    }

    /** How coarsely the weights of pixel k are rounded. */
    private static double step(int k) {
        Tensor w = WEIGHTS.get(2);
        return IntStream.range(0, 128)
                        .mapToDouble(f -> Math.abs(w.at(f, k)))
                        .max()
                        .orElse(0)
                / 127;
    }
}
