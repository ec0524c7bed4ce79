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
    record Lap(int steps, double seconds, double loss, long bytes) {

        /** Steps a second. */
        double rate() {
            return steps / seconds;
        }
    }

    private static final int FIRST_STEPS = 8; // whose losses all engines must share

    private final Engine engine;
    private final int batch;
    private final Process process;
    private final Path complaints;
    private final BufferedWriter questions;
    private final BufferedReader answers;
    private final List<Lap> laps = new ArrayList<>();
    private double firstLoss;
    private int stepsALap = 1;

    Lane(Engine engine, String model, int batch, int threads, String data, Path folder) throws IOException {
        this.engine = engine;
        this.batch = batch;
        List<String> command = new ArrayList<>(List.of(
                engine.jdk().resolve("bin").resolve("java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Xmx6g",
                "-XX:ActiveProcessorCount=" + threads,
                "-Datelier.home=" + System.getProperty("atelier.home"),
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=" + threads,
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-Djavacpp.platform=" + System.getProperty("javacpp.platform", "linux-x86_64"),
                "-cp",
                System.getProperty("java.class.path"),
                Runner.class.getName(),
                engine.code(),
                model,
                "" + batch,
                "" + threads,
                data));
        if (engine.release() >= 24) {
            command.addAll(1, List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        complaints = Files.createTempFile(folder, "runner", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(new File(complaints.toString()));
        builder.environment().put("OMP_NUM_THREADS", "" + threads);
        if (engine.code().equals("libtorch")) {
            builder.environment().remove("OMP_WAIT_POLICY"); // the launcher's: DL4J is faster with it, libtorch slower
        }
        builder.environment().put("DJL_CACHE_DIR", folder.resolve("djl").toString());
        builder.environment().put("OPT_OUT_TRACKING", "true");
        process = builder.start();
        questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        read();
    }

    String engine() {
        return engine.name();
    }

    /** Mean loss of the first steps. */
    double firstLoss() {
        return firstLoss;
    }

    /**
     * Runs for so many seconds, and on until it no longer gets faster (the compilers have nothing left to do), twice as long at most;
     * finds out how many steps a lap takes.
     */
    void warmUp(double seconds, double lapSeconds) throws IOException {
        Lap lap = run(FIRST_STEPS);
        firstLoss = lap.loss();
        long began = System.nanoTime();
        boolean faster;
        double passed;
        do {
            stepsALap = stepsIn(lapSeconds, lap);
            Lap next = run(Math.max(1, stepsALap / 2));
            faster = next.rate() > 1.03 * lap.rate();
            lap = next;
            passed = (System.nanoTime() - began) * 1e-9;
        } while (passed < seconds || (faster && passed < 2 * seconds));
        stepsALap = stepsIn(lapSeconds, lap);
    }

    private static int stepsIn(double seconds, Lap lap) {
        return Math.max(1, (int) Math.round(seconds * lap.rate()));
    }

    void lap() throws IOException {
        laps.add(run(stepsALap));
    }

    List<Double> imagesPerSecond() {
        return laps.stream().map(lap -> batch * lap.rate()).toList();
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
            throw new IOException("Bench: expected an answer of " + engine() + " but its process ended. It said: "
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
