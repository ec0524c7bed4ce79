package atelier.grade;

import java.util.stream.Collectors;

/** Text from a student's side, made fit for reports: no control characters, nothing that differs from run to run. */
public final class Plain {

    private static final int LONGEST = 500;

    private Plain() {}

    /** In one line. */
    public static String line(String text) {
        return lines(text.replaceAll("\\s+", " "));
    }

    /** Whether it is a control character, or one of those that are there and not seen. */
    public static boolean isHidden(int character) {
        return Character.isISOControl(character) || Answers.isHiding(character);
    }

    /** In its lines. The identity of an object, {@code @1b2c3d}, is a different one in every run and is left out. */
    public static String lines(String text) {
        String clean = text.codePoints()
                .filter(c -> c == '\n' || !isHidden(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replaceAll("@[0-9a-f]{4,16}\\b", "@…")
                .replaceAll("REPL\\.\\$JShell\\$\\w+\\$?", "");
        String cut = clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
        return cut.lines().collect(Collectors.joining("\n"));
    }
}
