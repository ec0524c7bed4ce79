package atelier.cli;

import atelier.grade.Paper;
import atelier.grade.Secret;
import atelier.grade.box.Isolation;
import atelier.grade.box.Limit;
import atelier.grade.box.Walls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What decides a verdict, and is the same for {@code ./atelier grade} and {@code replay}. */
final class GradeOptions {

    private static final List<String> ISOLATIONS = List.of("auto", "bubblewrap", "container", "none");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--isolation",
            paramLabel = "KIND",
            defaultValue = "auto",
            description =
                    "auto (default), bubblewrap, container, or none: then a student's code can do whatever you can do,"
                            + " and every row says so.")
    private String isolation;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "3",
            description = "How long a check may compute; it may wait four times as long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--secret",
            paramLabel = "FILE",
            description =
                    "The course's secret, which decides the cases (default: .atelier/course-secret, made when first"
                            + " needed).")
    private Path secret;

    @Option(
            names = "--exercises",
            paramLabel = "DIR",
            description = "The course's own notebooks: questions and points (default: exercises of this checkout).")
    private Path exercises;

    void check() {
        require(seconds > 0 && seconds <= 600, "--seconds from 1 to 600", seconds);
        require(ISOLATIONS.contains(isolation), "--isolation auto, bubblewrap, container or none", isolation);
    }

    void require(boolean holds, String expected, Object got) {
        Usage.require(spec, holds, expected, got);
    }

    Limit limit() {
        return Limit.of(Duration.ofSeconds(seconds));
    }

    Map<String, Paper> papers() throws IOException {
        return Paper.in(exercises == null ? Checkout.home().resolve("exercises") : exercises);
    }

    Secret secret() throws IOException {
        return Secret.in(secret == null ? Checkout.home().resolve(".atelier").resolve("course-secret") : secret);
    }

    /**
     * The walls that were asked for, tried out.
     *
     * @throws IOException when there are none that hold: what was tried, why it failed, and what to do
     */
    Isolation walls(Path jar) throws IOException {
        List<Walls.State> tried = new ArrayList<>();
        Optional<Isolation> found = Walls.choose(isolation, jar, tried);
        if (found.isEmpty()) {
            StringBuilder why = new StringBuilder(spec.name() + ": expected a sandbox that holds but found none.");
            tried.forEach(state -> why.append("\n  ").append(Doctor.line(state)));
            throw new IOException(
                    why + "\nOr grade without any, if you would run these files yourself: --isolation none");
        }
        if (!found.get().walls()) {
            spec.commandLine()
                    .getErr()
                    .println("atelier " + spec.name()
                            + ": no isolation: a student's code can read, write and send whatever" + " you can.");
        }
        return found.get();
    }
}
