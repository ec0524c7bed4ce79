package atelier.notebook;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running Jupyter server that shows the notebooks of this checkout and knows its kernel. */
public final class JupyterServer implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    private final Process process;
    private final int port;
    private final String token;

    private JupyterServer(Process process, int port, String token) {
        this.process = process;
        this.port = port;
        this.token = token;
    }

    /** Whether a server could listen on {@code port}. */
    public static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /**
     * Starts the server on this machine's own address and waits until it answers.
     *
     * @param home the checkout: all of it can be opened, its {@code notebooks} are shown first, its kernel {@code java} is offered
     * @param browser whether Jupyter opens a browser
     * @throws IOException if it ends or stays silent instead
     */
    public static JupyterServer start(Jupyter jupyter, Path home, int port, boolean browser)
            throws IOException, InterruptedException {
        Path kernels = KernelSpec.write(home.resolve(".atelier").resolve("jupyter"));
        Path log = Jupyter.log(home);
        List<String> words = new ArrayList<>(jupyter.command());
        words.addAll(List.of("--ip=127.0.0.1", "--port=" + port, "--port-retries=0", "--allow-root"));
        words.addAll(List.of("--notebook-dir=" + home, "--MultiKernelManager.default_kernel_name=java"));
        if (home.resolve("notebooks").toFile().isDirectory()) {
            words.addAll(firstPage(jupyter, "notebooks"));
        }
        if (!browser) {
            words.add("--no-browser");
        }
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        String known = builder.environment().get("JUPYTER_PATH");
        builder.environment().put("JUPYTER_PATH", known == null ? "" + kernels : kernels + File.pathSeparator + known);
        builder.environment().put("JUPYTER_TOKEN", token);
        Process process = builder.start();
        process.getOutputStream().close();
        JupyterServer server = new JupyterServer(process, port, token);
        server.awaitAnswer(log);
        return server;
    }

    /** What to type into a browser. */
    public String address() {
        return "http://localhost:" + port + "/?token=" + token;
    }

    /** The word that lets a browser in. */
    public String token() {
        return token;
    }

    /** Waits until the server ends, and gives its exit status. */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Stops the server, and it its kernels. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The folder that is shown first; from there one reaches the exercises, and links from one to the other work. */
    private static List<String> firstPage(Jupyter jupyter, String folder) {
        return jupyter.command().get(0).contains("jupyter-lab")
                ? List.of("--LabApp.default_url=/lab/tree/" + folder)
                : List.of(
                        "--NotebookApp.default_url=/tree/" + folder, // version 6
                        "--JupyterNotebookApp.default_url=/tree/" + folder);
    }

    private void awaitAnswer(Path log) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/status"))
                .header("Authorization", "token " + token) // another server on this port would refuse it
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                if (client.send(question, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // it has not bound its port yet
            }
            Thread.sleep(200);
        }
        String how =
                process.isAlive() ? "silence for " + START.toSeconds() + " s" : "exit status " + process.exitValue();
        close();
        throw new IOException("Jupyter: expected a server on port " + port + " but got " + how + ". It said:\n"
                + Command.lastLines(log, 15));
    }
}
