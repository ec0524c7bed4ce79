package atelier.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What trains: one of our engines or a peer's, on some Java.
 *
 * @param name of its column
 * @param code what {@link Contestants} know it by
 * @param jdk the folder of its Java
 * @param release that Java's: 17, 25
 */
record Engine(String name, String code, Path jdk, int release) {

    static Engine here(String code) {
        return new Engine(
                code,
                code,
                Path.of(System.getProperty("java.home")),
                Runtime.version().feature());
    }

    /** Ours on the Java in another folder, whose file "release" tells which one it is. */
    static Engine scratchOn(Path jdk) throws IOException {
        Properties told = new Properties();
        try (Reader release = Files.newBufferedReader(jdk.resolve("release"))) {
            told.load(release);
        }
        int release = Runtime.Version.parse(told.getProperty("JAVA_VERSION").replace("\"", ""))
                .feature();
        return new Engine("scratch, JDK " + release, "scratch", jdk, release);
    }
}
