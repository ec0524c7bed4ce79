package atelier.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The kit's classes as one file, which Spark sends to its executors. */
final class KitJar {

    private KitJar() {}

    /** The jar that these classes come from, or a new one of the folder that they lie in; it goes when Java ends. */
    static Path find() throws IOException {
        Path code = code();
        if (Files.isRegularFile(code)) {
            return code;
        }
        Path jar = Files.createTempFile("atelier", ".jar");
        jar.toFile().deleteOnExit();
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file);
                Stream<Path> all = Files.walk(code)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            for (Path one : files) {
                entries.putNextEntry(
                        new JarEntry(code.relativize(one).toString().replace('\\', '/')));
                Files.copy(one, entries);
                entries.closeEntry();
            }
        }
        return jar;
    }

    private static Path code() {
        try {
            return Path.of(KitJar.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
