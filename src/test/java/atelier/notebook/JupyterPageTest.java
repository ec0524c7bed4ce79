package atelier.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Opens notebooks in a real Jupyter with a real Chromium and runs all their cells, as a student does. Written for the page of
 * Notebook 6, the Jupyter of Debian and Ubuntu.
 */
@Tag("jupyter")
@Tag("browser")
@Timeout(900)
class JupyterPageTest {

    private static final Path NOTEBOOKS = Path.of("notebooks").toAbsolutePath();

    /** The code cells that have something to run. */
    private static final String CELLS =
            "Jupyter.notebook.get_cells().filter(c => c.cell_type === 'code' && c.get_text().trim())";

    @TempDir
    private static Path home;

    private static JupyterServer server;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Optional<Jupyter> jupyter =
                Jupyter.find(home).filter(found -> found.command().get(0).endsWith("notebook"));
        assumeTrue(jupyter.isPresent(), "no Jupyter Notebook: apt-get install jupyter-notebook");
        assumeTrue(Browser.find().isPresent(), "no Chromium: apt-get install chromium");
        Files.createDirectories(home.resolve("notebooks"));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        System.setProperty("atelier.home", Path.of("").toAbsolutePath().toString());
        try {
            server = JupyterServer.start(jupyter.get(), home, port, false);
        } finally {
            System.clearProperty("atelier.home");
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small.ipynb", "02-convolution.ipynb", "05-convnet.ipynb"})
    void runAllEndsWithoutAnErrorAndWithPictures(String name) throws Exception {
        try (Browser browser = open(name)) {
            assertEquals(
                    "java", browser.evaluate("Jupyter.notebook.kernel.name").asText());
            browser.evaluate("Jupyter.notebook.clear_all_output()");
            browser.evaluate("document.querySelector('#run_all_cells a').click()");
            boolean ended = browser.waitFor(
                    "document.querySelectorAll('.output_error').length > 0 || " + CELLS
                            + ".every(c => typeof c.input_prompt_number === 'number')",
                    Duration.ofMinutes(10));

            assertEquals("", browser.evaluate("$('.output_error').text()").asText(), "no cell shows an error");
            assertTrue(ended, "every cell has run");
            assertTrue(
                    browser.waitFor(
                            "$('.output img').toArray().filter(i => i.naturalWidth > 0).length > 0",
                            Duration.ofSeconds(10)),
                    "there are pictures");
            browser.screenshot(Path.of("target", "screenshots", name + ".png"));
            assertEquals(0, browser.evaluate("$('.output_stderr').length").asInt(), "nothing on the error stream");
        }
    }

    @Test
    void theLatentExplorerWorksBelowItsCell() throws Exception {
        try (Browser browser = open("explorer.ipynb")) {
            browser.evaluate("document.querySelector('#run_all_cells a').click()");
            String plane = "document.querySelector('.output .atelier-explorer canvas')";
            assertTrue(browser.waitFor(plane + " !== null", Duration.ofMinutes(2)), "the explorer comes to life");
            String picture = "document.querySelectorAll('.output .atelier-explorer canvas')[1].toDataURL()";
            JsonNode box = browser.evaluate("(() => { " + plane + ".scrollIntoView({block: 'center'}); return " + plane
                    + ".getBoundingClientRect().toJSON(); })()");
            double x = box.path("left").asDouble();
            double y = box.path("top").asDouble();
            String first = browser.evaluate(picture).asText();
            browser.drag(x + 180, y + 180, x + 300, y + 60);
            String dragged = browser.evaluate(picture).asText();
            assertNotEquals(first, dragged);
            int cell = browser.evaluate("Jupyter.notebook.get_selected_index()").asInt();
            browser.press("ArrowUp", 38);
            assertNotEquals(dragged, browser.evaluate(picture).asText());
            assertEquals(
                    cell,
                    browser.evaluate("Jupyter.notebook.get_selected_index()").asInt(),
                    "the arrow keys are the explorer's while it has the focus");
            browser.screenshot(Path.of("target", "screenshots", "explorer.ipynb.png"));
        }
    }

    /** Opens a copy: Jupyter saves as it goes, the checkout's own file stays as it is. */
    private static Browser open(String name) throws Exception {
        copy(name);
        Path profile = Files.createDirectories(home.resolve("chromium-" + name));
        Browser browser = new Browser(Browser.find().orElseThrow(), profile);
        browser.open("http://localhost:" + port + "/notebooks/notebooks/" + name + "?token=" + server.token());
        if (!browser.waitFor(
                "Jupyter.notebook._fully_loaded && Jupyter.notebook.kernel.is_connected()", Duration.ofSeconds(120))) {
            browser.close();
            fail("the page opens and its kernel is connected");
        }
        return browser;
    }

    private static void copy(String name) throws IOException {
        Path target = home.resolve("notebooks").resolve(name);
        if (JupyterPageTest.class.getResource(name) != null) {
            try (InputStream small = JupyterPageTest.class.getResourceAsStream(name)) {
                Files.copy(small, target);
            }
            return;
        }
        assumeTrue(Files.exists(NOTEBOOKS.resolve(name)), "no notebooks/" + name);
        Files.copy(NOTEBOOKS.resolve(name), target);
    }
}
