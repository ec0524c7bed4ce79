package atelier.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, Ctrl-C and a request to terminate interrupt the thread that made it and wait until it is closed, so that
 * the thread can finish its batch and write its checkpoint. The exit status is then the signal's: 130 or 143.
 */
final class StopSignal implements AutoCloseable {

    private static final int PATIENCE = 30;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    StopSignal() {
        Thread worker = Thread.currentThread();
        hook = new Thread(() -> {
            worker.interrupt();
            try {
                closed.await(PATIENCE, TimeUnit.SECONDS);
            } catch (InterruptedException enough) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            closed.countDown();
        }
    }
}
