package atelier.notebook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells Jupyter how to start the kernel of this checkout, in a folder that {@code JUPYTER_PATH} names: nothing is written to
 * the user's home.
 */
public final class KernelSpec {

    private KernelSpec() {}

    /**
     * Writes the kernel {@code java} below {@code folder}, for the class path of this JVM.
     *
     * @return what {@code JUPYTER_PATH} has to hold
     */
    public static Path write(Path folder) throws IOException {
        Path spec = Files.createDirectories(folder.resolve("kernels").resolve("java"));
        Path jar = spec.resolve("class-path.jar");
        replace(jar, out -> new JarOutputStream(out, manifest()).close());
        ObjectNode json = new ObjectMapper().createObjectNode();
        command(jar).forEach(json.putArray("argv")::add);
        json.put("display_name", "Java (Atelier)");
        json.put("language", "java");
        json.put("interrupt_mode", "message");
        byte[] text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
        replace(spec.resolve("kernel.json"), out -> out.write(text));
        return folder.toAbsolutePath();
    }

    /** How a kernel is started; Jupyter puts the path of its connection file for the last argument. */
    static List<String> command(Path jar) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Djava.awt.headless=true"));
        command.addAll(List.of("-XX:MaxRAMPercentage=50", "-Dfile.encoding=UTF-8"));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        Stream.of("atelier.home", "javacpp.platform", "org.bytedeco.javacpp.platform")
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.add("-javaagent:" + jar.toAbsolutePath());
        command.addAll(List.of("-cp", jar.toAbsolutePath().toString(), Kernel.class.getName(), "{connection_file}"));
        return command;
    }

    /** A jar that holds no class but names them all: the class path is too long for a command line. */
    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", Agent.class.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toUri().toASCIIString())
                        .collect(Collectors.joining(" ")));
        return manifest;
    }

    /** Writes beside and renames, so that a kernel that starts meanwhile sees the old file or the new one. */
    private static void replace(Path file, Content content) throws IOException {
        Path beside = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp");
        try (OutputStream out = Files.newOutputStream(beside)) {
            content.writeTo(out);
        }
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
