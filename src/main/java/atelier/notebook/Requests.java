package atelier.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import org.rapaio.jupyter.kernel.core.CompleteMatches;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplaySystem;

/** What the kernel answers: one method a kind of request, each giving the content of its reply. */
final class Requests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Engine engine;
    private final Publisher publisher;
    private final CellOutput out;
    private final CellOutput err;
    private int count;

    Requests(Engine engine, Publisher publisher, CellOutput out, CellOutput err) {
        this.engine = engine;
        this.publisher = publisher;
        this.out = out;
        this.err = err;
        Display.showOn(shown -> {
            handOn();
            publisher.publish("display_data", content(shown));
        });
    }

    /** The content of the reply to {@code request}, or null for a kind that is not answered. */
    ObjectNode reply(Message request) {
        JsonNode asked = request.content();
        String code = asked.path("code").asText();
        int cursor = asked.path("cursor_pos").asInt(code.length());
        return switch (request.type()) {
            case "execute_request" -> execute(code, asked.path("silent").asBoolean());
            case "kernel_info_request" -> info();
            case "complete_request" -> complete(code, offset(code, cursor));
            case "inspect_request" -> inspect(code, offset(code, cursor));
            case "is_complete_request" -> Message.object().put("status", completeness(code));
            case "history_request" -> ok().set("history", JSON.createArrayNode());
            case "comm_info_request" -> ok().set("comms", Message.object());
            case "shutdown_request" -> ok().put("restart", asked.path("restart").asBoolean());
            case "interrupt_request" -> ok();
            default -> null;
        };
    }

    private ObjectNode execute(String code, boolean silent) {
        if (!silent) {
            count++;
            publisher.publish(
                    "execute_input", Message.object().put("code", code).put("execution_count", count));
        }
        try {
            Object value = engine.eval(code);
            DisplayData shown = value == null || silent ? null : shown(value);
            handOn();
            if (shown != null) {
                publisher.publish("execute_result", content(shown).put("execution_count", count));
            }
            ObjectNode reply = ok().put("execution_count", count);
            reply.set("user_expressions", Message.object());
            return reply.set("payload", JSON.createArrayNode());
        } catch (CellException error) {
            handOn();
            ObjectNode content = Message.object().put("ename", error.name()).put("evalue", error.getMessage());
            content.set("traceback", JSON.valueToTree(error.traceback()));
            publisher.publish("error", content);
            return content.deepCopy().put("status", "error").put("execution_count", count);
        }
    }

    private static DisplayData shown(Object value) {
        return value instanceof DisplayData ready ? ready : DisplaySystem.inst().render(value);
    }

    private static ObjectNode content(DisplayData shown) {
        ObjectNode content = Message.object();
        content.set("data", JSON.valueToTree(shown.data()));
        return content.set("metadata", JSON.valueToTree(shown.metadata()));
    }

    private void handOn() {
        out.handOn();
        err.handOn();
    }

    private ObjectNode complete(String code, int cursor) {
        CompleteMatches found = engine.complete(code, cursor);
        ObjectNode reply = ok();
        reply.put("cursor_start", found == null ? cursor : found.start());
        reply.put("cursor_end", cursor);
        reply.set("metadata", Message.object());
        return reply.set("matches", found == null ? JSON.createArrayNode() : JSON.valueToTree(found.replacements()));
    }

    private ObjectNode inspect(String code, int cursor) {
        DisplayData found = engine.inspect(code, cursor);
        ObjectNode reply = ok().put("found", found != null);
        return reply.setAll(found == null ? content(DisplayData.fromText("")) : content(found));
    }

    private String completeness(String code) {
        Completeness state = engine.completeness(code);
        return switch (state) {
            case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> "incomplete";
            case UNKNOWN -> "invalid";
            default -> "complete";
        };
    }

    /** Jupyter counts characters, Java counts the halves of those beyond U+FFFF. */
    private static int offset(String code, int cursor) {
        return code.offsetByCodePoints(0, Math.min(cursor, code.codePointCount(0, code.length())));
    }

    private static ObjectNode ok() {
        return Message.object().put("status", "ok");
    }

    private static ObjectNode info() {
        ObjectNode language = Message.object();
        language.put("name", "Java");
        language.put("version", System.getProperty("java.version"));
        language.put("mimetype", "text/x-java-source");
        language.put("file_extension", ".jshell");
        language.put("pygments_lexer", "java");
        language.put("codemirror_mode", "text/x-java");
        ObjectNode reply = ok().put("protocol_version", Message.PROTOCOL);
        reply.put("implementation", "atelier").put("implementation_version", "0.1.0");
        reply.put("banner", "Java " + System.getProperty("java.version") + ", with Atelier on the class path");
        reply.set("help_links", JSON.createArrayNode());
        return reply.set("language_info", language);
    }
}
