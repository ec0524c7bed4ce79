package atelier.notebook;

import atelier.show.Html;
import atelier.show.Picture;
import java.util.List;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * Shows the kit's pictures, tables and arrays in the JJava kernel too, as {@link Renderers} does in ours.
 *
 * <p>JJava finds this class through {@code META-INF/services}; nothing else in the kit knows that kernel.
 */
public final class JJavaExtension implements Extension {

    private static final List<Class<?>> KINDS = List.of(
            Picture.class,
            Html.class,
            Table.class,
            Chart.class,
            boolean[].class,
            byte[].class,
            int[].class,
            int[][].class,
            long[].class,
            float[].class,
            float[][].class,
            double[].class,
            double[][].class);

    @Override
    public void install(BaseKernel kernel) {
        register(kernel.getRenderer());
    }

    static void register(Renderer renderer) {
        for (Class<?> kind : KINDS) {
            renderer.createRegistration(kind).register((value, context) -> show(value, context.getOutputContainer()));
        }
    }

    private static void show(Object value, DisplayData screen) {
        var shown = Renderers.render(value);
        shown.data().forEach(screen::putData);
        shown.metadata().forEach(screen::putMetaData);
    }
}
