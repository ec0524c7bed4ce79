package atelier.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern VERSION = Pattern.compile("Apache Maven (\\d+)\\.(\\d+)");

    @Unmatched
    private List<String> forMaven = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter screen = spec.commandLine().getOut();
        Path home = Path.of(System.getProperty("atelier.home", "")).toAbsolutePath();
        Path reports = home.resolve("target").resolve("surefire-reports");
        SkippedTests.forget(reports);
        screen.println("Running the tests; the first time Maven fetches what they need …");
        screen.flush();
        List<String> words = new ArrayList<>(List.of(maven(home), "--batch-mode", "--no-transfer-progress"));
        words.add("-Djavacpp.platform=" + System.getProperty("javacpp.platform", "linux-x86_64"));
        words.add("test");
        words.addAll(forMaven);
        int status = new ProcessBuilder(words)
                .directory(home.toFile())
                .inheritIO()
                .start()
                .waitFor();
        screen.println(SkippedTests.of(reports));
        screen.flush();
        return status == 0 ? 0 : 1;
    }

    /** Maven from the PATH where it is 3.8 or newer, else the wrapper of this checkout. */
    private static String maven(Path home) throws InterruptedException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        String installed = windows ? "mvn.cmd" : "mvn";
        try {
            Process process = new ProcessBuilder(installed, "-version")
                    .redirectErrorStream(true)
                    .start();
            Matcher version =
                    VERSION.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            if (process.waitFor() == 0 && version.find()) {
                int major = Integer.parseInt(version.group(1));
                if (major > 3 || (major == 3 && Integer.parseInt(version.group(2)) >= 8)) {
                    return installed;
                }
            }
        } catch (IOException notThere) {
            // the wrapper then
        }
        return home.resolve(windows ? "mvnw.cmd" : "mvnw").toString();
    }
}
