package atelier.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Maven, for the commands that build what a user need not have. */
final class Maven {

    private static final Pattern VERSION = Pattern.compile("Apache Maven (\\d+)\\.(\\d+)");

    private Maven() {}

    /** The machine whose native libraries are built for, as the launcher names it. */
    static String platform() {
        return System.getProperty("javacpp.platform", "linux-x86_64");
    }

    /** Runs it in this checkout, on this terminal; its exit status. */
    static int run(Path home, List<String> words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command(home), "--batch-mode", "--no-transfer-progress"));
        all.add("-Djavacpp.platform=" + platform());
        all.addAll(words);
        return new ProcessBuilder(all)
                .directory(home.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Maven from the PATH where it is 3.8 or newer, else the wrapper of this checkout. */
    private static String command(Path home) throws InterruptedException {
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
