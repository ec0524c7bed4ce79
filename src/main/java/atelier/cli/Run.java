package atelier.cli;

import atelier.notebook.NotebookException;
import atelier.notebook.Page;
import atelier.notebook.Runner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./atelier run}: notebooks from top to bottom, without Python and without Jupyter. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run notebooks in the kernel's own engine, without Jupyter, and write them with their outputs as"
                + " .ipynb and as .html.")
final class Run implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "NOTEBOOK", description = "The .ipynb files, run one after the other.")
    private List<Path> notebooks;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/notebooks",
            description = "Where the results go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--in-place", description = "Also refresh the outputs in the given files, where all cells ran.")
    private boolean inPlace;

    @Option(names = "--quick", description = "Ask the notebooks to do less: one epoch, few images. For checks.")
    private boolean quick;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "The longest a cell may take (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Mixin
    private Libraries libraries;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter screen = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        for (Path notebook : notebooks) {
            if (!Files.isRegularFile(notebook)) {
                errors.println("atelier run: expected a notebook at " + notebook + " but "
                        + (Files.isDirectory(notebook) ? "it is a folder" : "there is none") + ". Check the path.");
                return 2;
            }
        }
        if (timeout < 1) {
            errors.println("atelier run: expected --timeout of at least 1 second but got " + timeout + ".");
            return 2;
        }
        if (!canWrite(out)) {
            errors.println(
                    "atelier run: expected a folder that can be written but got --out " + out + ". Choose another.");
            return 2;
        }
        OptionalInt elsewhere = libraries.elsewhere();
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        Runner runner = new Runner(out, inPlace, quick, Duration.ofSeconds(timeout));
        List<Path> pages = new ArrayList<>();
        int failed = 0;
        for (Path notebook : notebooks) {
            screen.printf("%-44s", notebook);
            screen.flush();
            try {
                Runner.Report report = runner.run(notebook);
                screen.printf(
                        Locale.ROOT,
                        " %3d cells  %6.1f s  %s%n",
                        report.cells(),
                        report.seconds(),
                        report.ok() ? "ok" : "FAILED");
                screen.flush();
                if (report.cells() > 0) {
                    pages.add(report.executed());
                }
                if (!report.ok()) {
                    failed++;
                    errors.println("atelier run: " + report.error());
                }
            } catch (NotebookException e) {
                failed++;
                screen.println(" FAILED");
                errors.println("atelier run: " + e.getMessage());
            }
        }
        Page.writeAll(pages);
        screen.flush();
        errors.flush();
        return failed == 0 ? 0 : 1;
    }

    private static boolean canWrite(Path folder) {
        try {
            return Files.isWritable(Files.createDirectories(folder));
        } catch (IOException e) {
            return false;
        }
    }
}
