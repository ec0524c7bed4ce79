package atelier.notebook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionEnv;
import org.rapaio.jupyter.kernel.core.ExecutionContext;
import org.rapaio.jupyter.kernel.core.java.JavaEngine;
import org.rapaio.jupyter.kernel.core.java.RapaioExecutionControl;
import org.rapaio.jupyter.kernel.core.java.RapaioExecutionControlProvider;

/**
 * The kernel's Java engine, made the same way for Jupyter and for {@code ./atelier run}: a JShell in this JVM that sees the
 * class path the JVM was started with.
 *
 * <p>It differs from the engine it extends in what a student notices: an interrupt leaves it alive, an error names the line
 * of the cell, and {@code display(x)} works in both places.
 */
public final class Engine extends JavaEngine implements AutoCloseable {

    /** What every Java kernel imports; a notebook that needs more says so. */
    public static final List<String> IMPORTS = List.of(
            "java.io.*",
            "java.math.*",
            "java.net.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.prefs.*",
            "java.util.regex.*");

    private final Control control;
    private final Map<String, Place> places = new HashMap<>();
    private int cells;

    /** Where a snippet stands: in which cell, counted from 1, and at which of its lines. */
    record Place(int cell, int line, String source) {}

    private Engine(Control control, JShell shell) {
        super(UUID.randomUUID().toString(), provider(control), shell, List.of());
        this.control = control;
    }

    /** A fresh engine with nothing defined in it. */
    public static Engine start() {
        Control control = new Control();
        JShell shell = JShell.builder()
                .executionEngine(provider(control), Map.of())
                .compilerOptions("-proc:none")
                .build();
        for (String name : IMPORTS) {
            shell.eval("import " + name + ";");
        }
        shell.eval("import static atelier.notebook.Display.display;");
        return new Engine(control, shell);
    }

    /**
     * Runs one cell and gives the value of its last expression: null when it ends in a declaration, an assignment or a
     * statement.
     *
     * @throws CellException when a line of it does not compile, throws, or is interrupted
     */
    public Object eval(String cell) throws CellException {
        cells++;
        control.begin();
        Object last = null;
        CompletionInfo next = analyse(cell);
        String rest = cell;
        while (next.completeness().isComplete()) {
            String source = next.source().strip();
            if (!source.isEmpty()) {
                last = evalSnippet(source, lineOf(cell, rest));
            }
            rest = next.remaining();
            next = analyse(rest);
        }
        if (!rest.isBlank() && next.completeness() != Completeness.EMPTY) {
            throw CellException.incomplete(new Place(cells, lineOf(cell, rest), rest.strip()));
        }
        return last;
    }

    /** Whether a cell could run as it stands, or what it lacks. */
    public Completeness completeness(String cell) {
        CompletionInfo next = analyse(cell);
        while (next.completeness().isComplete() && !next.remaining().isBlank()) {
            next = analyse(next.remaining());
        }
        return next.completeness();
    }

    @Override
    public Object eval(ExecutionContext context, String cell) throws CellException {
        return eval(cell);
    }

    private Object evalSnippet(String source, int line) throws CellException {
        if (control.interrupted()) {
            throw CellException.interrupted(new Place(cells, line, source));
        }
        List<SnippetEvent> events = getShell().eval(source);
        Place place = new Place(cells, line, source);
        events.forEach(event -> {
            if (event.causeSnippet() == null) {
                places.put(event.snippet().id(), place);
            }
        });
        for (SnippetEvent event : events) {
            if (event.causeSnippet() == null && event.exception() != null) {
                throw CellException.thrown(event.exception(), place, places);
            }
            if (event.causeSnippet() == null && !event.status().isDefined()) {
                throw CellException.rejected(getShell(), event.snippet(), place);
            }
        }
        return events.stream().anyMatch(Engine::hasValue) ? control.value() : null;
    }

    private static boolean hasValue(SnippetEvent event) {
        Snippet.SubKind kind = event.snippet().subKind();
        return event.causeSnippet() == null
                && (kind == Snippet.SubKind.VAR_VALUE_SUBKIND
                        || kind == Snippet.SubKind.OTHER_EXPRESSION_SUBKIND
                        || kind == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND);
    }

    private CompletionInfo analyse(String code) {
        return getSourceAnalysis().analyzeCompletion(code);
    }

    /** The line of the cell, counted from 1, on which the first word of {@code rest}, a tail of it, stands. */
    private static int lineOf(String cell, String rest) {
        int start = cell.length() - rest.stripLeading().length();
        return 1 + (int) cell.substring(0, start).chars().filter(c -> c == '\n').count();
    }

    /** Asks the running cell to stop: it ends within two seconds, and the engine goes on. */
    @Override
    public void interrupt() {
        control.interrupt();
    }

    @Override
    public void close() {
        shutdown();
        control.stop();
    }

    private static RapaioExecutionControlProvider provider(Control control) {
        return new RapaioExecutionControlProvider() {
            @Override
            public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
                return control;
            }

            @Override
            public RapaioExecutionControl getRegisteredControl(String id) {
                return control;
            }
        };
    }
}
