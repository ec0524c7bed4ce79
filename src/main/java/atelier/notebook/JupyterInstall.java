package atelier.notebook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Installs Jupyter where there is none: first for this checkout alone (a Python environment below {@code .atelier/}), else
 * for the machine with apt, where this user may do that without a password.
 */
public final class JupyterInstall {

    private static final String PACKAGES = "jupyter-notebook jupyter-nbconvert";
    private static final Duration QUICK = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(8);

    private final Path home;
    private final Path log;
    private final Consumer<String> say;

    /** @param say hears, a line at a time, what is about to be done */
    public JupyterInstall(Path home, Consumer<String> say) {
        this.home = home;
        this.log = home.resolve(".atelier").resolve("install.log");
        this.say = say;
    }

    /** The Jupyter installed, or nothing where neither way worked: then {@link #advice} says what to type. */
    public Optional<Jupyter> install() {
        say.accept("No Jupyter found. What is done about it is logged in " + log);
        if (python() && Jupyter.find(home).isPresent()) {
            return Jupyter.find(home);
        }
        return apt() ? Jupyter.find(home) : Optional.empty();
    }

    /** What a user types who has the rights that this process lacks. */
    public static String advice() {
        return "Install Jupyter, then try again. Debian, Ubuntu: sudo apt-get install " + PACKAGES
                + ". Elsewhere, with Python 3: pip install notebook";
    }

    private boolean python() {
        Path venv = Jupyter.venv(home);
        String pip = Jupyter.programsIn(venv).resolve("pip").toString();
        say.accept("Installing it for this checkout: python3 -m venv .atelier/venv, then pip install notebook …");
        boolean done = run(QUICK, "python3", "-m", "venv", "--clear", venv.toString())
                && run(
                        LONG,
                        pip,
                        "install",
                        "--disable-pip-version-check",
                        "--no-input",
                        "--timeout",
                        "10",
                        "--retries",
                        "1",
                        "notebook<8");
        if (!done) {
            say.accept("That did not work here (no python3-venv, or no way to the Python package index).");
        }
        return done;
    }

    private boolean apt() {
        boolean root = run(QUICK, "sh", "-c", "[ \"$(id -u)\" = 0 ]");
        if (!run(QUICK, "apt-get", "--version") || !(root || run(QUICK, "sudo", "-n", "true"))) {
            return false;
        }
        String install = "apt-get install --no-install-recommends " + PACKAGES;
        say.accept("Installing it for this machine: apt-get update, then " + install + " …");
        String script = "export DEBIAN_FRONTEND=noninteractive; apt-get -q -o DPkg::Lock::Timeout=120 update; "
                + install + " -q -y -o DPkg::Lock::Timeout=120";
        boolean done = root ? run(LONG, "sh", "-c", script) : run(LONG, "sudo", "-n", "sh", "-c", script);
        if (!done) {
            say.accept("That did not work either:\n" + Command.lastLines(log, 5));
        }
        return done;
    }

    private boolean run(Duration limit, String... words) {
        return new Command(List.of(words), log).succeeds(limit);
    }
}
