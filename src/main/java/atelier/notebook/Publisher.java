package atelier.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What everyone who watches the kernel sees: outputs, results, errors, busy and idle.
 *
 * <p>One thread owns the socket and others only queue. A thread that is interrupted while it writes to a Java channel closes
 * that channel: were a cell's own thread to write, an interrupt could silence the kernel for good.
 */
final class Publisher {

    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>(10_000);
    private volatile Message request = Message.NONE;

    Publisher(Wire wire) {
        Thread sender = new Thread(() -> send(wire), "publisher");
        sender.setDaemon(true);
        sender.start();
    }

    /** From now on what is published belongs to this request. */
    void belongTo(Message newRequest) {
        request = newRequest;
    }

    void publish(String type, JsonNode content) {
        publish(request, type, content);
    }

    /** Queues a message that belongs to {@code parent}; waits while the queue is full, interrupted or not. */
    void publish(Message parent, String type, JsonNode content) {
        Message message = parent.answer(type, content).toAll(type);
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                queue.put(message);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Wire wire) {
        try {
            while (true) {
                wire.send(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
