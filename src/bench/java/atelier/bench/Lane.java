package atelier.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link Runner} seen from the one who holds the watch: it runs when told, and rests while others do. */
final class Lane implements AutoCloseable {

    /** What some steps took: seconds, their mean loss, and the bytes that were allocated on the heap. */
    record Lap(int steps, double seconds, double loss, long bytes) {}

    private static final int FIRST_STEPS = 8; // whose losses all engines must share

    private final String engine;
    private final int batch;
    private final Process process;
    private final Path complaints;
    private final BufferedWriter questions;
    private final BufferedReader answers;
    private final List<Lap> laps = new ArrayList<>();
    private double firstLoss;
    private int stepsALap = 1;

    Lane(String engine, String model, int batch, int threads, String data, Path folder) throws IOException {
        this.engine = engine;
        this.batch = batch;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Xmx6g",
                "-XX:ActiveProcessorCount=" + threads,
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=" + threads,
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-Djavacpp.platform=" + System.getProperty("javacpp.platform", "linux-x86_64"),
                "-cp",
                System.getProperty("java.class.path"),
                Runner.class.getName(),
                engine,
                model,
                "" + batch,
                "" + threads,
                data));
        if (Runtime.version().feature() >= 24) {
            command.addAll(1, List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        complaints = Files.createTempFile(folder, "runner", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(new File(complaints.toString()));
        builder.environment().put("OMP_NUM_THREADS", "" + threads);
        builder.environment().put("DJL_CACHE_DIR", folder.resolve("djl").toString());
        builder.environment().put("OPT_OUT_TRACKING", "true");
        process = builder.start();
        questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        read();
    }

    String engine() {
        return engine;
    }

    /** Mean loss of the first steps. */
    double firstLoss() {
        return firstLoss;
    }

    /** Runs until the compilers have nothing left to do, and finds out how many steps take so many seconds. */
    void warmUp(double seconds, double lapSeconds) throws IOException {
        Lap lap = run(FIRST_STEPS);
        firstLoss = lap.loss();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        do {
            stepsALap = Math.max(1, (int) Math.round(lapSeconds * lap.steps() / lap.seconds()));
            lap = run(Math.max(1, stepsALap / 2));
        } while (System.nanoTime() < end);
        stepsALap = Math.max(1, (int) Math.round(lapSeconds * lap.steps() / lap.seconds()));
    }

    void lap() throws IOException {
        laps.add(run(stepsALap));
    }

    List<Double> imagesPerSecond() {
        return laps.stream().map(lap -> batch * lap.steps() / lap.seconds()).toList();
    }

    /** Bytes allocated in a step, in the best lap: whatever the model needs, it needs in every one. */
    double bytesPerStep() {
        return laps.stream()
                .mapToDouble(lap -> (double) lap.bytes() / lap.steps())
                .min()
                .orElse(Double.NaN);
    }

    private Lap run(int steps) throws IOException {
        questions.write(steps + "\n");
        questions.flush();
        String[] words = read().split(" ");
        return new Lap(steps, Double.parseDouble(words[0]), Double.parseDouble(words[1]), Long.parseLong(words[2]));
    }

    private String read() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("Bench: expected an answer of " + engine + " but its process ended. It said: "
                    + Files.readString(complaints).strip());
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(complaints);
    }
}
