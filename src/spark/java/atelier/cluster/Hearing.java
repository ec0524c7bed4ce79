package atelier.cluster;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Listens to what becomes of the executors, and says it in a line. */
final class Hearing extends SparkListener {

    private static final int PATIENCE = 60; // seconds

    private final Consumer<String> note;
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile boolean over;

    Hearing(Consumer<String> note) {
        this.note = note;
    }

    /** Waits for the first executor: the master may be there and have no room. */
    void awaitExecutor(String address) {
        try {
            if (!first.await(PATIENCE, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "Cluster: expected an executor of " + address + " within " + PATIENCE
                                + " s but got none. Look whether the master runs, has workers, and whether their cores and memory are free.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cluster: interrupted while it waited for an executor.", stopped);
        }
    }

    void end() {
        over = true;
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
        note.accept("executor " + added.executorId() + " on "
                + added.executorInfo().executorHost() + ", "
                + added.executorInfo().totalCores() + " cores");
        first.countDown();
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        if (!over) {
            note.accept("executor " + removed.executorId() + " is lost ("
                    + removed.reason().lines().findFirst().orElse("no reason given")
                    + "); the others do its pieces again");
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.taskInfo() != null && end.taskInfo().failed() && !over) {
            note.accept("a task failed on executor " + end.taskInfo().executorId() + "; it is tried again");
        }
    }
}
