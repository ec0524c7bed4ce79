package atelier.grade.box;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Linux's own walls through bubblewrap: the examinee has no network, sees no process but its own and no file but the JDK, the C
 * library and its jar, and may have 64 threads, 16 MB of files and 700 MB of memory.
 *
 * <p>There is no /proc inside, for it tells environments, command lines and where things are mounted from. Where the
 * grader is run by root, it becomes nobody first: root's files stay readable to a sandbox that root has built.
 */
public final class Bubblewrap implements Isolation {

    private static final String NOBODY = "65534";
    private static final String SMALL = String.valueOf(1 << 20);
    private static final String FILES = String.valueOf(16 << 20);

    @Override
    public String name() {
        return "bubblewrap";
    }

    @Override
    public boolean walls() {
        return true;
    }

    @Override
    public List<String> command(Path jar, String label) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of(program("setpriv"), "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
        }
        command.addAll(List.of(
                program("bwrap"),
                "--unshare-user",
                "--unshare-all",
                "--disable-userns",
                "--die-with-parent",
                "--new-session",
                "--cap-drop",
                "ALL",
                "--uid",
                NOBODY,
                "--gid",
                NOBODY,
                "--hostname",
                "sandbox",
                "--clearenv",
                "--setenv",
                "LANG",
                "C.UTF-8",
                "--setenv",
                "LD_LIBRARY_PATH",
                Programs.jdk() + "/lib"));
        readOnly(command, Programs.jdk().toString());
        libraries().forEach(folder -> readOnly(command, folder));
        settings().forEach(folder -> readOnly(command, folder));
        readOnly(command, program("prlimit"));
        command.addAll(List.of("--dev", "/dev", "--size", SMALL, "--tmpfs", "/dev/shm"));
        command.addAll(List.of("--size", FILES, "--tmpfs", "/tmp"));
        readOnly(command, jar.getParent().toString());
        command.addAll(List.of("--chdir", "/tmp", "--remount-ro", "/", "--"));
        command.addAll(List.of(
                program("prlimit"),
                "--nproc=64",
                "--nofile=256",
                "--fsize=" + FILES,
                "--data=700000000",
                "--cpu=120",
                "--core=0",
                "--"));
        command.addAll(Isolation.quickJava(jar));
        return command;
    }

    private static void readOnly(List<String> command, String path) {
        command.addAll(List.of("--ro-bind", path, path));
    }

    /** The C library's folders: of this architecture where a system has such, else all of /usr/lib. */
    private static List<String> libraries() {
        String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        List<String> narrow = Stream.of(
                        "/lib/" + arch + "-linux-gnu", "/usr/lib/" + arch + "-linux-gnu", "/lib64", "/usr/lib64")
                .filter(folder -> Files.isDirectory(Path.of(folder)))
                .toList();
        boolean enough = narrow.stream().anyMatch(folder -> Files.exists(Path.of(folder, "libc.so.6")));
        List<String> wide = Stream.of("/lib", "/usr/lib", "/lib64")
                .filter(folder -> Files.isDirectory(Path.of(folder)))
                .toList();
        return enough ? narrow : wide;
    }

    /** Debian and Fedora keep a JDK's settings in a folder of /etc and leave links to them. */
    private static List<String> settings() {
        try {
            Path real = Programs.jdk().resolve("conf/net.properties").toRealPath();
            return real.startsWith("/etc") ? List.of("/etc/" + real.getName(1)) : List.of();
        } catch (IOException noLink) {
            return List.of();
        }
    }

    private static String program(String name) {
        return Programs.find(name).map(Path::toString).orElse(name);
    }

    @Override
    public String remedy() {
        if (!System.getProperty("os.name").startsWith("Linux")) {
            return "It needs Linux; here a container can do it.";
        }
        if (Programs.find("bwrap").isEmpty()) {
            return "Install it: apt-get install bubblewrap, dnf install bubblewrap.";
        }
        return "It must be 0.8 or newer, and the system must allow user namespaces. Ubuntu 23.10 or newer: sudo sysctl"
                + " kernel.apparmor_restrict_unprivileged_userns=0. Debian 10: sudo sysctl kernel.unprivileged_userns_clone=1. Inside a"
                + " container: run the grader outside of it.";
    }
}
