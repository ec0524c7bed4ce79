package atelier.cli;

import atelier.grade.Assignment;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./atelier assign}: the exercises anew from their solutions. */
@Command(
        name = "assign",
        mixinStandardHelpOptions = true,
        description = "Write the exercises, with blanks, from the notebooks with solutions.")
final class Assign implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "DIR",
            defaultValue = "solutions",
            description = "Where the solutions are (default: ${DEFAULT-VALUE}).")
    private Path from;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            defaultValue = "exercises",
            description = "Where the exercises go (default: ${DEFAULT-VALUE}).")
    private Path to;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter errors = spec.commandLine().getErr();
        if (!Files.isDirectory(from)) {
            errors.println("atelier assign: expected a folder with solutions at " + from
                    + " but there is none. Name one with --from.");
            return 2;
        }
        List<Path> written = Assignment.write(from, to);
        if (written.isEmpty()) {
            errors.println("atelier assign: expected .ipynb files in " + from + " but found none. Name another folder"
                    + " with --from.");
            return 1;
        }
        written.forEach(file -> spec.commandLine().getOut().println(file));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
