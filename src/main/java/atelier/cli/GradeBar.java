package atelier.cli;

import atelier.train.Terminal;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** How many students are graded: a bar in a terminal, a line now and then elsewhere. */
final class GradeBar implements AutoCloseable {

    private static final int EVERY = 25;

    private final PrintWriter lines;
    private final int students;
    private final ProgressBar bar;

    GradeBar(PrintWriter lines, int students) {
        this.lines = lines;
        this.students = students;
        this.bar = !Terminal.isThere()
                ? null
                : new ProgressBarBuilder()
                        .setTaskName("graded")
                        .setInitialMax(students)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err))
                        .build();
    }

    void step(int graded) {
        if (bar != null) {
            bar.stepTo(graded);
        } else if (graded % EVERY == 0 || graded == students) {
            lines.println("graded " + graded + " of " + students);
            lines.flush();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
