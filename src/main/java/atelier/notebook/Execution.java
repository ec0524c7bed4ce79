package atelier.notebook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplaySystem;

/**
 * Runs the cells of a notebook in a fresh engine in this JVM, from the top, until the first error.
 *
 * <p>A cell tagged {@code raises-exception} may fail: its error is shown below it and the run goes on.
 */
final class Execution {

    private final Engine engine = Engine.start();
    private final Duration timeout;
    private int count;

    private Execution(Duration timeout) {
        this.timeout = timeout;
    }

    /** Fills in the outputs of {@code notebook}; the cells after an error stay without. */
    static void run(Notebook notebook, Duration timeout) {
        Execution execution = new Execution(timeout);
        notebook.cells().stream().filter(Cell::isCode).forEach(cell -> cell.setOutputs(null, Outputs.lines("")));
        try (execution.engine) {
            for (Cell cell : notebook.cells()) {
                if (cell.isCode() && !execution.run(cell)) {
                    return;
                }
            }
        }
    }

    /** Whether the run may go on. */
    private boolean run(Cell cell) {
        if (cell.source().isBlank()) {
            return true;
        }
        count++;
        Outputs outputs = new Outputs();
        boolean good = inFrontOf(outputs, () -> run(cell.source(), outputs));
        ArrayNode shown = outputs.json();
        cell.setOutputs(count, shown);
        return good || cell.tags().contains("raises-exception");
    }

    private boolean run(String source, Outputs outputs) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cell time-out");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> alarm = clock.schedule(engine::interrupt, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            Object value = engine.eval(source);
            if (value != null) {
                outputs.result(shown(value), count);
            }
            return true;
        } catch (CellException e) {
            outputs.error(alarm.isDone() ? e.because("the cell ran longer than " + timeout.toSeconds() + " s") : e);
            return false;
        } finally {
            clock.shutdownNow();
        }
    }

    /** The value as the kernel shows it; one that cannot be shown, because its {@code toString} throws, is an error. */
    private static DisplayData shown(Object value) throws CellException {
        try {
            return DisplaySystem.inst().render(value);
        } catch (RuntimeException e) {
            throw CellException.notShown(value, e);
        }
    }

    private interface Work {
        boolean run();
    }

    /** Works with the screen, the printed text and the keyboard (there is none) turned to the outputs. */
    private static boolean inFrontOf(Outputs outputs, Work work) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        InputStream in = System.in;
        System.setOut(outputs.printer("stdout"));
        System.setErr(outputs.printer("stderr"));
        System.setIn(InputStream.nullInputStream());
        Display.showOn(outputs::display);
        try {
            return work.run();
        } finally {
            System.out.flush();
            System.err.flush();
            System.setOut(out);
            System.setErr(err);
            System.setIn(in);
        }
    }
}
