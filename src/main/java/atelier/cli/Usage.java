package atelier.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a command may be given. */
final class Usage {

    private Usage() {}

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
