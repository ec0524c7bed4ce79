package atelier.bench;

import atelier.show.Axes;
import atelier.show.Bars;
import atelier.show.Curves;
import atelier.show.Line;
import atelier.show.Roofline;
import atelier.tensor.Parallel;
import atelier.train.Replace;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What was measured: as a table, as bench.json, as pictures. */
final class Report {

    private record Ceilings(double flops, double bandwidth) {}

    private final Map<Integer, Ceilings> ceilings = new TreeMap<>();
    private List<Roofline.Point> pieces = List.of();
    private final Map<Race, Map<String, Race.Place>> races = new LinkedHashMap<>();

    void ceiling(int threads, double flops, double bandwidth) {
        ceilings.put(threads, new Ceilings(flops, bandwidth));
    }

    void pieces(List<Roofline.Point> points) {
        pieces = points;
    }

    void add(Race race, Map<String, Race.Place> places) {
        races.put(race, places);
    }

    // ---- in words ----

    String ceilings() {
        return ceilings.entrySet().stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        "%d thread%s: at most %.0f Gflop/s, memory %.0f GB/s",
                        one.getKey(),
                        one.getKey() == 1 ? "" : "s",
                        one.getValue().flops() / 1e9,
                        one.getValue().bandwidth() / 1e9))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    String pieces() {
        double peak = all().flops();
        return pieces.stream()
                .map(piece -> String.format(
                        Locale.ROOT,
                        "  %-24s %6.1f Gflop/s, %3.0f %% of the peak",
                        piece.name(),
                        piece.flops() / 1e9,
                        100 * piece.flops() / peak))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    static String line(Race race, Map<String, Race.Place> places) {
        double ours = places.values().iterator().next().median();
        return String.format(Locale.ROOT, "%-12s batch %3d, threads %d: ", race.model(), race.batch(), race.threads())
                + places.entrySet().stream()
                        .map(place -> String.format(
                                Locale.ROOT,
                                "%s %,.0f images/s (1 : %.2f)",
                                place.getKey(),
                                place.getValue().median(),
                                ours / place.getValue().median()))
                        .collect(Collectors.joining(", "));
    }

    /** A row a race: the medians, and how many times as fast we are. */
    Table table() {
        List<String> engines = races.values().stream()
                .flatMap(places -> places.keySet().stream())
                .distinct()
                .toList();
        Table table = Table.create(
                "training, images a second (median)",
                StringColumn.create("model", races.keySet().stream().map(Race::model)),
                IntColumn.create("batch", races.keySet().stream().mapToInt(Race::batch)),
                IntColumn.create("threads", races.keySet().stream().mapToInt(Race::threads)));
        for (String engine : engines) {
            table.addColumns(DoubleColumn.create(
                    engine,
                    races.values().stream()
                            .mapToDouble(places -> Math.rint(places.get(engine).median()))));
        }
        for (String engine : engines.subList(1, engines.size())) {
            table.addColumns(DoubleColumn.create(
                    "× " + engine, races.values().stream().mapToDouble(places -> ratio(places, engine))));
        }
        table.addColumns(DoubleColumn.create(
                "bytes a step",
                races.values().stream()
                        .mapToDouble(places ->
                                Math.rint(places.values().iterator().next().bytesPerStep()))));
        return table;
    }

    private static double ratio(Map<String, Race.Place> places, String engine) {
        double ours = places.values().iterator().next().median();
        return Math.rint(100 * ours / places.get(engine).median()) / 100;
    }

    // ---- files ----

    void write(Path out) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Replace.write(
                out.resolve("bench.json"), json.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(json)));
        Roofline.of("A training step's pieces, batch 64", all().flops(), all().bandwidth(), pieces)
                .writeTo(out.resolve("roofline.png"));
        if (races.values().stream().anyMatch(places -> places.size() > 1)) {
            bars(out);
        }
        scaling(out);
    }

    private ObjectNode json(ObjectMapper json) {
        ObjectNode all = json.createObjectNode();
        all.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        all.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        ObjectNode limits = all.putObject("ceilings");
        ceilings.forEach((threads, one) -> limits.putObject("threads " + threads)
                .put("flops", one.flops())
                .put("bytes_per_second", one.bandwidth()));
        ObjectNode timed = all.putObject("pieces_flops");
        pieces.forEach(piece -> timed.put(piece.name(), piece.flops()));
        ArrayNode raced = all.putArray("races");
        races.forEach((race, places) -> {
            ObjectNode one = raced.addObject()
                    .put("model", race.model())
                    .put("batch", race.batch())
                    .put("threads", race.threads());
            ObjectNode engines = one.putObject("engines");
            places.forEach((engine, place) -> {
                ObjectNode node = engines.putObject(engine);
                node.put("images_per_second", place.median());
                node.put("loss_of_first_steps", place.firstLoss());
                node.put("bytes_per_step", place.bytesPerStep());
                place.imagesPerSecond().forEach(node.putArray("rounds")::add);
            });
        });
        return all;
    }

    /** How many times as fast as each peer, at the smallest batch and the most threads. */
    private void bars(Path out) throws IOException {
        Map<String, Double> bars = new LinkedHashMap<>();
        int threads = races.keySet().stream().mapToInt(Race::threads).max().orElse(1);
        int batch = races.keySet().stream().mapToInt(Race::batch).min().orElse(1);
        races.forEach((race, places) -> {
            if (race.threads() == threads && race.batch() == batch) {
                places.keySet().stream()
                        .skip(1)
                        .forEach(engine -> bars.put(race.model() + " : " + engine, ratio(places, engine)));
            }
        });
        Bars.log("Training, times as fast as, batch " + batch + ", threads " + threads, "×", bars)
                .writeTo(out.resolve("ratios.png"));
    }

    /** Our images a second against the batch size, a line for each model and number of threads. */
    private void scaling(Path out) throws IOException {
        Map<String, TreeMap<Integer, Double>> lines = new LinkedHashMap<>();
        races.forEach((race, places) -> lines.computeIfAbsent(
                        race.model() + ", threads " + race.threads(), name -> new TreeMap<>())
                .put(race.batch(), places.values().iterator().next().median()));
        if (lines.isEmpty()) {
            return;
        }
        Line[] drawn = lines.entrySet().stream()
                .map(line -> new Line(
                        line.getKey(),
                        line.getValue().keySet().stream()
                                .mapToDouble(Integer::doubleValue)
                                .toArray(),
                        line.getValue().values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()))
                .toArray(Line[]::new);
        Curves.of("From scratch: images a second", "batch size", "images/s", Axes.LOG_LOG, drawn)
                .writeTo(out.resolve("scaling.png"));
    }

    /** Of all threads, on which the pieces run. */
    private Ceilings all() {
        return ceilings.get(Parallel.threads());
    }
}
