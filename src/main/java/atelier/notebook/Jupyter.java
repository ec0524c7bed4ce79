package atelier.notebook;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Jupyter on this machine: the words that start its server. */
public record Jupyter(List<String> command) {

    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final List<String> PROGRAMS = List.of("jupyter-lab", "jupyter-notebook");

    /** The Jupyter installed for the checkout at {@code home}, else one on the PATH; only one that runs. */
    public static Optional<Jupyter> find(Path home) {
        return Stream.concat(Stream.of(programsIn(venv(home))), path())
                .flatMap(folder ->
                        PROGRAMS.stream().map(program -> folder.resolve(WINDOWS ? program + ".exe" : program)))
                .filter(Files::isExecutable)
                .map(program -> new Jupyter(List.of(program.toString())))
                .filter(jupyter -> jupyter.runs(home))
                .findFirst();
    }

    /** The Python environment that {@code ./atelier lab} makes where there is no Jupyter. */
    static Path venv(Path home) {
        return home.resolve(".atelier").resolve("venv");
    }

    /** Where a Python environment keeps its programs. */
    static Path programsIn(Path venv) {
        return venv.resolve(WINDOWS ? "Scripts" : "bin");
    }

    private static Stream<Path> path() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
    }

    private boolean runs(Path home) {
        List<String> words = new ArrayList<>(command);
        words.add("--version");
        return new Command(words, log(home)).succeeds(Duration.ofSeconds(60));
    }

    static Path log(Path home) {
        return home.resolve(".atelier").resolve("jupyter.log");
    }
}
