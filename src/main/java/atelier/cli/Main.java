package atelier.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line: {@code ./atelier COMMAND}. Exit status 0 done, 1 the work failed, 2 wrong usage. */
@Command(
        name = "atelier",
        mixinStandardHelpOptions = true,
        version = "atelier 0.1.0",
        description = "Image generation with neural networks, in Java, from the formula to the framework.",
        subcommands = {
            Train.class,
            Sample.class,
            Measure.class,
            Lab.class,
            Run.class,
            Data.class,
            Assign.class,
            Grade.class,
            Replay.class,
            Doctor.class,
            Bench.class,
            Test.class
        })
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = CommandLine.ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    private Main() {}

    public static void main(String[] arguments) {
        Extra.endWithParent();
        System.exit(run(arguments));
    }

    /** Without a command: what there is to type. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    static int run(String... arguments) {
        Main main = new Main();
        CommandLine line = line(main);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (main.debug) {
                failure.printStackTrace(command.getErr());
            } else {
                command.getErr().println("atelier: " + message(failure));
            }
            return 1;
        });
        line.setParameterExceptionHandler((wrong, given) -> {
            CommandLine command = wrong.getCommandLine();
            String message = wrong.getMessage();
            String help = ". See " + command.getCommandSpec().qualifiedName() + " --help.";
            command.getErr().println("atelier: " + (message.endsWith(".") ? message : message + help));
            return 2;
        });
        return line.execute(arguments);
    }

    /** The commands and options, as picocli reads them. */
    static CommandLine line() {
        return line(new Main());
    }

    private static CommandLine line(Main main) {
        return new CommandLine(main).setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
