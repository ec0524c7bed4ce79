package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./atelier lab} on machines that lack this or that: the only programs it can reach are those made here. */
@Timeout(300)
class LabTest {

    private static final String BROKEN_SERVER = "case $1 in --version) exit 0 ;; esac; echo no kernel today; exit 3";

    @TempDir
    private Path home;

    private Path programs;

    private record Said(int status, String out, String err) {}

    @BeforeEach
    void makeMachine() throws IOException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "needs a POSIX shell");
        programs = Files.createDirectories(home.resolve("programs"));
        for (String name : List.of("sh", "mkdir", "cat", "chmod", "cp")) {
            program(name, "exec /bin/" + name + " \"$@\"");
        }
        program("id", "echo 1000");
        Path server = program("server", BROKEN_SERVER);
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void withoutPythonAndWithoutRightsItSaysWhatToType() throws Exception {
        Said said = lab();
        assertEquals(1, said.status());
        assertTrue(said.out().contains("No Jupyter found"), said.out());
        assertEquals(1, said.err().lines().count(), said.err());
        assertTrue(said.err().contains("sudo apt-get install jupyter-notebook jupyter-nbconvert"), said.err());
    }

    @Test
    void withPythonItInstallsForTheCheckoutAlone() throws Exception {
        // python3 -m venv --clear FOLDER, then FOLDER/bin/pip install … notebook
        program("python3", "mkdir -p \"$4/bin\"; cp \"${0%/*}/pip\" \"$4/bin/pip\"");
        program(
                "pip",
                "cp \"${0%/*}/../../../programs/server\" \"${0%/*}/jupyter-notebook\"; chmod +x \"${0%/*}/jupyter-notebook\"");
        Said said = lab();
        assertTrue(Files.exists(home.resolve(".atelier/venv/bin/jupyter-notebook")));
        assertTrue(said.out().contains("pip install notebook"), said.out());
        assertFalse(said.out().contains("apt-get"), said.out());
        assertTrue(said.err().contains("exit status 3. It said:\nno kernel today"), said.err());
    }

    @Test
    void whereThePackageIndexCannotBeReachedItFallsBackToApt() throws Exception {
        program("id", "echo 0");
        program("python3", "mkdir -p \"$4/bin\"; cp \"${0%/*}/pip\" \"$4/bin/pip\"");
        program("pip", "echo could not connect >&2; exit 1");
        program(
                "apt-get",
                "case \"$*\" in *install*jupyter-notebook*) cp \"${0%/*}/server\" \"${0%/*}/jupyter-notebook\";"
                        + " chmod +x \"${0%/*}/jupyter-notebook\" ;; esac");
        Said said = lab();
        assertTrue(said.out().contains("pip install notebook") && said.out().contains("apt-get install"), said.out());
        assertTrue(said.err().contains("no kernel today"), said.err());
        assertFalse(Files.exists(home.resolve(".atelier/venv/bin/jupyter-notebook")));
    }

    @Test
    void aTakenPortIsOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Said said = lab("--port", "" + taken.getLocalPort());
            assertEquals(1, said.status());
            assertEquals(
                    "atelier lab: expected port " + taken.getLocalPort() + " to be free but something listens there."
                            + " Try --port " + (taken.getLocalPort() + 1) + ".\n",
                    said.err());
        }
    }

    private Path program(String name, String script) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private Said lab(String... arguments) throws Exception {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Datelier.home=" + home, "-cp", System.getProperty("java.class.path")));
        words.addAll(List.of(Main.class.getName(), "lab", "--no-browser"));
        if (arguments.length == 0) {
            try (ServerSocket free = new ServerSocket(0)) {
                words.addAll(List.of("--port", "" + free.getLocalPort()));
            }
        }
        words.addAll(List.of(arguments));
        Path out = home.resolve("out.txt");
        Path err = home.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("PATH", programs.toString());
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it ends");
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
