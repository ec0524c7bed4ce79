package atelier.tensor;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * Runs the numbered pieces of one job on several threads.
 *
 * <p>The caller cuts the work into pieces that do not depend on the number of threads, and adds up what the pieces made in
 * the order of their numbers: then the result is the same to the bit on any machine. Each thread has a section of the pieces
 * and helps the others when it is done: so it meets the same part of the weights again and again, which its own cache still holds.
 * Which thread runs which piece changes nothing.
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

        private static final long PATIENCE =
                200_000; // nanoseconds in a loop before a thread sleeps or lets others go ahead

        private static final int APART =
                16; // longs: two lines of the cache, so that threads do not wait for each other's

        /** Each thread's section: the job's number, where the section ends and its next piece, in one word so that they change together. */
        private final AtomicLongArray sections;

        private final AtomicInteger done = new AtomicInteger();
        private final Thread[] workers;
        private final boolean[] asleep;
        private final int size;
        private volatile IntConsumer task;
        private volatile Throwable failure;
        private volatile boolean closed;

        Team(int size) {
            this.size = size;
            sections = new AtomicLongArray(size * APART);
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
            long number = job(0) + 1;
            for (int section = size - 1; section >= 0; section--) {
                long end = from(section + 1, size, pieces);
                sections.set(section * APART, number << 40 | end << 20 | from(section, size, pieces));
            }
            wake();
            try {
                takePieces(0);
            } finally {
                long patient = System.nanoTime() + PATIENCE;
                while (done.get() < pieces) { // also when a piece failed: none may outlive its job
                    if (System.nanoTime() - patient > 0) {
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

        /** First those of the thread's own section, then what is left of the others'. */
        private void takePieces(int self) {
            for (int i = 0; i < size; i++) {
                int section = (self + i) % size * APART;
                for (long now = sections.get(section);
                        (now & 0xFFFFF) < (now >>> 20 & 0xFFFFF);
                        now = sections.get(section)) {
                    if (sections.compareAndSet(section, now, now + 1)) {
                        runPiece((int) (now & 0xFFFFF));
                    }
                }
            }
        }

        private void runPiece(int piece) {
            try {
                if (failure == null) {
                    task.accept(piece);
                }
            } catch (Throwable thrown) {
                failure = thrown;
            } finally {
                done.incrementAndGet();
            }
        }

        /** The number of the job that a section was last given for. */
        private long job(int section) {
            return sections.get(section * APART) >>> 40;
        }

        private void work(int self) {
            long seen = 0;
            while (!closed) {
                long patient = System.nanoTime() + PATIENCE;
                while (job(self + 1) == seen && !closed && System.nanoTime() - patient < 0) {
                    // no Thread.onSpinWait(): for a row of pauses the host of a virtual machine takes the processor
                    // away
                }
                if (job(self + 1) == seen) {
                    synchronized (asleep) {
                        asleep[self] = true;
                    }
                    while (job(self + 1) == seen && !closed) {
                        LockSupport.park(this);
                    }
                    synchronized (asleep) {
                        asleep[self] = false;
                    }
                }
                seen = job(self + 1);
                takePieces(self + 1);
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
