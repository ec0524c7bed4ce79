package atelier.cluster;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/** A real cluster on this machine: a master, workers with a core each, all processes of their own, on loopback. */
final class StandaloneCluster implements AutoCloseable {

    private final Path folder;
    private final Path sparkHome;
    private final int port;
    private final List<Process> workers = new ArrayList<>();
    private final Process master;

    StandaloneCluster(Path folder, int workers) throws IOException, InterruptedException {
        this.folder = folder;
        sparkHome = home(folder.resolve("spark"));
        port = freePort();
        master = start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "" + port);
        await(60, "a master that listens", () -> log("master").contains("I have been elected leader") || listens());
        for (int i = 0; i < workers; i++) {
            addWorker();
        }
    }

    void addWorker() throws IOException, InterruptedException {
        String name = "worker" + workers.size();
        workers.add(start(
                name,
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "1500m",
                "--work-dir",
                folder.resolve(name).toString(),
                address()));
    }

    String address() {
        return "spark://127.0.0.1:" + port;
    }

    /** kill -9 of a worker and of the executor that it has started. */
    void killWorker(int i) {
        Process worker = workers.get(i);
        List<ProcessHandle> executors = worker.descendants().toList();
        if (executors.isEmpty()) {
            throw new IllegalStateException("no executor runs on worker " + i + ": there is nothing to lose");
        }
        worker.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
    }

    /** Kit and Spark, as java takes them. */
    static String classpath() {
        return System.getProperty("java.class.path");
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static void await(int seconds, String what, BooleanSupplier here) throws InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (!here.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("expected " + what + " within " + seconds + " s");
            }
            Thread.sleep(50);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private String log(String name) {
        try {
            return Files.readString(folder.resolve(name + ".log"));
        } catch (IOException notYet) {
            return "";
        }
    }

    private Process start(String name, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.add("-Xmx512m");
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(List.of("-cp", classpath(), main));
        command.addAll(List.of(arguments));
        File log = folder.resolve(name + ".log").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().put("SPARK_HOME", sparkHome.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        return builder.start();
    }

    /** What a worker looks for to start an executor: a folder of jars. The kit's own classes are not among them. */
    private static Path home(Path folder) throws IOException {
        Path jars = Files.createDirectories(folder.resolve("jars"));
        for (String entry : classpath().split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (Files.isRegularFile(jar) && !jar.getFileName().toString().startsWith("atelier")) {
                Path link = jars.resolve(jar.getFileName());
                if (Files.notExists(link)) {
                    Files.createSymbolicLink(link, jar.toAbsolutePath());
                }
            }
        }
        return folder;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        List<Process> all = new ArrayList<>(workers);
        all.add(master);
        for (Process process : all) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        try (Stream<Path> links = Files.list(sparkHome.resolve("jars"))) {
            for (Path link : links.toList()) {
                Files.delete(link); // the link, not what it leads to
            }
        }
    }
}
