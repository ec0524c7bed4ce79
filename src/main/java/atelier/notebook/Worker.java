package atelier.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;

/** The process that runs one notebook: it reads the file, runs it, and writes it, with its outputs, elsewhere. */
final class Worker {

    private Worker() {}

    /** Takes the notebook, the file to write, and the time-out of a cell in seconds. */
    public static void main(String[] arguments) throws IOException {
        endWithParent(System.in);
        Notebook notebook = Notebook.read(Path.of(arguments[0]));
        Execution.run(notebook, Duration.ofSeconds(Long.parseLong(arguments[2])));
        notebook.write(Path.of(arguments[1]));
        Runtime.getRuntime().halt(0); // whatever threads the notebook left behind
    }

    /** The parent holds the other end and never writes: when it is gone, so is this process. */
    private static void endWithParent(InputStream line) {
        Thread watch = new Thread(() -> {
            try {
                while (line.read() >= 0) {}
            } catch (IOException e) {
                // the same: nobody is there any more
            }
            Runtime.getRuntime().halt(1);
        });
        watch.setDaemon(true);
        watch.start();
    }
}
