package atelier.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A part of the kit behind Maven profiles, because its libraries are large and few need them: fetched and built when it is
 * first asked for.
 *
 * @param profiles as {@code -P} takes them, with commas between
 * @param tested whether it lies among the tests, with their libraries
 * @param output the folder that Maven builds into, with these profiles
 */
record Extra(String profiles, boolean tested, Path output) {

    private static final String PARENT = "atelier.parent";

    /** The class path, of the classes first and then the libraries; built anew where a source is newer than the last build. */
    String classpath(Path home) throws IOException, InterruptedException {
        Path list = output.resolve(profiles.replace(',', '-') + ".classpath");
        if (!isFresh(home, list)) {
            build(home, list);
        }
        List<String> all = new ArrayList<>();
        if (tested) {
            all.add(output.resolve("test-classes").toString());
        }
        all.add(output.resolve("classes").toString());
        all.add(Files.readString(list).strip());
        return String.join(File.pathSeparator, all);
    }

    private void build(Path home, Path list) throws IOException, InterruptedException {
        Path begun = Files.createTempFile(Files.createDirectories(output), "classpath", "");
        int status = Maven.run(
                home,
                List.of(
                        "--quiet",
                        "-P" + profiles,
                        tested ? "test-compile" : "compile",
                        "dependency:build-classpath",
                        "-DincludeScope=" + (tested ? "test" : "runtime"),
                        "-Dmdep.outputFile=" + list));
        if (status == 0) {
            Files.setLastModifiedTime(list, Files.getLastModifiedTime(begun)); // as old as the start of the build
        }
        Files.delete(begun);
        if (status != 0) {
            throw new IOException("Build: expected Maven to build the profile " + profiles
                    + " but it failed; what it says stands above. It needs the network once.");
        }
    }

    /** Tests' classes are shared by all profiles, so there Maven is always asked. */
    private boolean isFresh(Path home, Path list) throws IOException {
        if (tested || Files.notExists(list) || Files.notExists(output.resolve("classes"))) {
            return false;
        }
        long built = list.toFile().lastModified();
        try (Stream<Path> sources = Files.walk(home.resolve("src"))) {
            return home.resolve("pom.xml").toFile().lastModified() <= built
                    && sources.allMatch(source -> source.toFile().lastModified() <= built);
        }
    }

    /** The whole command once more, with this part and Java's own options as they are, and some more; its exit status. */
    int again(CommandSpec command, List<String> more) throws IOException, InterruptedException {
        List<String> options =
                new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        options.addAll(more);
        return java(options, classpath(Checkout.home()), Main.class.getName(), Usage.said(command));
    }

    /** A program of the checkout on another class path, on this terminal; its exit status. */
    static int java(List<String> options, String classpath, String main, List<String> words)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(options);
        all.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
        all.addAll(List.of("-cp", classpath, main));
        all.addAll(words);
        Process process = new ProcessBuilder(all).inheritIO().start();
        Thread atTheEnd = new Thread(() -> {
            process.destroy();
            process.onExit().join(); // it may have a checkpoint to write
        });
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        int status = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
        return status;
    }

    /** In a process that {@link #java} has started: ends it when the one that started it is gone, killed perhaps. */
    static void endWithParent() {
        Long parent = Long.getLong(PARENT);
        if (parent != null) {
            ProcessHandle.of(parent).ifPresent(process -> {
                Thread watch = new Thread(() -> {
                    process.onExit().join();
                    Runtime.getRuntime().halt(137);
                });
                watch.setDaemon(true);
                watch.start();
            });
        }
    }
}
