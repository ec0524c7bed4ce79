package atelier.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;

/** A cell that could not finish: what happened, and the lines of the cells it went through, without the engine's own. */
public final class CellException extends Exception {

    private static final long serialVersionUID = 1;
    private static final int FRAMES = 6;

    private final String name;
    private final transient List<String> traceback;

    private CellException(String name, String message, List<String> details) {
        super(message);
        this.name = name;
        this.traceback = new ArrayList<>();
        traceback.add(message.isEmpty() ? name : name + ": " + message);
        traceback.addAll(details);
    }

    /** The exception's class without its package, or {@code CompileError}. */
    public String name() {
        return name;
    }

    /** Name and message, then one line for each place. */
    public List<String> traceback() {
        return traceback;
    }

    /** The same places, with another message. */
    CellException because(String message) {
        return new CellException(name, message, traceback.subList(1, traceback.size()));
    }

    static CellException incomplete(Engine.Place place) {
        return new CellException(
                "CompileError",
                "the cell ends in the middle of a statement. Is a bracket, a quote or a semicolon missing?",
                List.of(at(place, 1)));
    }

    /** The value of the cell is there, and showing it threw. */
    static CellException notShown(Object value, RuntimeException thrown) {
        String message = "a " + value.getClass().getName() + " that cannot be shown: " + thrown.getMessage();
        return new CellException(nameOf(thrown), message, frames(thrown, Map.of()));
    }

    static CellException interrupted(Engine.Place place) {
        return new CellException("Interrupted", "the cell was stopped", List.of(at(place, 1)));
    }

    /** What the compiler says, each with its line and a mark below the place. */
    static CellException rejected(JShell shell, Snippet snippet, Engine.Place place) {
        List<String> details = new ArrayList<>();
        String first = "";
        for (Diag diagnostic : shell.diagnostics(snippet).toList()) {
            String message = diagnostic.getMessage(Locale.ENGLISH).strip().replaceAll("\\R\\s*", "; ");
            first = first.isEmpty() ? message : first;
            String before = place.source().substring(0, (int) Math.max(
                    0, Math.min(diagnostic.getPosition(), place.source().length())));
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            details.add(at(place, line) + (message.equals(first) ? "" : "   (" + message + ")"));
        }
        if (snippet instanceof DeclarationSnippet declaration) {
            List<String> missing = shell.unresolvedDependencies(declaration).toList();
            if (first.isEmpty() && !missing.isEmpty()) {
                first = "not defined yet: " + String.join(", ", missing) + ". Define it in a cell above.";
            }
        }
        return new CellException("CompileError", first, details.isEmpty() ? List.of(at(place, 1)) : details);
    }

    /** What the code threw, with its causes. */
    static CellException thrown(JShellException thrown, Engine.Place place, Map<String, Engine.Place> places) {
        if (thrown instanceof UnresolvedReferenceException unresolved) {
            return new CellException(
                    "CompileError",
                    unresolved
                                    .getSnippet()
                                    .source()
                                    .lines()
                                    .findFirst()
                                    .orElse("")
                                    .strip() + " … uses something that is not defined yet. Define it in a cell above.",
                    List.of(at(place, 1)));
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (List.of("InterruptedException", "Stopped", "ThreadDeath").contains(nameOf(cause))) {
                return interrupted(place);
            }
        }
        List<String> details = new ArrayList<>(frames(thrown, places));
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            details.add("Caused by " + nameOf(cause) + ": " + cause.getMessage());
            details.addAll(frames(cause, places));
        }
        String message = thrown.getMessage() == null ? "" : thrown.getMessage();
        return new CellException(nameOf(thrown), message, details);
    }

    private static String nameOf(Throwable thrown) {
        String full = thrown instanceof EvalException e
                ? e.getExceptionClassName()
                : thrown.getClass().getName();
        return full.substring(Math.max(full.lastIndexOf('.'), full.lastIndexOf('$')) + 1);
    }

    /** The lines of cells and of the kit on the way, and the very first line whoever it belongs to. */
    private static List<String> frames(Throwable thrown, Map<String, Engine.Place> places) {
        List<String> lines = new ArrayList<>();
        StackTraceElement[] trace = thrown.getStackTrace();
        for (int i = 0; i < trace.length && lines.size() < FRAMES; i++) {
            String file = trace[i].getFileName() == null ? "" : trace[i].getFileName();
            Engine.Place place = file.startsWith("#") ? places.get(file.substring(1)) : null;
            boolean kit = trace[i].getClassName().startsWith("atelier.")
                    && !trace[i].getClassName().startsWith("atelier.notebook.")
                    && !trace[i].getClassName().startsWith("atelier.grade.");
            if (place != null) {
                lines.add(at(place, trace[i].getLineNumber()));
            } else if (kit || (i == 0 && !file.isEmpty() && !file.startsWith("#"))) {
                lines.add("  at " + trace[i].getClassName() + "." + trace[i].getMethodName() + " (" + file + ":"
                        + trace[i].getLineNumber() + ")");
            }
        }
        return lines;
    }

    private static String at(Engine.Place place, int line) {
        String text = place.source()
                .lines()
                .skip(Math.max(0, line - 1))
                .findFirst()
                .orElse("")
                .strip();
        return "  in cell " + place.cell() + ", line " + (place.line() + Math.max(1, line) - 1) + ":  " + text;
    }
}
