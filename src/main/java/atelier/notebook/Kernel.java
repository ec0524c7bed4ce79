package atelier.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.rapaio.org.zeromq.SocketType;
import org.rapaio.org.zeromq.ZMQ;
import org.rapaio.org.zeromq.ZMQException;

/**
 * The Jupyter kernel: what Jupyter starts, with the path of a connection file, to run the cells of one notebook.
 *
 * <p>Cells run in {@link Engine}; this class is the wire around it. Requests arrive on the shell socket, one after the other;
 * an interrupt or a shutdown arrives on the control socket, which a thread of its own reads, so that it is heard while a cell
 * runs; the heartbeat echoes. All sockets are bound before the first request is read: what comes early waits.
 */
public final class Kernel {

    private static final int BIND_TRIES = 50;

    private final PrintStream log = System.err;
    private final ZMQ.Context context = ZMQ.context(1);
    private final Connection connection;

    private Kernel(Connection connection) {
        this.connection = connection;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 1) {
            System.err.println("Kernel: expected the path of a connection file but got " + arguments.length
                    + " arguments. Jupyter starts it: ./atelier lab");
            System.exit(2);
        }
        leaveWithJupyter();
        new Kernel(Connection.read(Path.of(arguments[0]))).serve();
    }

    private void serve() throws InterruptedException {
        Wire shell = wire(SocketType.ROUTER, connection.shell());
        Wire control = wire(SocketType.ROUTER, connection.control());
        ZMQ.Socket heartbeat = bind(SocketType.REP, connection.heartbeat());
        bind(SocketType.ROUTER, connection.stdin());
        Publisher publisher = new Publisher(wire(SocketType.PUB, connection.iopub()));
        publisher.publish("status", Message.object().put("execution_state", "starting"));

        CellOutput out = new CellOutput("stdout", publisher);
        CellOutput err = new CellOutput("stderr", publisher);
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        System.setIn(InputStream.nullInputStream());
        every(50, () -> {
            out.handOn();
            err.handOn();
        });

        background("heartbeat", () -> {
            while (true) {
                heartbeat.send(heartbeat.recv());
            }
        });
        Engine engine = Engine.start();
        Requests requests = new Requests(engine, publisher, out, err);
        Conversation aside = new Conversation(control, publisher, requests, log);
        background("control", () -> {
            while (true) {
                aside.next().ifPresent(request -> {
                    if (request.type().equals("interrupt_request")) {
                        engine.interrupt();
                    }
                    answer(request, aside);
                });
            }
        });
        Conversation main = new Conversation(shell, publisher, requests, log);
        while (true) {
            main.next().ifPresent(request -> {
                publisher.belongTo(request);
                answer(request, main);
            });
        }
    }

    private static void answer(Message request, Conversation conversation) {
        conversation.answer(request);
        if (request.type().equals("shutdown_request")) {
            leave();
        }
    }

    private Wire wire(SocketType type, int port) throws InterruptedException {
        return new Wire(bind(type, port), connection.key());
    }

    /** Binds a port that Jupyter chose, and waits a moment where something else still holds it. */
    private ZMQ.Socket bind(SocketType type, int port) throws InterruptedException {
        ZMQ.Socket socket = context.socket(type);
        socket.setLinger(1_000);
        socket.setHWM(0);
        for (int tries = 1; ; tries++) {
            try {
                socket.bind(connection.address(port));
                return socket;
            } catch (ZMQException e) {
                if (tries == BIND_TRIES) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private static void background(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void every(long millis, Runnable work) {
        background("every " + millis + " ms", () -> {
            try {
                while (true) {
                    Thread.sleep(millis);
                    work.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends this process; what was sent last has a moment to leave. */
    private static void leave() {
        background("leave", () -> {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(0);
        });
    }

    /** A kernel whose Jupyter was killed ends too. */
    private static void leaveWithJupyter() {
        String parent = System.getenv("JPY_PARENT_PID");
        if (parent != null && parent.matches("[0-9]+")) {
            ProcessHandle.of(Long.parseLong(parent))
                    .ifPresent(jupyter -> background("leave with Jupyter", () -> {
                        jupyter.onExit().join();
                        Runtime.getRuntime().halt(0);
                    }));
        }
    }
}
