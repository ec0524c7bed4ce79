package atelier.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./atelier bench}: builds src/bench, whose libraries nothing else needs, and starts it. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure: this machine's limits, the pieces of a training step, and training as images a second.",
            "With --peers beside DL4J and libtorch, in turns and as ratios; that fetches 110 MB once."
        })
final class Bench implements Callable<Integer> {

    private static final List<String> MODELS = List.of("convnet", "autoencoder", "vae", "gan", "dcgan");

    @Parameters(
            arity = "0..*",
            paramLabel = "MODEL",
            description = "convnet, autoencoder, vae, gan, dcgan; all if none.")
    private List<String> models = new ArrayList<>();

    @Option(names = "--peers", description = "Also DL4J and libtorch.")
    private boolean peers;

    @Option(
            names = "--jdk",
            paramLabel = "DIR",
            description = "Also from scratch on the Java in this folder, in turns, to compare two.")
    private Path jdk;

    @Option(names = "--batch", split = ",", defaultValue = "64,256", description = "Batch sizes: ${DEFAULT-VALUE}.")
    private List<Integer> batches;

    @Option(names = "--threads", split = ",", defaultValue = "1,2", description = "Threads: ${DEFAULT-VALUE}.")
    private List<Integer> threads;

    @Option(names = "--data", defaultValue = "mnist", description = "mnist or scribbles; default ${DEFAULT-VALUE}.")
    private String data;

    @Option(names = "--rounds", defaultValue = "5", description = "Turns of each engine: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "1", description = "Of one turn: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--out",
            defaultValue = "bench",
            description = "Folder for bench.json and pictures: ${DEFAULT-VALUE}.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        require(MODELS.containsAll(models), "models among " + String.join(", ", MODELS), models);
        require(batches.stream().allMatch(n -> n >= 2 && n <= 4096), "batch sizes from 2 to 4096", batches);
        require(threads.stream().allMatch(n -> n >= 1 && n <= 256), "1 to 256 threads", threads);
        require(
                rounds >= 1 && seconds > 0 && seconds <= 600,
                "1 round or more of up to 600 s",
                rounds + " of " + seconds + " s");
        require(List.of("mnist", "scribbles").contains(data), "mnist or scribbles", data);
        require(
                jdk == null
                        || Files.isExecutable(jdk.resolve("bin").resolve("java"))
                                && Files.isReadable(jdk.resolve("release")),
                "for --jdk the folder of a Java, with bin/java and release in it",
                jdk);
        PrintWriter screen = spec.commandLine().getOut();
        screen.println("building the bench; the first time Maven fetches what it needs …");
        screen.flush();
        Path home = Checkout.home();
        Extra extra = new Extra(peers ? "bench,peers" : "bench", true, home.resolve("target"));
        List<String> options = List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "-Djava.awt.headless=true",
                "-Datelier.home=" + home,
                "-Djavacpp.platform=" + Maven.platform());
        List<String> words = new ArrayList<>(List.of(
                String.join(",", models.isEmpty() ? MODELS : models),
                peers ? "scratch,libtorch,dl4j" : "scratch",
                joined(batches),
                joined(threads),
                data,
                "" + rounds,
                "" + seconds,
                out.toAbsolutePath().toString()));
        if (jdk != null) {
            words.add(jdk.toAbsolutePath().toString());
        }
        return Extra.java(options, extra.classpath(home), "atelier.bench.Bench", words) == 0 ? 0 : 1;
    }

    private void require(boolean holds, String expected, Object got) {
        Usage.require(spec, holds, expected, got);
    }

    private static String joined(List<Integer> numbers) {
        return String.join(",", numbers.stream().map(String::valueOf).toList());
    }
}
