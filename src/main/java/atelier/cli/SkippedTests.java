package atelier.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the tests' reports say of those that did not run. */
record SkippedTests(int tests, List<String> reasons) {

    private static final Pattern TEST = Pattern.compile("<testcase\\b");
    private static final Pattern SKIPPED =
            Pattern.compile("<skipped\\b(?:[^>]* message=\"([^\"]*)\"|[^>]*><!\\[CDATA\\[([^\n\\]]*)|)");

    static void forget(Path reports) throws IOException {
        for (Path report : list(reports)) {
            Files.delete(report);
        }
    }

    static SkippedTests of(Path reports) throws IOException {
        int tests = 0;
        List<String> reasons = new ArrayList<>();
        for (Path report : list(reports)) {
            String xml = Files.readString(report);
            tests += (int) TEST.matcher(xml).results().count();
            SKIPPED.matcher(xml).results().forEach(skipped -> reasons.add(text(skipped.group(1), skipped.group(2))));
        }
        return new SkippedTests(tests, reasons);
    }

    private static List<Path> list(Path reports) throws IOException {
        if (!Files.isDirectory(reports)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(reports)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList();
        }
    }

    private static String text(String message, String thrown) {
        if (message == null) {
            return thrown == null ? "no reason given" : thrown.replaceFirst("^[\\w.$]+: (Assumption failed: )?", "");
        }
        String given = message.replaceFirst("^Assumption failed: ", "");
        return given.replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replaceAll("&#1[03];", " ")
                .replace("&amp;", "&");
    }

    @Override
    public String toString() {
        if (reasons.isEmpty()) {
            return "Tests: " + tests + " run, none skipped.";
        }
        StringBuilder text = new StringBuilder("Tests: " + tests + ", of which skipped: " + reasons.size());
        reasons.stream()
                .distinct()
                .sorted()
                .forEach(reason -> text.append(System.lineSeparator())
                        .append("  ")
                        .append(reasons.stream().filter(reason::equals).count())
                        .append(" × ")
                        .append(reason));
        return text.toString();
    }
}
