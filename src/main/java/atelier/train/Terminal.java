package atelier.train;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether somebody looks: a terminal that can go back to the start of its line. */
public final class Terminal {

    private Terminal() {}

    /** Whether there is one, and not a file, a pipe or a log. */
    @SuppressWarnings("SystemConsoleNull") // it is asked further below
    public static boolean isThere() {
        Console console = System.console();
        return console != null && isTerminal(console) && !"dumb".equals(System.getenv("TERM"));
    }

    /** From JDK 22 on there is a console object even without a terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException olderJdk) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException unknown) {
            return false;
        }
    }
}
