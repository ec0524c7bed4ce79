package atelier.cli;

import atelier.data.FetchListener;
import atelier.train.Terminal;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar for each file that is fetched, in a terminal; elsewhere only the notes, a line each. */
final class DownloadBar implements FetchListener, AutoCloseable {

    private final PrintWriter notes;
    private ProgressBar bar;

    DownloadBar(PrintWriter notes) {
        this.notes = notes;
    }

    @Override
    public void note(String line) {
        close();
        notes.println(line);
        notes.flush();
    }

    @Override
    public void progress(String file, long bytes, long of) {
        if (!Terminal.isThere()) {
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(file)
                    .setInitialMax(of)
                    .setUnit(" kB", 1_000)
                    .showSpeed()
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build();
        }
        bar.stepTo(bytes);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
