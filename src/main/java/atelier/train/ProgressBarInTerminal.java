package atelier.train;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress for a terminal: one line on standard error that redraws itself, and a lasting line an epoch. */
final class ProgressBarInTerminal implements Progress {

    private static final int WIDTH = 79;
    private static final long EVERY = 200_000_000L;

    private final PrintStream out;
    private ProgressBar bar;
    private long shown;

    ProgressBarInTerminal(PrintStream out) {
        this.out = out;
    }

    @Override
    public void batch(int epoch, int epochs, long images, long total, double loss) {
        if (bar == null) {
            bar = open(images, total);
        }
        bar.stepTo(images);
        long now = System.nanoTime();
        if (now - shown >= EVERY) {
            shown = now;
            bar.setExtraMessage(String.format(Locale.ROOT, " epoch %d/%d loss %.4f", epoch, epochs, loss));
        }
    }

    private ProgressBar open(long images, long total) {
        return new ProgressBarBuilder()
                .setInitialMax(total)
                .startsFrom(images, java.time.Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis((int) (EVERY / 1_000_000))
                .showSpeed(new java.text.DecimalFormat("#,##0 images"))
                .setConsumer(new DelegatingProgressBarConsumer(line -> out.print("\r" + line), WIDTH))
                .build();
    }

    @Override
    public void epoch(History.Epoch epoch, int epochs) {
        note(ProgressLines.line(epoch, epochs));
    }

    @Override
    public void note(String line) {
        out.print("\r" + " ".repeat(WIDTH) + "\r" + line + System.lineSeparator());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            out.flush();
        }
    }
}
