package atelier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every labelled equation of a room is tested in that room: (C1) by a method named {@code c1_…}, (A1′) by
 * {@code a1prime_…}. A method that tests several names them all: {@code c2_c3_…}.
 */
class EquationsTest {

    private static final Pattern FORMULA = Pattern.compile("<pre>(.*?)</pre>", Pattern.DOTALL);
    private static final Pattern LABEL = Pattern.compile("\\(([A-Z]\\d+′?)\\)$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("\\bvoid ((?:[a-z]\\d+(?:prime)?_)+)\\w+\\(");

    @ParameterizedTest
    @ValueSource(strings = {"definition", "tensor", "layer", "loss", "optim", "train", "measure"})
    void everyLabelledEquationHasATestOfItsName(String room) throws IOException {
        Set<String> labels = new TreeSet<>();
        for (String source : sources("src/main/java/atelier/" + room)) {
            FORMULA.matcher(source)
                    .results()
                    .map(formula -> LABEL.matcher(formula.group(1)))
                    .forEach(found -> found.results()
                            .forEach(label ->
                                    labels.add(label.group(1).toLowerCase().replace("′", "prime"))));
        }
        assertTrue(labels.size() > 2, () -> "found too few equations to believe it: " + labels);
        for (String source : sources("src/test/java/atelier/" + room)) {
            Matcher test = TEST.matcher(source);
            while (test.find()) {
                labels.removeAll(Set.of(test.group(1).split("_")));
            }
        }
        assertEquals(Set.of(), labels, "equations of " + room + " without a test");
    }

    private static Iterable<String> sources(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(EquationsTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
