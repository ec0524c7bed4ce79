package atelier.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.rapaio.jupyter.kernel.core.java.RapaioExecutionControl;

/**
 * Runs the code of the cells, one piece after the other, in a thread of its own that an interrupt reaches.
 *
 * <p>An interrupt asks first: the thread's flag is raised, and a loop that looks at it ends in its own way. Code that goes on
 * after {@link #POLITE_MILLIS} is ended at its next loop turn or method call ({@link Interruption}). What holds neither, and
 * has not ended after {@link #PATIENCE_MILLIS}, is stopped by force where the JDK still can (up to 19), and left behind
 * where it cannot. Either way the next cell runs.
 */
final class Control extends RapaioExecutionControl {

    static final long POLITE_MILLIS = 700;
    static final long PATIENCE_MILLIS = 10_000;

    private ExecutorService executor = newExecutor();
    private Thread thread;
    private CompletableFuture<Object> running = CompletableFuture.completedFuture(null);
    private volatile boolean interrupted;
    private Object value;

    Control() {
        super(-1);
    }

    /** A new cell starts: an interrupt meant for the last one is forgotten. */
    synchronized void begin() {
        interrupted = false;
        Interruption.clear();
    }

    /** Whether the current cell has been asked to stop. */
    boolean interrupted() {
        return interrupted;
    }

    /** The value of the piece that ran last, or null. */
    Object value() {
        return value;
    }

    @Override
    public void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        super.load(Arrays.stream(classes)
                .map(each -> new ClassBytecodes(each.name(), Weaving.weave(each.bytecodes())))
                .toArray(ClassBytecodes[]::new));
    }

    @Override
    protected String invoke(Method piece) throws Exception {
        value = null;
        CompletableFuture<Object> result = new CompletableFuture<>();
        synchronized (this) {
            if (interrupted) { // while this piece was compiled
                throw new InvocationTargetException(new InterruptedException());
            }
            running = result;
            executor.execute(() -> run(piece, result));
        }
        try {
            value = result.get();
            return "";
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown; // an InvocationTargetException: JShell unwraps and translates it
            }
            throw e;
        }
    }

    private void run(Method piece, CompletableFuture<Object> result) {
        synchronized (this) {
            thread = Thread.currentThread();
            if (interrupted) { // while this piece was waiting for its thread
                thread.interrupt();
            }
        }
        try {
            result.complete(piece.invoke(null));
        } catch (Throwable thrown) {
            result.completeExceptionally(thrown);
        } finally {
            synchronized (this) {
                thread = null;
                if (!Thread.interrupted()) { // the code saw the interrupt and dealt with it
                    interrupted = false;
                }
            }
        }
    }

    @Override
    public synchronized void interrupt() {
        interrupted = true;
        if (thread != null) {
            thread.interrupt();
        }
        CompletableFuture<Object> asked = running;
        if (!asked.isDone()) {
            after(POLITE_MILLIS, () -> end(asked));
            after(PATIENCE_MILLIS, () -> abandon(asked));
        }
    }

    /** Does something later, in a thread of its own: a cell may keep every thread of a shared pool busy. */
    private static void after(long millis, Runnable action) {
        Thread later = new Thread(
                () -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                    action.run();
                },
                "interrupt");
        later.setDaemon(true);
        later.start();
    }

    private synchronized void end(CompletableFuture<Object> asked) {
        if (!asked.isDone()) {
            Interruption.start();
        }
    }

    private synchronized void abandon(CompletableFuture<Object> asked) {
        if (asked.isDone()) {
            return;
        }
        stopByForce(thread);
        executor.shutdownNow();
        executor = newExecutor();
        interrupted = true;
        asked.completeExceptionally(
                new UserException("stopped by force", InterruptedException.class.getName(), new StackTraceElement[0]));
    }

    @SuppressWarnings({"removal", "deprecation"})
    private static void stopByForce(Thread thread) {
        try {
            if (thread != null) {
                thread.stop();
            }
        } catch (UnsupportedOperationException | NoSuchMethodError e) {
            // JDK 20 and later: the thread is left behind
        }
    }

    @Override
    public void stop() {
        executor.shutdownNow();
    }

    private static ExecutorService newExecutor() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "cell");
            thread.setDaemon(true);
            thread.setContextClassLoader(Control.class.getClassLoader());
            return thread;
        });
    }
}
