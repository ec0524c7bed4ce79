package atelier.sandbox;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** The cells of one notebook, in a JShell in this JVM. A cell that fails spoils nothing but what it should have defined. */
final class Cells {

    private static final int COMPLAINTS = 3;
    private static final int LONGEST_COMPLAINT = 240;

    private final Loaded loaded = new Loaded();
    private final JShell shell = JShell.builder()
            .executionEngine(new Here(loaded), Map.of())
            .compilerOptions("-proc:none")
            .build();

    /** Runs what JShell compiles in this JVM. */
    private record Here(LoaderDelegate loader) implements ExecutionControlProvider {

        @Override
        public String name() {
            return "here";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            return new LocalExecutionControl(loader);
        }
    }

    /** Runs a cell to its end, whatever its lines do, and gives its first complaints, a line each. */
    String define(String cell) {
        List<String> complaints = new ArrayList<>();
        String rest = cell;
        while (!rest.isBlank()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            int line = lineOf(cell, rest);
            if (!next.completeness().isComplete()) {
                if (next.completeness() != Completeness.EMPTY) {
                    complaints.add("line " + line + ": the cell ends in the middle of this. Is a bracket, a quote or a"
                            + " semicolon missing?");
                }
                break;
            }
            String source = next.source().strip();
            if (!source.isEmpty()) {
                evaluate(source, line, complaints);
            }
            rest = next.remaining();
        }
        return complaints.stream().limit(COMPLAINTS).collect(Collectors.joining("\n"));
    }

    private void evaluate(String source, int line, List<String> complaints) {
        for (SnippetEvent event : shell.eval(source)) {
            if (event.causeSnippet() != null) {
                continue;
            }
            if (event.exception() != null) {
                complaints.add("line " + line + ": threw " + describe(event.exception()));
            } else if (!event.status().isDefined()) {
                complain(event.snippet(), source, line, complaints);
            }
        }
    }

    private void complain(Snippet snippet, String source, int line, List<String> complaints) {
        shell.diagnostics(snippet).filter(Diag::isError).forEach(diagnostic -> {
            int place = (int) Math.max(0, Math.min(diagnostic.getPosition(), source.length()));
            String message = diagnostic.getMessage(Locale.ENGLISH).strip().replaceAll("\\R\\s*", "; ");
            complaints.add("line " + (line + lines(source.substring(0, place))) + ": "
                    + Values.cut(message, LONGEST_COMPLAINT));
        });
    }

    /**
     * Finds the method with this head.
     *
     * @param why is told why there is none that can be called, or nothing where none of that name is defined
     */
    Optional<Method> find(String head, StringBuilder why) {
        String name = head.substring(0, head.indexOf('('));
        String method = name.substring(name.lastIndexOf(' ') + 1);
        List<String> types = types(head);
        List<MethodSnippet> found =
                shell.methods().filter(m -> m.name().equals(method)).toList();
        Optional<MethodSnippet> same = found.stream()
                .filter(m -> m.parameterTypes().replace(" ", "").equals(String.join(",", types)))
                .findFirst();
        List<String> undefined =
                same.stream().flatMap(shell::unresolvedDependencies).toList();
        if (!undefined.isEmpty()) {
            why.append("it uses ").append(String.join(", ", undefined)).append(", which no answer cell defines");
        } else if (same.isEmpty() && !found.isEmpty()) {
            why.append("expected ").append(head).append(" but got ");
            why.append(found.stream()
                    .map(m -> m.name() + "(" + m.parameterTypes() + ")")
                    .collect(Collectors.joining(", ")));
        }
        return same.isPresent() && undefined.isEmpty() ? loaded.method(method, types) : Optional.empty();
    }

    /** The types of a head's parameters. */
    private static List<String> types(String head) {
        return Arrays.stream(head.substring(head.indexOf('(') + 1, head.lastIndexOf(')'))
                        .split(","))
                .map(String::strip)
                .filter(parameter -> !parameter.isEmpty())
                .map(parameter -> parameter.substring(0, parameter.lastIndexOf(' ')))
                .toList();
    }

    /** An exception in a line: its name without the package, and its message where it has one that behaves. */
    static String describe(Throwable thrown) {
        String full = thrown instanceof EvalException evaluated
                ? evaluated.getExceptionClassName()
                : thrown.getClass().getName();
        String name = full.substring(Math.max(full.lastIndexOf('.'), full.lastIndexOf('$')) + 1);
        if (thrown instanceof JShellException && !(thrown instanceof EvalException)) {
            return "an error: it uses something that is not defined";
        }
        try {
            String message = thrown.getMessage();
            return message == null ? name : name + ": " + Values.cut(message.strip(), LONGEST_COMPLAINT);
        } catch (Throwable misbehaved) { // a message that throws is the student's own doing
            return name;
        }
    }

    private static int lineOf(String cell, String rest) {
        return 1 + lines(cell.substring(0, cell.length() - rest.stripLeading().length()));
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }
}
