package atelier.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.show.Html;
import atelier.show.Picture;
import java.util.ServiceLoader;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class JJavaExtensionTest {

    private static DisplayData show(Object value) {
        Renderer renderer = new Renderer();
        JJavaExtension.register(renderer);
        return renderer.render(value);
    }

    @Test
    void theKernelFindsTheExtension() {
        assertInstanceOf(
                JJavaExtension.class,
                ServiceLoader.load(Extension.class).findFirst().orElseThrow());
    }

    @Test
    void picturesHtmlTablesAndArraysLookAsInOurKernel() {
        DisplayData picture = show(new Picture(4, 3, "white"));
        assertTrue(picture.hasDataForType(MIMEType.IMAGE_PNG));
        assertEquals("white", picture.getData(MIMEType.TEXT_PLAIN));
        assertEquals("<b>x</b>", show(new Html("<b>x</b>", "x")).getData(MIMEType.TEXT_HTML));
        assertTrue(show(Table.create("t", IntColumn.create("a", 1))).hasDataForType(MIMEType.TEXT_HTML));
        assertEquals("[[1.0],\n [2.5]]", show(new float[][] {{1}, {2.5f}}).getData(MIMEType.TEXT_PLAIN));
        assertEquals("7", show(7).getData(MIMEType.TEXT_PLAIN));
    }
}
