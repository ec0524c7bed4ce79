package atelier.grade.box;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Where programs of this machine are. */
final class Programs {

    private Programs() {}

    /** The program of that name, on PATH or where systems keep theirs. */
    static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(
                        Arrays.stream(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty()),
                        Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin"))
                .map(folder -> Path.of(folder).resolve(name).toAbsolutePath())
                .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
                .findFirst();
    }

    /** The folder of the JDK that runs this program, without links. */
    static Path jdk() {
        Path home = Path.of(System.getProperty("java.home"));
        try {
            return home.toRealPath();
        } catch (IOException e) {
            return home;
        }
    }
}
