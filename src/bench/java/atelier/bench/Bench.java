package atelier.bench;

import atelier.data.DataException;
import atelier.data.Datasets;
import atelier.tensor.Ceiling;
import atelier.tensor.Parallel;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Measures this machine, the pieces of a training step, and whole training steps of each model in each engine. {@code ./atelier bench}
 * starts it.
 */
public final class Bench {

    private Bench() {}

    /**
     * Arguments: models, engines, batch sizes, threads (each with commas between), data, rounds, seconds, folder; and perhaps the folder
     * of another Java that our engine runs on, too.
     */
    public static void main(String[] arguments) throws Exception {
        List<String> models = words(arguments[0]);
        List<Engine> engines = new ArrayList<>();
        words(arguments[1]).forEach(engine -> engines.add(Engine.here(engine)));
        if (arguments.length > 8) {
            engines.add(1, Engine.scratchOn(Path.of(arguments[8])));
        }
        List<Integer> batches =
                words(arguments[2]).stream().map(Integer::valueOf).toList();
        List<Integer> threads =
                words(arguments[3]).stream().map(Integer::valueOf).toList();
        int rounds = Integer.parseInt(arguments[5]);
        double seconds = Double.parseDouble(arguments[6]);
        Path out = Files.createDirectories(Path.of(arguments[7]));
        Path scratch = Files.createDirectories(Path.of(System.getProperty("atelier.home"), "target", "bench"));
        try {
            Datasets.load(arguments[4]); // before anything is measured
        } catch (DataException none) {
            System.err.println("atelier: " + none.getMessage());
            System.exit(1);
        }
        PrintStream screen = new PrintStream(System.out, true, StandardCharsets.UTF_8);

        Report report = new Report();
        Set<Integer> counts = new TreeSet<>(threads);
        counts.add(Parallel.threads()); // the pieces run on all of them
        for (int count : counts) {
            report.ceiling(count, Ceiling.flops(count, 1), Ceiling.bandwidth(count, 1));
        }
        screen.println(report.ceilings());
        screen.println("timing " + Piece.names().size() + " pieces of a training step …");
        report.pieces(Pieces.points());
        screen.println(report.pieces());
        List<Race> races = new ArrayList<>();
        for (String model : models) {
            for (int batch : batches) {
                threads.forEach(count -> races.add(new Race(model, batch, count)));
            }
        }
        for (Race race : races) {
            Map<String, Race.Place> places = race.run(engines, arguments[4], rounds, seconds, scratch);
            report.add(race, places);
            screen.println(Report.line(race, places));
        }
        report.write(out);
        screen.println(report.table().printAll());
        screen.println("written: " + out.toAbsolutePath());
    }

    private static List<String> words(String list) {
        return Arrays.asList(list.split(","));
    }
}
