package atelier.cli;

import atelier.data.Datasets;
import atelier.data.Holding;
import atelier.data.Mnist;
import atelier.data.Scribbles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./atelier data}: what data is here, from where, and whether its digests hold. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Show, fetch and check the data sets (alone: status).")
final class Data implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return status();
    }

    @Command(
            description = "What data is here, from where, and whether its digests hold.",
            mixinStandardHelpOptions = true)
    int status() {
        List<Holding> holdings = Datasets.holdings();
        print(row("data set", "train + test", "digests", "where"));
        holdings.forEach(holding -> print(row(holding.name(), holding.images(), brief(holding), holding.where())));
        return complain(holdings);
    }

    @Command(description = "Check every digest; exit status 1 when one does not hold.", mixinStandardHelpOptions = true)
    int verify() {
        List<Holding> holdings = Datasets.holdings();
        holdings.stream()
                .filter(Holding::sound)
                .forEach(holding -> print(holding.name() + ": " + holding.state() + " (" + holding.where() + ")"));
        return complain(holdings);
    }

    @Command(description = "Download a data set and check it.", mixinStandardHelpOptions = true)
    int fetch(
            @Parameters(paramLabel = "NAME", description = "mnist") String name,
            @Option(
                            names = "--to",
                            paramLabel = "DIR",
                            description = "Put it into DIR/mnist; set ATELIER_DATASETS=DIR to use it from there.")
                    Path folder) {
        if (name.equals("scribbles")) {
            print("scribbles needs no download: it is drawn when asked for.");
            return 0;
        }
        if (!name.equals("mnist")) {
            throw new ParameterException(
                    spec.commandLine(), "data fetch: expected mnist but got " + name + ". It is what can be fetched.");
        }
        Path to = folder == null ? Mnist.downloads() : folder.resolve(name);
        try (DownloadBar bar = new DownloadBar(spec.commandLine().getErr())) {
            Mnist.fetch(to, bar);
        }
        print("mnist: 60,000 + 10,000 images in " + to + ", digests hold");
        return 0;
    }

    @Command(
            description = "Draw a data set from a seed and write it as MNIST's files are.",
            mixinStandardHelpOptions = true)
    int make(
            @Parameters(paramLabel = "NAME", description = "scribbles") String name,
            @Option(names = "--train", defaultValue = "60000", description = "Images to train (default 60000).")
                    int train,
            @Option(names = "--test", defaultValue = "10000", description = "Images to test (default 10000).") int test,
            @Option(names = "--seed", defaultValue = "1", description = "The seed (default 1).") long seed,
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write to.")
                    Path out) {
        if (!name.equals("scribbles") || train < 1 || test < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "data make: expected scribbles and counts of 1 or more but got " + name + ", " + train + " and "
                            + test + ". Scribbles is the set that is drawn.");
        }
        Scribbles.load(seed, train, test).write(out);
        print("scribbles: " + train + " + " + test + " images from seed " + seed + " in " + out);
        return 0;
    }

    private static String row(String name, String images, String digests, String where) {
        return String.format(Locale.ROOT, "%-18s %-16s %-22s %s", name, images, digests, where);
    }

    /** What is wrong stands in full on standard error: a table needs short cells. */
    private static String brief(Holding holding) {
        return holding.sound() ? holding.state() : "damaged";
    }

    private int complain(List<Holding> holdings) {
        List<String> wrong = holdings.stream()
                .filter(holding -> !holding.sound())
                .map(Holding::state)
                .toList();
        wrong.forEach(line -> spec.commandLine().getErr().println("atelier: " + line));
        return wrong.isEmpty() ? 0 : 1;
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
    }
}
