package atelier.grade.box;

import atelier.sandbox.Message;
import atelier.sandbox.Message.Verb;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A nosy program: it tries what a hostile student would, and a wall is only trusted where it gets nowhere.
 *
 * <p>It harms nothing where it succeeds: it reads what is put there to be read and writes files of a name of its own.
 */
public final class Spy {

    private static final Limit LIMIT = new Limit(Duration.ofSeconds(20), Duration.ofSeconds(60));

    private Spy() {}

    /**
     * What it could do, in words; empty where the walls hold.
     *
     * @throws Lost when it could not even be asked
     */
    public static List<String> finds(Isolation isolation, Path jar) throws Lost, IOException {
        Path secret = Files.createTempFile("atelier-secret", ".txt");
        try (ServerSocket ear = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Box box = Box.start(isolation, jar)) {
            Files.writeString(secret, "the answers of all the others");
            Map<String, String> tries = tries(secret, ear.getLocalPort(), jar);
            StringBuilder cell = new StringBuilder("boolean tried(Callable<Boolean> way) {\n"
                    + "    try { return way.call(); } catch (Throwable stopped) { return false; }\n}\n"
                    + "int[] spy() {\n    return new int[] {\n");
            tries.values()
                    .forEach(way ->
                            cell.append("        tried(() -> ").append(way).append(") ? 1 : 0,\n"));
            String complaints = box.ask(Verb.DEFINE, cell.append("    };\n}").toString(), List.of(), box.watch(LIMIT))
                    .text();
            box.ask(Verb.OPEN, "int[] spy()", List.of(), box.watch(LIMIT));
            Message answer = box.ask(Verb.CALL, "", List.of(), box.watch(LIMIT));
            if (answer.verb() != Verb.RESULT || !(answer.values().get(0) instanceof int[] found)) {
                throw new IllegalStateException("Spy: " + answer + complaints);
            }
            List<String> ways = new ArrayList<>(tries.keySet());
            List<String> open = new ArrayList<>();
            for (int i = 0; i < found.length; i++) {
                if (found[i] != 0) {
                    open.add(ways.get(i));
                }
            }
            return open;
        } finally {
            Files.deleteIfExists(secret);
        }
    }

