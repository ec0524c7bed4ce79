package atelier.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code ./atelier test}: every test a clean machine can run, and at the end what was skipped and why. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description =
                "Run every test, and say at the end which were skipped and why. Options that are not listed here go"
                        + " to Maven: -Dtest=Conv2dTest runs one class.")
final class Test implements Callable<Integer> {

    @Unmatched
    private List<String> forMaven = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter screen = spec.commandLine().getOut();
        Path home = Checkout.home();
        Path reports = home.resolve("target").resolve("surefire-reports");
        SkippedTests.forget(reports);
        screen.println("Running the tests; the first time Maven fetches what they need …");
        screen.flush();
        List<String> words = new ArrayList<>(List.of("test"));
        words.addAll(forMaven);
        int status = Maven.run(home, words);
        screen.println(SkippedTests.of(reports));
        screen.flush();
        return status == 0 ? 0 : 1;
    }
}
