package atelier.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One cell of a notebook; what it does not know of the JSON behind it, it leaves alone. */
public record Cell(ObjectNode json) {

    /** Whether it holds code; otherwise it is markdown, or raw text. */
    public boolean isCode() {
        return type().equals("code");
    }

    /** {@code code}, {@code markdown} or {@code raw}. */
    public String type() {
        return json.path("cell_type").asText();
    }

    /** The text of the cell. */
    public String source() {
        return text(json.path("source"));
    }

    /** The tags an author gave it, such as {@code raises-exception}. */
    public List<String> tags() {
        List<String> tags = new ArrayList<>();
        json.path("metadata").path("tags").forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    /** What stands below a code cell. */
    public JsonNode outputs() {
        return json.path("outputs");
    }

    /** Puts the outputs of a run below the cell: {@code In [count]}; null for a cell that has not run. */
    void setOutputs(Integer count, ArrayNode outputs) {
        json.put("execution_count", count);
        json.set("outputs", outputs);
    }

    /** A text of a notebook: a string, or an array of its lines. */
    static String text(JsonNode node) {
        if (!node.isArray()) {
            return node.asText();
        }
        StringBuilder text = new StringBuilder();
        node.forEach(line -> text.append(line.asText()));
        return text.toString();
    }
}
