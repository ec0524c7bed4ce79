package atelier.grade.box;

import atelier.grade.Todo;
import atelier.sandbox.Examinee;
import atelier.sandbox.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A jar that holds what the sandbox may know: its own room and the blank of the exercises. It lies in a folder of its own whose
 * name tells nothing, and goes when the grader does.
 */
public final class Stage implements AutoCloseable {

    static final String ARCHIVE = "sandbox.jsa";

    private static final String PREFIX = "atelier-sandbox-";
    private static final int PATIENCE = 60;

    private final Path folder;

    private Stage(Path folder) {
        this.folder = folder;
    }

    /** Writes the jar, and removes what graders left behind that were killed. */
    public static Stage set() throws IOException {
        sweep();
        Path folder = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
        Stage stage = new Stage(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(stage.jar()))) {
            add(jar, Examinee.class, "atelier/sandbox", name -> name.endsWith(".class"));
            add(jar, Todo.class, "atelier/grade", name -> name.equals("Todo.class"));
        }
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(stage.jar(), PosixFilePermissions.fromString("rw-r--r--"));
        }
        stage.archive();
        return stage;
    }

    /** Has a JVM write down the classes that it has loaded for a canary; the others start in three quarters of the time. */
    private void archive() throws IOException {
        List<String> command = Isolation.java(Programs.jdk() + "/bin/java", jar().toString());
        command.add(1, "-XX:ArchiveClassesAtExit=" + folder.resolve(ARCHIVE));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(new Message(Message.Verb.DEFINE, Box.IMPORTS, List.of(), 0).bytes());
            for (Message question : Canary.questions()) {
                in.write(question.bytes());
            }
        } catch (IOException ended) {
            // then there is no archive, and all is slower
        }
        try {
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Copies classes of a room from where one of them was loaded: a folder, or a jar. */
    private static void add(JarOutputStream jar, Class<?> one, String room, Predicate<String> wanted)
            throws IOException {
        Path place;
        try {
            place = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("Stage: expected the kit's classes in a folder or a jar", e);
        }
        try (FileSystem packed = Files.isDirectory(place) ? null : FileSystems.newFileSystem(place);
                Stream<Path> files = Files.list(packed == null ? place.resolve(room) : packed.getPath(room))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (wanted.test(name)) {
                    jar.putNextEntry(new JarEntry(room + "/" + name));
                    Files.copy(file, jar);
                }
            }
        }
    }

    /** The jar. */
    public Path jar() {
        return folder.resolve("sandbox.jar");
    }

    private static void sweep() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            files.filter(file -> file.getFileName().toString().matches(PREFIX + "\\d{1,18}-\\d+"))
                    .filter(file -> ProcessHandle.of(
                                    Long.parseLong(file.getFileName().toString().split("-")[2]))
                            .isEmpty())
                    .forEach(file -> new Stage(file).close());
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException another) {
            // somebody else's folder, or swept already
        }
    }
}
