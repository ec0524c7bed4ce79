package atelier.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A notebook file (nbformat 4): read, run, and written so that a diff shows only what changed.
 *
 * <p>Everything unknown is kept, in its order; the file is written as Jupyter writes it, with one space of indentation.
 */
public record Notebook(ObjectNode json) {

    private static final long MOST_BYTES = 100_000_000;

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private static final ObjectWriter AS_JUPYTER = JSON.writer(new DefaultPrettyPrinter()
            .withSeparators(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(new DefaultIndenter(" ", "\n"))
            .withArrayIndenter(new DefaultIndenter(" ", "\n")));

    /**
     * Reads a Java notebook.
     *
     * @throws NotebookException when there is no such file, or it is no notebook, or one in another language
     */
    public static Notebook read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NotebookException("Notebook: expected a file at " + file + " but "
                    + (Files.isDirectory(file) ? "it is a folder" : "there is none") + ". Check the path.");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw wrong(
                    file.toString(),
                    "expected at most " + MOST_BYTES + " bytes but got " + Files.size(file),
                    "Clear its outputs in Jupyter.");
        }
        return of(Files.readAllBytes(file), file.toString());
    }

    /**
     * Reads a Java notebook from the bytes of a file of that name.
     *
     * @throws NotebookException when they are no notebook, or one in another language
     */
    public static Notebook of(byte[] bytes, String file) throws IOException {
        JsonNode tree;
        try {
            tree = JSON.readTree(bytes);
        } catch (StreamConstraintsException e) {
            throw wrong(file, "expected a notebook but got JSON of an unreasonable depth or length", "Save it anew.");
        } catch (JsonProcessingException e) {
            String place =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw wrong(file, "expected JSON but got something else" + place, "Open and save it in Jupyter.");
        }
        if (!(tree instanceof ObjectNode json) || !json.path("cells").isArray()) {
            throw wrong(
                    file,
                    "expected a notebook with a list of cells but got other JSON",
                    "Notebooks older than nbformat 4 are saved anew by Jupyter.");
        }
        for (JsonNode cell : json.path("cells")) {
            if (!cell.isObject()) {
                throw wrong(
                        file,
                        "expected each cell to be an object but got " + cell.getNodeType(),
                        "Save it anew in Jupyter.");
            }
        }
        Notebook notebook = new Notebook(json);
        if (!notebook.language().equalsIgnoreCase("java")) {
            throw wrong(
                    file,
                    "expected a Java notebook but its language is \"" + notebook.language() + "\"",
                    "Choose the Java kernel in Jupyter and save it.");
        }
        return notebook;
    }

    private static NotebookException wrong(String file, String what, String todo) {
        return new NotebookException("Notebook " + file + ": " + what + ". " + todo);
    }

    /** The language its metadata names; a notebook that names none is taken for Java. */
    String language() {
        JsonNode metadata = json.path("metadata");
        String kernel = metadata.path("kernelspec").path("language").asText("");
        return kernel.isEmpty() ? metadata.path("language_info").path("name").asText("java") : kernel;
    }

    /** Its cells, from the top. */
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        json.path("cells").forEach(cell -> cells.add(new Cell((ObjectNode) cell)));
        return cells;
    }

    /** The heading of the first markdown cell, or the empty string. */
    public String title() {
        return cells().stream()
                .filter(cell -> cell.type().equals("markdown"))
                .flatMap(cell -> cell.source().lines())
                .filter(line -> line.startsWith("# "))
                .map(line -> line.substring(2).strip())
                .findFirst()
                .orElse("");
    }

    /** Writes the file beside and renames it, so that nobody ever reads half of it. */
    public void write(Path file) throws IOException {
        write(file, toString());
    }

    static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path beside = folder.resolve(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.writeString(beside, text, StandardCharsets.UTF_8);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** The JSON as Jupyter writes it. */
    @Override
    public String toString() {
        try {
            return AS_JUPYTER.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
