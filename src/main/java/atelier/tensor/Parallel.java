package atelier.tensor;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * Runs the numbered pieces of one job on several threads.
 *
 * <p>The caller cuts the work into pieces that do not depend on the number of threads, and adds up what the pieces made in
 * the order of their numbers: then the result is the same to the bit on any machine. Which thread runs which piece is
 * left to chance.
 *
 * <p>Threads are kept between calls; they wait a moment in a loop before they sleep, because a training step makes
 * dozens of calls in a millisecond. A call inside a piece, or beside another call, runs on its own thread.
 */
public final class Parallel {

    private static final ReentrantLock ONE_JOB = new ReentrantLock();
    private static volatile Team team = new Team(Runtime.getRuntime().availableProcessors());

    private Parallel() {}

    /** How many threads work on a job, the caller's included. */
    public static int threads() {
        return team.size;
    }

    /** Sets the number of threads; results do not depend on it. */
    public static void threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("Parallel.threads: expected at least 1 thread but got " + count
                    + ". Leave it out to use all cores.");
        }
        ONE_JOB.lock();
        try {
            if (count != team.size) {
                team.closed = true;
                team.wake();
                team = new Team(count);
            }
        } finally {
            ONE_JOB.unlock();
        }
    }

    /** Calls {@code task} once with each of 0 … pieces−1 and returns when all are done; rethrows what a piece threw. */
    public static void run(int pieces, IntConsumer task) {
        if (pieces == 1 || team.size == 1 || ONE_JOB.isHeldByCurrentThread() || Team.isWorker() || !ONE_JOB.tryLock()) {
            for (int piece = 0; piece < pieces; piece++) {
                task.accept(piece);
            }
            return;
        }
        try {
            team.run(pieces, task);
        } finally {
            ONE_JOB.unlock();
        }
    }

    /** The first index of a piece when {@code total} things are cut into {@code pieces}; the cut depends on these two alone. */
    public static int from(int piece, int pieces, int total) {
        return (int) ((long) total * piece / pieces);
    }

    /** The waiting threads, and the job that they share. */
    private static final class Team {

        private static final int SPINS = 20_000;

        /** The job's number, its count of pieces and the next piece to take, in one word so that they change together. */
        private final AtomicLong state = new AtomicLong();

        private final AtomicInteger done = new AtomicInteger();
        private final Thread[] workers;
        private final boolean[] asleep;
        private final int size;
        private volatile IntConsumer task;
        private volatile Throwable failure;
        private volatile boolean closed;

        Team(int size) {
            this.size = size;
            workers = new Thread[size - 1];
            asleep = new boolean[size - 1];
            for (int i = 0; i < workers.length; i++) {
                int self = i;
                workers[i] = new Thread(null, () -> work(self), "atelier-" + (i + 1));
                workers[i].setDaemon(true);
                workers[i].start();
            }
        }

        static boolean isWorker() {
            return Thread.currentThread().getName().startsWith("atelier-");
        }

        void run(int pieces, IntConsumer job) {
            task = job;
            failure = null;
            done.set(0);
            state.set(((state.get() >>> 40) + 1 << 40) | (long) pieces << 20);
            wake();
            try {
                takePieces();
            } finally {
                for (int spin = 0; done.get() < pieces; spin++) { // also when a piece failed: none may outlive its job
                    takePieces();
                    if (spin < 1000) {
                        Thread.onSpinWait();
                    } else {
                        Thread.yield(); // more threads than processors: let the others finish
                    }
                }
                task = null;
            }
            Throwable thrown = failure;
            if (thrown instanceof RuntimeException unchecked) {
                throw unchecked;
            } else if (thrown instanceof Error error) {
                throw error;
            }
        }

        private void takePieces() {
            while (true) {
                long now = state.get();
                int next = (int) (now & 0xFFFFF);
                if (next >= (int) (now >>> 20 & 0xFFFFF)) {
                    return;
                }
                if (state.compareAndSet(now, now + 1)) {
                    try {
                        if (failure == null) {
                            task.accept(next);
                        }
                    } catch (Throwable thrown) {
                        failure = thrown;
                    } finally {
                        done.incrementAndGet();
                    }
                }
            }
        }

        private void work(int self) {
            long seen = 0;
            while (!closed) {
                for (int spin = 0; spin < SPINS && state.get() >>> 40 == seen && !closed; spin++) {
                    Thread.onSpinWait();
                }
                if (state.get() >>> 40 == seen) {
                    synchronized (asleep) {
                        asleep[self] = true;
                    }
                    while (state.get() >>> 40 == seen && !closed) {
                        LockSupport.park(this);
                    }
                    synchronized (asleep) {
                        asleep[self] = false;
                    }
                }
                seen = state.get() >>> 40;
                takePieces();
            }
        }

        private void wake() {
            for (int i = 0; i < workers.length; i++) {
                boolean sleeping;
                synchronized (asleep) {
                    sleeping = asleep[i];
                }
                if (sleeping) {
                    LockSupport.unpark(workers[i]);
                }
            }
        }
    }
}
