package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Dataset;
import atelier.data.Datasets;
import atelier.model.ConvNet;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.train.Classifier;
import atelier.train.History;
import atelier.train.Learner;
import atelier.train.Progress;
import atelier.train.Recipes;
import atelier.train.Schedule;
import atelier.train.Settings;
import atelier.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says can be typed, can be typed. */
final class ReadmeTest {

    private static final String README = read(Path.of("README.md"));

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            throw new AssertionError(
                    file + " cannot be read from " + Path.of("").toAbsolutePath(), gone);
        }
    }

    private static List<String> all(String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(README)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void itIsShort() {
        assertTrue(README.lines().count() <= 120, README.lines().count() + " lines");
    }

    @Test
    void everyCommandAndOptionExists() {
        List<String> commands = all("\\./atelier( [^`\\n]+)?");
        assertTrue(commands.size() > 8, commands::toString);
        for (String command : commands) {
            String plain = command.replaceAll("[\\[\\]]", "").replace(" N", " 8888");
            String[] words = plain.substring("./atelier".length()).strip().split(" +");
            if (!words[0].isEmpty()) {
                Main.line().parseArgs(words); // throws what picocli does not know
            }
        }
    }

    @Test
    void everyLinkLeadsToAFile() {
        List<String> links = all("(?<=\\]\\()[^)]+(?=\\))");
        assertTrue(links.size() > 8, links::toString);
        for (String link : links) {
            assertTrue(link.startsWith("https://") || Files.exists(Path.of(link)), link);
        }
    }

    @Test
    void theProgramIsTheOneThatRunsHere() {
        for (String line : List.of(
                "ConvNet net = new ConvNet(RandomStream.seed(1));",
                "Learner learner = new Classifier(net, new Adam(net.parameters(), 1e-3));",
                "History history = new Training(learner, data, Recipes.convnet(1)).run();")) {
            assertTrue(README.contains(line), line);
        }
        Dataset data = Datasets.load("scribbles", 640).first(640, 100);
        ConvNet net = new ConvNet(RandomStream.seed(1));
        Learner learner = new Classifier(net, new Adam(net.parameters(), 1e-3));
        Settings quick = new Settings(2, 64, 1, Schedule.cosine(1e-3));
        History history =
                new Training(learner, data, quick).progress(Progress.silent()).run();
        assertEquals(2, history.table().rowCount());
        assertFalse(Recipes.convnet(1).epochs() < 1);
        assertTrue(history.last().metrics().get("test_accuracy") > 0.3, history::toString);
    }
}
