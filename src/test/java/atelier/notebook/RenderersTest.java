package atelier.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.show.Animation;
import atelier.show.Html;
import atelier.show.Picture;
import atelier.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.QuickChart;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplaySystem;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RenderersTest {

    /** Through the kernel's own display system, which finds the renderers by itself. */
    private static Map<String, Object> show(Object value) {
        return DisplaySystem.inst().render(value).data();
    }

    private static BufferedImage image(Map<String, Object> data) throws IOException {
        byte[] png = Base64.getDecoder().decode((String) data.get("image/png"));
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    @Test
    void aPictureIsAPngWithItsWordsAndItsSizeOnThePage() throws IOException {
        DisplayData shown = DisplaySystem.inst().render(new Picture(30, 20, "a white field"));
        assertEquals("a white field", shown.data().get("text/plain"));
        assertEquals(60, image(shown.data()).getWidth());
        assertEquals(
                Map.of("alt", "a white field", "height", 20, "width", 30),
                shown.metadata().get("image/png"));
    }

    @Test
    void anyImageAndAnyChartIsAPng() throws IOException {
        assertEquals(
                7,
                image(show(new BufferedImage(7, 5, BufferedImage.TYPE_BYTE_GRAY)))
                        .getWidth());
        Map<String, Object> chart =
                show(QuickChart.getChart("Loss", "step", "loss", "train", new double[] {1, 2}, new double[] {2, 1}));
        assertEquals("Chart: Loss", chart.get("text/plain"));
        assertTrue(image(chart).getWidth() > 100);
    }

    @Test
    void anAnimationIsAnImageInsideHtmlWithItsWords() {
        Map<String, Object> data = show(
                new Animation("white, \"for ever\"", 100, List.of(new Picture(30, 20, "a"), new Picture(30, 20, "b"))));
        assertEquals(Set.of("text/html", "text/plain"), data.keySet());
        assertEquals("white, \"for ever\"", data.get("text/plain"));
        String html = (String) data.get("text/html");
        assertTrue(html.startsWith("<img alt=\"white, &quot;for ever&quot;\" width=\"30\" height=\"20\""), html);
        assertTrue(html.contains(" src=\"data:image/gif;base64,R0lGODlh"), html);
    }

    @Test
    void htmlHasItsTextBesideIt() {
        assertEquals(Map.of("text/html", "<b>x</b>", "text/plain", "x"), show(new Html("<b>x</b>", "x")));
    }

    @Test
    void aTableIsHtmlThatRunsNothingAndHasItsTextBesideIt() {
        Table table = Table.create("t", StringColumn.create("who", "<script>"), DoubleColumn.create("mark", 1.5));
        Map<String, Object> data = show(table);
        String html = (String) data.get("text/html");
        assertTrue(html.contains("&lt;script&gt;") && html.contains(">1.5<"), html);
        assertFalse(html.contains("<script>"));
        assertTrue(((String) data.get("text/plain")).contains("mark"));
    }

    @Test
    void arraysReadAsTheirNumbers() {
        assertEquals(Map.of("text/plain", "[0.5, 1.0]"), show(new float[] {0.5f, 1}));
        assertEquals(Map.of("text/plain", "[[1, 2],\n [3, 4]]"), show(new int[][] {{1, 2}, {3, 4}}));
        assertEquals(Map.of("text/plain", "[[[1],\n  [2]],\n [[3],\n  [4]]]"), show(new int[][][] {
            {{1}, {2}}, {{3}, {4}}
        }));
        assertEquals(Map.of("text/plain", "[\"a\", null]"), show(new String[] {"a", null}));
        String text = (String) show(new byte[60_000]).get("text/plain");
        assertTrue(text.contains("… 59984 more …") && text.length() < 100, text);
        assertEquals(16, text.chars().filter(c -> c == '0').count());
    }

    @Test
    void everythingElseIsItsPlainText() {
        assertEquals(Map.of("text/plain", "a <b>"), show("a <b>"));
        assertEquals(Map.of("text/plain", "[1, 2]"), show(List.of(1, 2)));
        Tensor tensor = Tensor.zeros(2, 3);
        assertEquals(Map.of("text/plain", tensor.toString()), show(tensor));
    }
}
