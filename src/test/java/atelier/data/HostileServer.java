package atelier.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on this machine that answers each request exactly as a test wants, byte by byte, or not at all. */
public final class HostileServer implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    public final AtomicInteger requests = new AtomicInteger();

    /** What it does with one request. */
    public interface Answer {
        void to(String path, OutputStream out) throws IOException, InterruptedException;
    }

    public HostileServer(Answer answer) throws IOException {
        Thread accepting = new Thread(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket socket = listening.accept();
                    open.add(socket);
                    Thread serving = new Thread(() -> serve(socket, answer));
                    serving.setDaemon(true);
                    serving.start();
                } catch (IOException closed) {
                    return;
                }
            }
        });
        accepting.setDaemon(true);
        accepting.start();
    }

    private void serve(Socket socket, Answer answer) {
        try (socket) {
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String first = request.readLine();
            for (String line = first; line != null && !line.isEmpty(); ) {
                line = request.readLine();
            }
            if (first != null) {
                requests.incrementAndGet();
                answer.to(first.split(" ")[1], socket.getOutputStream());
                socket.getOutputStream().flush();
            }
        } catch (IOException | InterruptedException gone) {
            // the other side has had enough, or the test is over
        }
    }

    public String address() {
        return "http://127.0.0.1:" + listening.getLocalPort() + "/";
    }

    public static void say(OutputStream out, String... lines) throws IOException {
        out.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** An honest answer. */
    public static void send(OutputStream out, byte[] body) throws IOException {
        say(out, "HTTP/1.1 200 OK", "Content-Length: " + body.length);
        out.write(body);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
