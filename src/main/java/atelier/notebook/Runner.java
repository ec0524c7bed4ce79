package atelier.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs notebooks without Jupyter: each in a process of its own, in the folder of the notebook, as Jupyter does. What one
 * notebook sets, the number of threads for instance, never reaches the next.
 *
 * @param out the folder for the executed notebooks
 * @param inPlace whether a notebook that ran well also replaces its source
 * @param quick whether notebooks are asked to do less: {@code atelier.train.Budget}
 * @param timeout the longest a single cell may take
 */
public record Runner(Path out, boolean inPlace, boolean quick, Duration timeout) {

    /**
     * How a run went.
     *
     * @param cells code cells that ran
     * @param seconds wall time, start of the process included
     * @param error one line, or the empty string when all went well
     */
    public record Report(Path notebook, Path executed, int cells, double seconds, String error) {

        /** Whether every cell ran. */
        public boolean ok() {
            return error.isEmpty();
        }
    }

    /**
     * Runs one notebook from top to bottom and writes it with its outputs to {@link #out}.
     *
     * @throws NotebookException when the file is not a Java notebook
     */
    public Report run(Path notebook) throws IOException, InterruptedException {
        Notebook.read(notebook);
        Path executed = out.toAbsolutePath().resolve(notebook.getFileName());
        Files.createDirectories(executed.getParent());
        Path fresh = executed.resolveSibling("." + ProcessHandle.current().pid() + "-" + executed.getFileName());
        try {
            long start = System.nanoTime();
            String noise = work(notebook.toAbsolutePath(), fresh);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (!Files.exists(fresh)) {
                return new Report(notebook, executed, 0, seconds, notebook + ": " + noise);
            }
            return report(notebook, executed, Notebook.read(fresh), seconds);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private Report report(Path notebook, Path executed, Notebook ran, double seconds) throws IOException {
        String error = error(ran);
        ran.write(executed);
        if (inPlace && error.isEmpty()) {
            ran.write(notebook);
        }
        int cells = (int) ran.cells().stream()
                .filter(cell -> cell.json().path("execution_count").isInt())
                .count();
        return new Report(notebook, executed, cells, seconds, error.isEmpty() ? "" : notebook + ": " + error);
    }

    /** The error that ended the run, with its cell, or the empty string. */
    private static String error(Notebook ran) {
        for (Cell cell : ran.cells()) {
            for (JsonNode output : cell.outputs()) {
                if (output.path("output_type").asText().equals("error")
                        && !cell.tags().contains("raises-exception")) {
                    String first = cell.source()
                            .lines()
                            .filter(line -> !line.isBlank())
                            .findFirst()
                            .orElse("");
                    String place = output.path("traceback").path(1).asText().strip();
                    return "cell " + cell.json().path("execution_count").asInt() + " (" + first.strip() + "): "
                            + output.path("traceback").path(0).asText() + (place.isEmpty() ? "" : " [" + place + "]");
                }
            }
        }
        return "";
    }

    /** Runs the process and gives what to say if it wrote nothing. */
    private String work(Path notebook, Path fresh) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(notebook, fresh))
                .directory(notebook.getParent().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        String last = "";
        try (BufferedReader errors = process.errorReader()) {
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                last = line.isBlank() || line.startsWith("WARNING: Using incubator") ? last : line.strip();
            }
            int status = process.waitFor();
            return "the process of the notebook ended with status " + status + " before its last cell"
                    + (last.isEmpty() ? ". Does a cell call System.exit?" : ": " + last);
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    /** This JVM again, with its options and class path. */
    private List<String> command(Path notebook, Path fresh) {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib") && !argument.startsWith("-Datelier.quick"))
                .forEach(command::add);
        if (ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent()) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        command.addAll(List.of("-Djava.awt.headless=true", "-Datelier.quick=" + quick, "-cp", classPath));
        command.addAll(List.of(Worker.class.getName(), notebook.toString(), fresh.toString()));
        command.add(String.valueOf(timeout.toSeconds()));
        return command;
    }
}
