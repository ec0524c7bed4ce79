package atelier.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process of its own, with this one's class path: to be killed, or to be one of two. */
public final class Fork {

    private Fork() {}

    public static ProcessBuilder java(Class<?> main, String... arguments) {
        return java("-Xmx512m", main, arguments);
    }

    /** With one option for the machine itself. */
    public static ProcessBuilder java(String option, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
