package atelier.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * What this machine can do at most: the two lines of a roofline.
 *
 * <pre>{@code
 * flop/s ≤ min(peak, intensity · bandwidth)      intensity = operations per byte that moves between memory and processor   (F1)
 * }</pre>
 *
 * <p>Measured, not looked up: many chains of multiply-adds that never leave the registers, and {@code a = b + s·c} over arrays that no cache
 * holds. A multiply-add counts as two operations, a number that is written as eight bytes, for it is read first.
 *
 * <p>Walk-through: notebooks/19-faster. Source: Williams, Waterman and Patterson 2009, doi:10.1145/1498765.1498785.
 */
public final class Ceiling {

    private static final int ROUNDS = 2_000;
    private static final int NUMBERS = 1 << 23; // an array of 32 MB
    private static final double WARM_UP = 0.3; // seconds
    private static final long SHORT = 3_000_000; // nanoseconds
    private static volatile float sink; // what was computed must be used

    private Ceiling() {}

    /** Multiply-adds at best, in floating-point operations a second, on so many threads for about so many seconds. */
    public static double flops(int threads, double seconds) {
        return rate(threads, seconds, () -> {
            sink = Kernels.best().multiplyAdds(ROUNDS, 0.999f);
            return 2.0 * ROUNDS * Kernels.INDEPENDENT * Kernels.best().lanes();
        });
    }

    /** Bytes a second between memory and processor, on so many threads for about so many seconds. */
    public static double bandwidth(int threads, double seconds) {
        float[] a = new float[NUMBERS];
        float[] b = new float[NUMBERS];
        float[] c = new float[NUMBERS];
        List<DoubleSupplier> parts = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int from = Parallel.from(thread, threads, NUMBERS);
            int to = Parallel.from(thread + 1, threads, NUMBERS);
            parts.add(() -> {
                Kernels.best().triad(b, c, 3, a, from, to);
                return 16.0 * (to - from);
            });
        }
        return rate(parts, seconds);
    }

    private static double rate(int threads, double seconds, DoubleSupplier work) {
        List<DoubleSupplier> parts = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            parts.add(work);
        }
        return rate(parts, seconds);
    }

    /** The sum of what each thread gets done in a second while all are at it; a piece of work returns how much it was. */
    private static double rate(List<DoubleSupplier> parts, double seconds) {
        double[] rates = new double[parts.size()];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
            int self = i;
            threads.add(new Thread(() -> rates[self] = rate(parts.get(self), seconds), "ceiling-" + i));
        }
        threads.forEach(Thread::start);
        double sum = 0;
        for (int i = 0; i < rates.length; i++) {
            try {
                threads.get(i).join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Double.NaN;
            }
            sum += rates[i];
        }
        return sum;
    }

    private static double rate(DoubleSupplier work, double seconds) {
        best(work, WARM_UP);
        return best(work, seconds);
    }

    private static double best(DoubleSupplier work, double seconds) {
        double best = 0; // a busy neighbour can only take away
        for (long end = System.nanoTime() + (long) (seconds * 1e9); System.nanoTime() < end; ) {
            long began = System.nanoTime();
            double done = 0;
            while (System.nanoTime() - began < SHORT) {
                done += work.getAsDouble();
            }
            best = Math.max(best, done / ((System.nanoTime() - began) * 1e-9));
        }
        return best;
    }
}
