package atelier.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.rapaio.jupyter.kernel.display.DisplayData;

/**
 * What a running cell prints and shows, collected in nbformat's words.
 *
 * <p>Pieces printed one after the other become one output, and a line that is printed over ({@code \r}, as progress bars do)
 * keeps only its last text, as on a screen.
 */
final class Outputs {

    private static final int MOST_BYTES = 1_000_000;

    private final ArrayNode all = Notebook.JSON.createArrayNode();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private String stream = "";
    private boolean returned;

    /** A stream whose text goes into these outputs under the name {@code stdout} or {@code stderr}. */
    PrintStream printer(String name) {
        OutputStream bytes = new OutputStream() {
            @Override
            public void write(int b) {
                print(name, (byte) b);
            }
        };
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private synchronized void print(String name, byte b) {
        if (!stream.equals(name)) {
            endStream();
            stream = name;
        }
        if (b == '\r') {
            returned = true;
            return;
        }
        if (returned && b != '\n') {
            line.reset();
        }
        returned = false;
        if (text.size() + line.size() < MOST_BYTES) {
            line.write(b);
        }
        if (b == '\n') {
            endLine();
        }
    }

    private void endLine() {
        text.writeBytes(line.toByteArray());
        line.reset();
    }

    private void endStream() {
        endLine();
        returned = false;
        if (text.size() > 0) {
            String printed = text.toString(StandardCharsets.UTF_8);
            printed += text.size() < MOST_BYTES ? "" : "\n… (the rest is left out)\n";
            ObjectNode output = all.addObject().put("name", stream).put("output_type", "stream");
            output.set("text", lines(printed));
        }
        text.reset();
    }

    /** Adds something shown in the middle of a cell. */
    synchronized void display(DisplayData shown) {
        endStream();
        stream = "";
        add(all.addObject(), shown, null).put("output_type", "display_data");
    }

    /** Adds the value of the cell: {@code Out [count]}. */
    synchronized void result(DisplayData shown, int count) {
        endStream();
        stream = "";
        add(all.addObject(), shown, count).put("output_type", "execute_result");
    }

    /** Adds the error that ended the cell. */
    synchronized void error(CellException e) {
        endStream();
        stream = "";
        ObjectNode output = all.addObject();
        output.put("ename", e.name()).put("evalue", e.getMessage()).put("output_type", "error");
        e.traceback().forEach(output.putArray("traceback")::add);
    }

    /** Everything so far, in its order. */
    synchronized ArrayNode json() {
        endStream();
        stream = "";
        return all;
    }

    private static ObjectNode add(ObjectNode output, DisplayData shown, Integer count) {
        ObjectNode data = output.putObject("data");
        new TreeMap<>(shown.data())
                .forEach((mime, value) -> data.set(
                        mime,
                        mime.startsWith("text/") ? lines(String.valueOf(value)) : Notebook.JSON.valueToTree(value)));
        if (count != null) {
            output.put("execution_count", count);
        }
        ObjectNode metadata = output.putObject("metadata");
        Map<String, Object> known = new TreeMap<>(shown.metadata());
        known.forEach((key, value) -> metadata.set(key, Notebook.JSON.<JsonNode>valueToTree(value)));
        return output;
    }

    /** A text as nbformat stores it: its lines, each with its end. */
    static ArrayNode lines(String text) {
        ArrayNode lines = Notebook.JSON.createArrayNode();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start) + 1;
            end = end == 0 ? text.length() : end;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }
}
