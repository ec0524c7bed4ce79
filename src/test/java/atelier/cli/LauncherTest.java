package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, with a Maven that only notes that it was called and hands over this build. */
@Timeout(300)
class LauncherTest {

    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path folder;

    private Path home;
    private Path programs;

    private record Said(int status, String out, String err) {}

    @BeforeEach
    void makeCheckout() throws IOException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "needs a POSIX shell");
        home = Files.createDirectories(folder.resolve("mein Käse-Ordner/日本 $x"));
        programs = Files.createDirectories(folder.resolve("programs"));
        Files.copy(Path.of("atelier"), home.resolve("atelier"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(home.resolve("src/main/java"));
        Files.writeString(home.resolve("src/main/java/A.java"), "class A {}");
        Files.createDirectories(home.resolve(".mvn"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        program(programs.resolve("mvn"), """
                case "$*" in *-version) echo "Apache Maven 3.9.9"; exit 0 ;; esac
                echo "$*" >> calls
                sleep 1
                if [ -f broken ]; then
                  echo "[INFO] Scanning"
                  echo "[ERROR] A.java:[1,1] ';' expected -> [Help 1]"
                  echo "[ERROR] Re-run Maven using the -X switch to enable full debug logging."
                  exit 1
                fi
                mkdir -p target/classes
                cat '%s' > target/atelier.classpath""".formatted(classPath()));
    }

    private Path classPath() throws IOException {
        Path file = folder.resolve("class.path");
        Files.writeString(file, System.getProperty("java.class.path"));
        return file;
    }

    @Test
    void worksFromAnywhereInAFolderWithSpacesAndLetters() throws Exception {
        for (String locale : List.of("C", "C.UTF-8")) {
            Said said = run(folder, home.resolve("atelier"), Map.of("LC_ALL", locale), "--version");
            assertEquals(0, said.status(), said.err());
            assertEquals("atelier 0.1.0\n", said.out());
        }
    }

    @Test
    void worksThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(programs.resolve("atelier"), home.resolve("atelier"));
        Path relative = Files.createSymbolicLink(folder.resolve("another"), Path.of("programs", "atelier"));
        assertEquals("atelier 0.1.0\n", run(folder, link, Map.of(), "--version").out());
        assertEquals(
                "atelier 0.1.0\n", run(home, relative, Map.of(), "--version").out());
    }

    @Test
    void takesTheJdkFromThePathWhereJavaHomeIsNotSet() throws Exception {
        String path = programs + ":" + JDK.resolve("bin") + ":/usr/bin:/bin";
        assertEquals(
                0,
                run(folder, home.resolve("atelier"), Map.of("JAVA_HOME", "", "PATH", path), "--version")
                        .status());
    }

    @Test
    void buildsOnceAndAgainWhenASourceChanges() throws Exception {
        Path atelier = home.resolve("atelier");
        Said first = run(folder, atelier, Map.of(), "--version");
        assertEquals("atelier: building …\n", first.err());
        assertEquals("", run(folder, atelier, Map.of(), "--version").err());
        assertEquals(1, calls());
        Thread.sleep(1_100); // the clock of a file system may tick in seconds
        Files.writeString(home.resolve("src/main/java/A.java"), "class A { int a; }");
        run(folder, atelier, Map.of(), "--version");
        assertEquals(2, calls());
        Thread.sleep(1_100);
        Files.delete(home.resolve("src/main/java/A.java"));
        run(folder, atelier, Map.of(), "--version");
        assertEquals(3, calls());
    }

    @Test
    void fetchesNativesForThisPlatformOnly() throws Exception {
        run(folder, home.resolve("atelier"), Map.of(), "--version");
        String call = Files.readString(home.resolve("calls"));
        assertTrue(call.matches("(?s).*-Djavacpp.platform=(linux|macosx)-(x86_64|arm64) .*"), call);
    }

    @Test
    void threeAtOnceBuildOnce() throws Exception {
        List<Process> all = Stream.of(1, 2, 3)
                .map(each -> start(folder, home.resolve("atelier"), Map.of(), "--version"))
                .toList();
        for (Process each : all) {
            assertTrue(each.waitFor(120, TimeUnit.SECONDS));
            assertEquals(0, each.exitValue());
        }
        assertEquals(1, calls());
    }

    @Test
    void aLauncherThatWasKilledLeavesNoLock() throws Exception {
        Files.createDirectories(home.resolve("target"));
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.createSymbolicLink(home.resolve("target/atelier.lock"), Path.of("" + ended.pid()));
        assertEquals(
                0, run(folder, home.resolve("atelier"), Map.of(), "--version").status());
    }

    @Test
    void aFailedBuildShowsMavensErrorsAndNothingElse() throws Exception {
        Files.createFile(home.resolve("broken"));
        Said said = run(folder, home.resolve("atelier"), Map.of(), "--version");
        assertEquals(1, said.status());
        assertTrue(said.err().contains("\nA.java:[1,1] ';' expected\n"), said.err());
        assertFalse(said.err().contains("Help 1") || said.err().contains("Re-run"), said.err());
        Files.delete(home.resolve("broken"));
        assertEquals(
                0, run(folder, home.resolve("atelier"), Map.of(), "--version").status());
    }

    @Test
    void aWrongJavaHomeIsOneClearLine() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path runtime = Files.createDirectories(folder.resolve("runtime/bin")).getParent();
        program(runtime.resolve("bin/java"), "exit 0");
        Path old = Files.createDirectories(folder.resolve("old/bin")).getParent();
        program(old.resolve("bin/java"), "exit 0");
        program(old.resolve("bin/javac"), "exit 0");
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        wrong(folder.resolve("missing"), "JAVA_HOME: expected the folder of a JDK but got");
        wrong(empty, "which has no bin/java");
        wrong(runtime, "a runtime without javac");
        wrong(old, "Java: expected 17 or newer but got 11");
    }

    @Test
    void runsOnANewerJdkWithoutAWarning() throws Exception {
        Optional<Path> newer = jdks().filter(jdk -> version(jdk) > 17).findFirst();
        assumeTrue(newer.isPresent(), "no JDK newer than 17 below /usr/lib/jvm");
        Map<String, String> home25 = Map.of("JAVA_HOME", newer.get().toString());
        assertEquals(
                0, run(folder, home.resolve("atelier"), home25, "--version").status());
        Said said = run(folder, home.resolve("atelier"), home25, "--version");
        assertEquals("atelier 0.1.0\n", said.out());
        assertEquals("", said.err());
    }

    @Test
    void everyCommandAnswersHelpAndNoneShowsIt() throws Exception {
        Said none = run(folder, home.resolve("atelier"), Map.of());
        assertEquals(0, none.status());
        for (String command : List.of("lab", "test", "run", "train", "data")) {
            assertTrue(none.out().contains("\n  " + command), none.out());
            Said said = run(folder, home.resolve("atelier"), Map.of(), command, "--help");
            assertEquals(0, said.status());
            assertTrue(said.out().startsWith("Usage: atelier " + command), said.out());
        }
        assertEquals(
                2, run(folder, home.resolve("atelier"), Map.of(), "nonsense").status());
    }

    private void wrong(Path javaHome, String words) throws Exception {
        Said said = run(folder, home.resolve("atelier"), Map.of("JAVA_HOME", javaHome.toString()), "--version");
        assertEquals(2, said.status());
        assertTrue(said.err().contains(words), said.err());
        assertEquals(1, said.err().lines().count(), said.err());
    }

    private static Stream<Path> jdks() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        return Files.isDirectory(all)
                ? Files.list(all).filter(jdk -> Files.isExecutable(jdk.resolve("bin/javac")))
                : Stream.of();
    }

    private static int version(Path jdk) {
        try {
            String release = Files.readString(jdk.resolve("release"));
            return Integer.parseInt(release.replaceFirst("(?s).*JAVA_VERSION=\"(\\d+).*", "$1"));
        } catch (IOException | NumberFormatException unknown) {
            return 0;
        }
    }

    private long calls() throws IOException {
        return Files.readAllLines(home.resolve("calls")).size();
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Said run(Path from, Path atelier, Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(from, atelier, environment, arguments);
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it ends");
        return new Said(
                process.exitValue(),
                new String(process.getInputStream().readAllBytes(), "UTF-8"),
                new String(process.getErrorStream().readAllBytes(), "UTF-8"));
    }

    private Process start(Path from, Path atelier, Map<String, String> environment, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(atelier.toString()), Stream.of(arguments))
                        .toList())
                .directory(from.toFile());
        builder.environment().put("JAVA_HOME", JDK.toString());
        builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
