package atelier.grade.box;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A way to run {@code atelier.sandbox.Examinee} so that it cannot harm the machine. */
public interface Isolation {

    /** As it is called on the command line and in the gradebook. */
    String name();

    /** The same, with the program that does it where several can. */
    default String title() {
        return name();
    }

    /** Whether it is meant to stop a hostile program; otherwise it stops accidents. */
    boolean walls();

    /**
     * The command that starts the examinee.
     *
     * @param jar holds the classes of the sandbox and nothing else; its folder is the {@link Stage}'s
     * @param label names this one process among all that run now
     */
    List<String> command(Path jar, String label);

    /** The environment of that command, nothing else is handed on. */
    default Map<String, String> environment() {
        return Map.of();
    }

    /** Ends the process and everything that it has started. */
    default void end(Process process, String label) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** What to do where it does not work. */
    String remedy();

    /** The JVM's part of the command: little memory, few threads of its own, not a word on standard output. */
    static List<String> java(String java, String jar) {
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Xmx256m",
                "-Xss1m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:MaxMetaspaceSize=128m",
                "-XX:CompressedClassSpaceSize=64m",
                "-XX:ReservedCodeCacheSize=48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ActiveProcessorCount=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-XX:+DisplayVMOutputToStderr",
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-XX:ErrorFile=/dev/null",
                "-Dfile.encoding=UTF-8",
                "-Duser.language=en",
                "-Duser.country=",
                "-Duser.timezone=UTC"));
        if (Runtime.version().feature() >= 24) {
            command.add("--illegal-native-access=deny");
        }
        command.addAll(List.of("-cp", jar, "atelier.sandbox.Examinee"));
        return command;
    }

    /** The same with the classes of the stage's archive where it has one: they need not be read and verified each time. */
    static List<String> quickJava(Path jar) {
        List<String> command = java(Programs.jdk() + "/bin/java", jar.toString());
        Path archive = jar.resolveSibling(Stage.ARCHIVE);
        if (Files.exists(archive)) {
            command.add(1, "-XX:SharedArchiveFile=" + archive);
        }
        return command;
    }
}
