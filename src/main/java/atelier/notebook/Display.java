package atelier.notebook;

import java.util.function.Consumer;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplaySystem;

/** Shows a value below the running cell: {@code display(x)}, as in the other Java kernels. */
public final class Display {

    private static volatile Consumer<DisplayData> screen =
            shown -> System.out.println(shown.data().get("text/plain"));

    private Display() {}

    /** Shows {@code value} now, without waiting for the end of the cell. */
    public static void display(Object value) {
        screen.accept(DisplaySystem.inst().render(value));
    }

    /** Where {@link #display} shows from now on: Jupyter, or the list of a cell's outputs. */
    public static void showOn(Consumer<DisplayData> newScreen) {
        screen = newScreen;
    }
}
