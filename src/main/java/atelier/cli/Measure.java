package atelier.cli;

import atelier.data.Dataset;
import atelier.data.Datasets;
import atelier.train.Replace;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** {@code ./atelier measure DIR…}: one table that judges trained models side by side. */
@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        description =
                "Judge trained models by the images that they make, side by side; the numbers join each metrics.json.")
final class Measure implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METRICS = "metrics.json";

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders of trainings.")
    private List<Path> folders;

    @Option(names = "--limit", paramLabel = "N", description = "Use only the first N images of the data.")
    private Integer limit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (limit != null && limit < 1) {
            throw wrong("--limit", "1 or more", limit, "Leave it out to use all images");
        }
        List<Trained> all = new ArrayList<>();
        for (Path folder : folders) {
            all.add(Trained.in(folder));
        }
        Map<String, Dataset> data = new LinkedHashMap<>();
        Map<String, Judgement> judgements = new LinkedHashMap<>();
        List<Map<String, String>> rows = new ArrayList<>();
        for (Trained trained : all) {
            String name = trained.data();
            if (!data.containsKey(name)) {
                data.put(name, limit == null ? Datasets.load(name) : Datasets.load(name, limit));
            }
            Map<String, Number> metrics = metrics(trained, data.get(name), judgements);
            join(trained.folder(), metrics);
            Map<String, String> row = new LinkedHashMap<>();
            row.put("model", trained.model().name());
            row.put("folder", trained.folder().toString());
            metrics.forEach((metric, value) -> row.put(metric, text(value)));
            rows.add(row);
        }
        print(rows);
        return 0;
    }

    /** A maker of images is judged by them, any other model as its own learner does. */
    private Map<String, Number> metrics(Trained trained, Dataset images, Map<String, Judgement> judgements)
            throws InterruptedException {
        if (trained.apprentice().sampler().isEmpty()) {
            return new LinkedHashMap<>(trained.apprentice().learner().evaluate(images.test()));
        }
        if (!Judgement.possible(images)) {
            throw wrong("--limit", "large enough to judge by, 100 or more", limit, "Leave it out to use all images");
        }
        if (!judgements.containsKey(images.name())) {
            judgements.put(images.name(), new Judgement(images));
        }
        return judgements
                .get(images.name())
                .of(trained.apprentice().sampler().get().apply(images));
    }

    /** One table for all models of the same numbers. */
    private static void print(List<Map<String, String>> rows) {
        Map<List<String>, List<Map<String, String>>> tables = new LinkedHashMap<>();
        rows.forEach(row -> tables.computeIfAbsent(List.copyOf(row.keySet()), names -> new ArrayList<>())
                .add(row));
        tables.forEach((names, of) -> System.out.println(Table.create(names.stream()
                        .map(name -> StringColumn.create(
                                name, of.stream().map(row -> row.get(name)).toList()))
                        .toArray(StringColumn[]::new))
                .printAll()));
    }

    private static String text(Number value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.4f", number) : value.toString();
    }

    private static void join(Path folder, Map<String, Number> metrics) throws IOException {
        Path file = folder.resolve(METRICS);
        ObjectNode all = Files.exists(file) ? (ObjectNode) JSON.readTree(file.toFile()) : JSON.createObjectNode();
        metrics.forEach((name, value) -> all.set(name, JSON.valueToTree(value)));
        Replace.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
    }

    private ParameterException wrong(String what, String expected, Object got, String advice) {
        return new ParameterException(
                spec.commandLine(),
                "measure: expected " + what + " to be " + expected + " but got " + got + ". " + advice + ".");
    }
}
