package atelier.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One message of Jupyter's protocol: whom it goes to, what it is, what it answers, what it says. */
record Message(List<byte[]> identities, JsonNode header, JsonNode parent, JsonNode content) {

    static final String PROTOCOL = "5.3";

    /** Before the first request there is nothing to answer. */
    static final Message NONE = new Message(List.of(), object(), object(), object());

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    String type() {
        return header.path("msg_type").asText();
    }

    /** What answers this message. */
    Message answer(String type, JsonNode content) {
        ObjectNode answer = object();
        answer.put("msg_id", UUID.randomUUID().toString());
        answer.put("session", header.path("session").asText());
        answer.put("username", header.path("username").asText());
        answer.put("date", Instant.now().toString());
        answer.put("msg_type", type);
        answer.put("version", PROTOCOL);
        return new Message(identities, answer, header, content);
    }

    /** This message for everyone who listens to {@code topic}, not for the one who asked. */
    Message toAll(String topic) {
        return new Message(List.of(topic.getBytes(StandardCharsets.US_ASCII)), header, parent, content);
    }
}
