package atelier.train;

import java.io.PrintStream;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.LongSupplier;

/** Progress for a notebook, a pipe or a log file: a line an epoch, and one every five seconds in a long epoch. */
final class ProgressLines implements Progress {

    private static final long EVERY = 5_000_000_000L;

    private final PrintStream out;
    private final LongSupplier clock;
    private long firstImages = -1;
    private long began;
    private long shown;

    ProgressLines(PrintStream out) {
        this(out, System::nanoTime);
    }

    /** With a clock that counts nanoseconds. */
    ProgressLines(PrintStream out, LongSupplier clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void batch(int epoch, int epochs, long images, long total, double loss) {
        long now = clock.getAsLong();
        if (firstImages < 0) { // what was learnt before a stop, or in the first batch, tells nothing about the speed
            firstImages = images;
            began = now;
            shown = now;
        } else if (now - shown >= EVERY) {
            shown = now;
            double speed = (images - firstImages) / ((now - began) * 1e-9);
            out.println(String.format(
                    Locale.ROOT,
                    "epoch %d/%d  %2d %%  loss %.4f  %,.0f images/s  %.0f s left",
                    epoch,
                    epochs,
                    100 * images / total,
                    loss,
                    speed,
                    (total - images) / speed));
        }
    }

    @Override
    public void epoch(History.Epoch epoch, int epochs) {
        shown = clock.getAsLong();
        out.println(line(epoch, epochs));
    }

    @Override
    public void note(String line) {
        out.println(line);
    }

    @Override
    public void close() {
        out.flush();
    }

    static String line(History.Epoch epoch, int epochs) {
        StringJoiner metrics = new StringJoiner("  ");
        epoch.metrics().forEach((name, value) -> metrics.add(name + String.format(Locale.ROOT, " %.4f", value)));
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  train_loss %.4f  %s  %,.0f images/s  %.1f s",
                epoch.epoch(),
                epochs,
                epoch.trainLoss(),
                metrics,
                epoch.imagesPerSecond(),
                epoch.seconds());
    }
}
