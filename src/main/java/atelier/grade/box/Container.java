package atelier.grade.box;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A container of Docker or Podman: no network, nothing writable but 16 MB of /tmp, no capabilities, 64 threads, 700 MB of memory.
 * The way for macOS and Windows, and for Linux without user namespaces.
 *
 * @param engine {@code docker} or {@code podman}
 * @param image holds a JDK of the grader's own release as {@code java}
 */
public record Container(String engine, String image) implements Isolation {

    /** The image that is asked for where the user names none. */
    public static String usualImage() {
        return System.getenv()
                .getOrDefault(
                        "ATELIER_IMAGE",
                        "docker.io/library/eclipse-temurin:" + Runtime.version().feature() + "-jdk");
    }

    @Override
    public String name() {
        return "container";
    }

    @Override
    public String title() {
        return "container, " + engine;
    }

    @Override
    public boolean walls() {
        return true;
    }

    @Override
    public List<String> command(Path jar, String label) {
        List<String> run = List.of(
                Programs.find(engine).map(Path::toString).orElse(engine),
                "run",
                "--rm",
                "--interactive",
                "--pull=never",
                "--name=" + label,
                "--network=none",
                "--ipc=none",
                "--hostname=sandbox",
                "--read-only",
                "--tmpfs=/tmp:size=16m,mode=1777",
                "--workdir=/tmp",
                "--user=65534:65534",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--pids-limit=64",
                "--memory=700m",
                "--memory-swap=700m",
                "--ulimit=nofile=256",
                "--ulimit=core=0",
                "--ulimit=nproc=1024",
                "--log-driver=none",
                "--volume=" + jar + ":/sandbox.jar:ro",
                "--entrypoint=java",
                image);
        List<String> java = Isolation.java("java", "/sandbox.jar");
        return Stream.concat(run.stream(), java.stream().skip(1)).toList();
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment
                .keySet()
                .removeIf(name -> !List.of(
                                "PATH",
                                "HOME",
                                "XDG_RUNTIME_DIR",
                                "DOCKER_HOST",
                                "DOCKER_CONTEXT",
                                "CONTAINER_HOST",
                                "SystemRoot",
                                "USERPROFILE")
                        .contains(name));
        return environment;
    }

    @Override
    public void end(Process process, String label) {
        process.destroyForcibly();
        try {
            ProcessBuilder kill = new ProcessBuilder(
                            Programs.find(engine).map(Path::toString).orElse(engine), "kill", label)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            kill.start().waitFor();
        } catch (IOException gone) {
            // without its engine there is no container either
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String remedy() {
        return Programs.find(engine).isEmpty()
                ? "Install Docker or Podman, then: docker pull " + image
                : "Start the engine, then: " + engine + " pull " + image + " (or name another image with a JDK "
                        + Runtime.version().feature() + " in ATELIER_IMAGE)";
    }
}
