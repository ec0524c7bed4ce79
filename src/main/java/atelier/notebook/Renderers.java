package atelier.notebook;

import atelier.show.Animation;
import atelier.show.Html;
import atelier.show.Picture;
import atelier.show.Tables;
import java.awt.Graphics2D;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;
import tech.tablesaw.api.Table;

/**
 * How a value looks below its cell: pictures and charts as PNG with their words, {@link Html}, tables and animations as
 * HTML, arrays by their numbers, all else by {@code toString}. Everything has plain text as well, for graders and screen readers.
 *
 * <p>The kernel finds this class through {@code META-INF/services}.
 */
public final class Renderers implements DisplayProvider {

    private static final String PNG = "image/png";

    @Override
    public List<DisplayRenderer> getDisplayRenderers() {
        return List.of(new Renderer());
    }

    @Override
    public List<DisplayTransformer> getDisplayTransformers() {
        return List.of();
    }

    private record Renderer() implements DisplayRenderer {

        @Override
        public Class<?> rendererClass() {
            return Object.class;
        }

        @Override
        public boolean canRender(String mime) {
            return true;
        }

        @Override
        public DisplayData render(String mime, Object value) {
            return Renderers.render(value);
        }
    }

    static DisplayData render(Object value) {
        if (value instanceof DisplayData ready) {
            return ready;
        } else if (value instanceof Picture picture) {
            return image(picture.png(), picture.alt(), picture.width(), picture.height());
        } else if (value instanceof RenderedImage image) {
            return image(png(image), "Image", image.getWidth(), image.getHeight());
        } else if (value instanceof Chart<?, ?> chart) {
            String title =
                    chart.getTitle() == null || chart.getTitle().isBlank() ? "Chart" : "Chart: " + chart.getTitle();
            return image(chart(chart, title), title, chart.getWidth(), chart.getHeight());
        } else if (value instanceof Animation animation) {
            return render(animation.html());
        } else if (value instanceof Html html) {
            return html(html.html(), html.text());
        } else if (value instanceof Table table) {
            return render(Tables.html(table));
        } else if (value != null && value.getClass().isArray()) {
            return DisplayData.fromText(ArrayText.of(value));
        }
        return DisplayData.fromText(String.valueOf(value));
    }

    private static DisplayData image(byte[] png, String alt, int width, int height) {
        DisplayData shown = DisplayData.fromText(alt);
        shown.putData(PNG, Base64.getEncoder().encodeToString(png));
        shown.putMetaData(PNG, new TreeMap<>(Map.of("alt", alt, "height", height, "width", width)));
        return shown;
    }

    private static DisplayData html(String html, String text) {
        DisplayData shown = DisplayData.fromHtml(html);
        shown.putText(text);
        return shown;
    }

    private static byte[] chart(Chart<?, ?> chart, String title) {
        Picture picture = new Picture(chart.getWidth(), chart.getHeight(), title);
        Graphics2D pen = picture.pen();
        chart.paint(pen, chart.getWidth(), chart.getHeight());
        pen.dispose();
        return picture.png();
    }

    private static byte[] png(RenderedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
