package atelier.notebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests and replies over one wire, one after the other, each between a "busy" and an "idle" for everyone to see. */
final class Conversation {

    private final Wire wire;
    private final Publisher publisher;
    private final Requests requests;
    private final PrintStream log;

    Conversation(Wire wire, Publisher publisher, Requests requests, PrintStream log) {
        this.wire = wire;
        this.publisher = publisher;
        this.requests = requests;
        this.log = log;
    }

    /** Waits for the next request; nothing if what came could not be read. */
    Optional<Message> next() {
        return receive(-1);
    }

    /** Answers a request and, where it is a cell that failed, turns away the cells that were sent behind it. */
    void answer(Message request) {
        publish(request, "busy");
        ObjectNode reply;
        try {
            reply = requests.reply(request);
        } catch (RuntimeException e) {
            e.printStackTrace(log);
            reply = Message.object().put("status", "error");
            reply.put("ename", e.getClass().getSimpleName()).put("evalue", String.valueOf(e.getMessage()));
            reply.putArray("traceback");
        }
        // Looked for before the reply leaves: what comes after it was sent by someone who knows of the error
        List<Message> turnedAway = stops(request, reply) ? waiting() : List.of();
        finish(request, reply);
        for (Message each : turnedAway) {
            publish(each, "busy");
            finish(each, isCell(each) ? Message.object().put("status", "aborted") : requests.reply(each));
        }
    }

    private static boolean isCell(Message request) {
        return request.type().equals("execute_request");
    }

    private static boolean stops(Message request, ObjectNode reply) {
        return isCell(request)
                && request.content().path("stop_on_error").asBoolean(true)
                && !reply.path("status").asText().equals("ok");
    }

    private List<Message> waiting() {
        List<Message> waiting = new ArrayList<>();
        for (Optional<Message> next = receive(0); next.isPresent(); next = receive(0)) {
            waiting.add(next.get());
        }
        return waiting;
    }

    private void finish(Message request, ObjectNode reply) {
        if (reply != null) {
            wire.send(request.answer(request.type().replace("_request", "_reply"), reply));
        }
        publish(request, "idle");
    }

    private void publish(Message request, String state) {
        publisher.publish(request, "status", Message.object().put("execution_state", state));
    }

    private Optional<Message> receive(int millis) {
        try {
            return Optional.ofNullable(wire.receive(millis));
        } catch (IOException e) {
            log.println("atelier kernel: " + e.getMessage());
            return Optional.empty();
        }
    }
}