    /** In words what is tried, and a Java expression that is true where it has worked. */
    static Map<String, String> tries(Path secret, int port, Path jar) {
        String home = System.getProperty("user.home");
        Map<String, String> tries = new LinkedHashMap<>();
        tries.put("read a file of the grader", reads(secret));
        tries.put(
                "list the folder of that file",
                "new File(" + quoted(secret.getParent()) + ", " + quoted(secret.getFileName()) + ").exists()");
        tries.put("list the home folder", "new File(" + quoted(home) + ").list().length > 0");
        tries.put(
                "list the working folder", "new File(" + quoted(Path.of("").toAbsolutePath()) + ").list().length > 0");
        tries.put("read the keys of the user", reads(Path.of(home, ".ssh", "id_rsa")));
        tries.put("read the list of users' passwords", reads(Path.of("/etc/shadow")));
        tries.put(
                "connect to this machine",
                "{ new java.net.Socket(\"127.0.0.1\", " + port + ").close(); return true; }");
        tries.put(
                "find a network",
                "java.net.NetworkInterface.networkInterfaces().anyMatch(n -> { try { return n.isUp() && !n.isLoopback(); }"
                        + " catch (Exception e) { return false; } })");
        tries.put("look up a name", "java.net.InetAddress.getByName(\"example.org\") != null");
        tries.put(
                "read the environment of the grader",
                "System.getenv().keySet().stream().anyMatch(name -> !List.of(\"PATH\", \"LANG\", \"LC_ALL\", \"PWD\", \"HOME\","
                        + " \"HOSTNAME\", \"LANGUAGE\", \"LD_LIBRARY_PATH\", \"JAVA_HOME\", \"JAVA_VERSION\", \"container\","
                        + " \"TERM\").contains(name))");
        tries.put(
                "read the environment of the first process",
                "java.nio.file.Files.readString(java.nio.file.Path.of(\"/proc/1/environ\")).contains(\"ATELIER\")");
        tries.put(
                "read where things are mounted from",
                "{ String m = java.nio.file.Files.readString("
                        + "java.nio.file.Path.of(\"/proc/self/mountinfo\")); return m.contains(" + quoted(home)
                        + " + \"/\") || m.contains("
                        + quoted(System.getProperty("atelier.home", "?")) + "); }");
        tries.put("see other processes", "ProcessHandle.allProcesses().count() > 4");
        tries.put(
                "see the grader's process",
                "ProcessHandle.allProcesses().anyMatch(p -> p.pid() == "
                        + ProcessHandle.current().pid() + "L && p.info().command().orElse(\"\").contains(\"java\"))");
        // a container's image may have a shell: what counts is whether it reaches further than Java does
        tries.put("let a shell read that file", shell("cat '" + secret + "'"));
        tries.put("let a shell list the home folder", shell("ls '" + home + "'/*"));
        tries.put(
                "let a shell see the grader",
                shell("kill -0 " + ProcessHandle.current().pid()));
        tries.put("write to the sandbox's own classes", writes(jar.toString()));
        tries.put("write beside them", writes(jar.resolveSibling("atelier-spy").toString()));
        tries.put(
                "write to the JDK",
                "{ File f = new File(System.getProperty(\"java.home\"), \"atelier-spy\");"
                        + " new FileOutputStream(f).close(); return f.delete(); }");
        tries.put(
                "write to the temporary folder of the machine",
                "{ File f = new File(" + quoted(secret.getParent())
                        + ", \"atelier-spy\"); new FileOutputStream(f).close(); f.delete(); return new File("
                        + quoted(secret)
                        + ").exists(); }");
        tries.put(
                "fill the disk",
                "{ try (var out = new FileOutputStream(\"/tmp/atelier-spy\")) {"
                        + " for (int i = 0; i < 64; i++) out.write(new byte[1 << 20]); } finally {"
                        + " new File(\"/tmp/atelier-spy\").delete(); } return true; }");
        tries.put(
                "fill the shared memory",
                "{ try (var out = new FileOutputStream(\"/dev/shm/atelier-spy\")) {"
                        + " for (int i = 0; i < 64; i++) out.write(new byte[1 << 20]); } finally {"
                        + " new File(\"/dev/shm/atelier-spy\").delete(); } return true; }");
        tries.put(
                "start a thousand threads",
                "{ for (int i = 0; i < 1000; i++) { Thread t = new Thread(() -> {"
                        + " try { Thread.sleep(5000); } catch (InterruptedException e) { } }); t.setDaemon(true); t.start(); }"
                        + " return true; }");
        for (String name : List.of(
                "atelier.grade.Exercises",
                "atelier.grade.Task",
                "atelier.grade.Check",
                "atelier.definition.Convolution",
                "atelier.layer.Conv2d",
                "org.nd4j.linalg.factory.Nd4j")) {
            tries.put("load " + name, "Class.forName(\"" + name + "\") != null");
        }
        return tries;
    }

    private static String reads(Path file) {
        return "java.nio.file.Files.readAllBytes(java.nio.file.Path.of(" + quoted(file) + ")).length > 0";
    }

    private static String shell(String line) {
        return "new ProcessBuilder(\"/bin/sh\", \"-c\", " + quoted(line) + ").redirectErrorStream(true)"
                + ".redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0";
    }

    private static String writes(String file) {
        return "{ File f = new File(" + quoted(file) + "); new FileOutputStream(f, true).close();"
                + " if (f.length() == 0) f.delete(); return true; }";
    }

    private static String quoted(Object text) {
        return "\"" + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
