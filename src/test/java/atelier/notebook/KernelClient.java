package atelier.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.rapaio.org.zeromq.SocketType;
import org.rapaio.org.zeromq.ZMQ;

/** Jupyter's side of the wire: starts a kernel as a kernel spec says, sends it cells, hears what it publishes. */
final class KernelClient implements AutoCloseable {

    /** What came of one cell. */
    record Outcome(String status, String printed, String value, String error, List<String> mimeTypes) {}

    private final ZMQ.Context context = ZMQ.context(1);
    private final List<ZMQ.Socket> sockets = new ArrayList<>();
    private final Process process;
    private final Wire shell;
    private final Wire control;
    private final Wire published;
    private final Message me;

    /** Starts the kernel of {@code spec} and waits for its first answer, {@code seconds} at most. */
    KernelClient(Path spec, Path folder, int seconds) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        String key = UUID.randomUUID().toString();
        ObjectNode connection =
                Message.object().put("transport", "tcp").put("ip", "127.0.0.1").put("key", key);
        connection.put("signature_scheme", "hmac-sha256");
        List<ServerSocket> held = new ArrayList<>();
        for (String port : List.of("shell_port", "control_port", "iopub_port", "stdin_port", "hb_port")) {
            held.add(new ServerSocket(0));
            connection.put(port, held.get(held.size() - 1).getLocalPort());
        }
        Path file = Files.createTempFile(folder, "connection", ".json");
        json.writeValue(file.toFile(), connection);
        for (ServerSocket port : held) {
            port.close();
        }
        List<String> command = new ArrayList<>();
        json.readTree(spec.resolve("kernel.json").toFile())
                .path("argv")
                .forEach(word -> command.add(word.asText().replace("{connection_file}", file.toString())));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(folder, "kernel", ".log").toFile())
                .start();
        Connection ports = Connection.read(file);
        shell = wire(SocketType.DEALER, ports.address(ports.shell()), key);
        control = wire(SocketType.DEALER, ports.address(ports.control()), key);
        published = wire(SocketType.SUB, ports.address(ports.iopub()), key);
        me = new Message(List.of(), Message.object().put("session", key), Message.object(), Message.object());
        if (ask(shell, "kernel_info_request", Message.object(), seconds) == null) {
            close();
            throw new IOException("no answer from the kernel within " + seconds + " s");
        }
        // The subscription takes a moment longer than the first answer: ask until something is heard
        for (int tries = 0; published.receive(50) == null && tries < 20 * seconds; tries++) {
            ask(shell, "kernel_info_request", Message.object(), seconds);
        }
    }

    /** Runs a cell and waits for its end, {@code seconds} at most; null if it has not ended by then. */
    Outcome run(String code, int seconds) throws IOException {
        Message request = send(shell, "execute_request", cell(code));
        return await(request, seconds);
    }

    /** Sends a cell and does not wait. */
    Message start(String code) {
        return send(shell, "execute_request", cell(code));
    }

    /** The same for a cell whose error is expected. */
    Message startLenient(String code) {
        return send(shell, "execute_request", cell(code).put("stop_on_error", false));
    }

    Outcome await(Message request, int seconds) throws IOException {
        StringBuilder printed = new StringBuilder();
        List<String> mimeTypes = new ArrayList<>();
        String value = "";
        String error = "";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            Message heard = published.receive(100);
            if (heard == null || !id(heard.parent()).equals(id(request.header()))) {
                continue;
            }
            JsonNode content = heard.content();
            switch (heard.type()) {
                case "stream" -> printed.append(content.path("text").asText());
                case "execute_result", "display_data" -> {
                    value = content.path("data").path("text/plain").asText();
                    content.path("data").fieldNames().forEachRemaining(mimeTypes::add);
                }
                case "error" -> error = content.path("ename").asText();
                default -> {}
            }
            if (content.path("execution_state").asText().equals("idle")) {
                Message reply = reply(shell, request, 10);
                String status =
                        reply == null ? "none" : reply.content().path("status").asText();
                return new Outcome(status, printed.toString(), value, error, mimeTypes);
            }
        }
        return null;
    }

    void interrupt() throws IOException {
        ask(control, "interrupt_request", Message.object(), 5);
    }

    /** Any other request's reply. */
    JsonNode ask(String type, ObjectNode content) throws IOException {
        return ask(shell, type, content, 20).content();
    }

    /** Asks the kernel to end and says whether it did. */
    boolean shutDown() throws IOException, InterruptedException {
        ask(control, "shutdown_request", Message.object().put("restart", false), 5);
        return process.waitFor(5, TimeUnit.SECONDS);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        sockets.forEach(ZMQ.Socket::close);
        context.close();
    }

    private static ObjectNode cell(String code) {
        ObjectNode cell = Message.object().put("code", code).put("silent", false);
        return cell.put("store_history", true).put("allow_stdin", false).put("stop_on_error", true);
    }

    private Message ask(Wire wire, String type, ObjectNode content, int seconds) throws IOException {
        return reply(wire, send(wire, type, content), seconds);
    }

    private Message send(Wire wire, String type, ObjectNode content) {
        Message request = me.answer(type, content);
        wire.send(request);
        return request;
    }

    private static Message reply(Wire wire, Message request, int seconds) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            Message reply = wire.receive(200);
            if (reply != null && id(reply.parent()).equals(id(request.header()))) {
                return reply;
            }
        }
        return null;
    }

    private static String id(JsonNode header) {
        return header.path("msg_id").asText();
    }

    private Wire wire(SocketType type, String address, String key) {
        ZMQ.Socket socket = context.socket(type);
        socket.setLinger(0);
        if (type == SocketType.SUB) {
            socket.subscribe(new byte[0]);
        }
        socket.connect(address);
        sockets.add(socket);
        return new Wire(socket, key);
    }
}
