package atelier.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a command may be given. */
final class Usage {

    private Usage() {}

    /** The words of a command, as they were typed. */
    static List<String> said(CommandSpec spec) {
        return spec.commandLine().getParent().getParseResult().originalArgs();
    }

    /** Complains in one line where something else was given than expected; exit status 2. */
    static void require(CommandSpec spec, boolean holds, String expected, Object got) {
        if (!holds) {
            String command = spec.name();
            throw new ParameterException(
                    spec.commandLine(),
                    command + ": expected " + expected + " but got " + got + ". See atelier " + command + " --help.");
        }
    }
}
