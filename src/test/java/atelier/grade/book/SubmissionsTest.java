package atelier.grade.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.grade.Handed;
import atelier.grade.Paper;
import atelier.grade.Secret;
import atelier.grade.Status;
import atelier.grade.box.Limit;
import atelier.grade.box.Stage;
import atelier.grade.box.Unprotected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of every kind: each ends in one readable verdict, and the batch in all of them. */
class SubmissionsTest {

    private static final List<String> EXERCISES = List.of("02-convolution", "04-pooling");
    private static byte[] solved;

    @TempDir
    private Path folder;

    @BeforeAll
    static void read() throws IOException {
        solved = Handed.solved("02-convolution").toString().getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "ada.ipynb,ada",
        "ada_02-convolution.ipynb,ada",
        "ada-02-convolution-Copy1.ipynb,ada",
        "ada/02-convolution.ipynb,ada",
        "ada/deep/er/work.ipynb,ada",
        "Ada Lovelace_123_assignsubmission_file_/02-convolution.ipynb,Ada Lovelace_123",
        "Ada Lovelace_124_assignsubmission_file/04-pooling.ipynb,Ada Lovelace_124",
        "02-convolution.ipynb,class",
        "02-convolution (1).ipynb,class"
    })
    void thePathNamesTheStudentInFoldersAndInZipsAlike(String path, String student) throws IOException {
        Path root = folder.resolve("class");
        write(root.resolve(path), solved);
        Path zip = zip("class.zip", Map.of(path, solved));
        for (Path argument : List.of(root, zip)) {
            List<Submission> found = Submissions.in(List.of(argument), EXERCISES);
            assertEquals(
                    List.of(student), found.stream().map(Submission::student).toList());
            assertEquals(solved.length, found.get(0).files().get(0).content().read().length);
        }
    }

    @Test
    void oneFileAloneIsAStudent() throws IOException {
        write(folder.resolve("bob").resolve("02-convolution.ipynb"), solved);
        write(folder.resolve("cy.ipynb"), solved);
        List<Submission> found = Submissions.in(
                List.of(folder.resolve("bob/02-convolution.ipynb"), folder.resolve("cy.ipynb")), EXERCISES);
        assertEquals(
                List.of("bob", "cy"), found.stream().map(Submission::student).toList());
    }

    @Test
    void whatEditorsAndSystemsLeaveIsNoSubmission() throws IOException {
        write(folder.resolve("class/ada/02-convolution.ipynb"), solved);
        write(folder.resolve("class/ada/.ipynb_checkpoints/02-convolution-checkpoint.ipynb"), solved);
        write(folder.resolve("class/__MACOSX/ada/._02-convolution.ipynb"), solved);
        write(folder.resolve("class/.git/x.ipynb"), solved);
        write(folder.resolve("class/readme.txt"), solved);
        List<Submission> found = Submissions.in(List.of(folder.resolve("class")), EXERCISES);
        assertEquals(1, found.size());
        assertEquals(1, found.get(0).files().size());
    }

    @Test
    void aStudentsOwnZipIsOpenedInAFolderAndInTheClassesZip() throws IOException {
        byte[] inner = zipped(Map.of("work/02-convolution.ipynb", solved));
        write(folder.resolve("class/ada/work.zip"), inner);
        Path zip = zip("class.zip", Map.of("ada_1_assignsubmission_file_/work.zip", inner));
        for (Path argument : List.of(folder.resolve("class"), zip)) {
            Submission found = Submissions.in(List.of(argument), EXERCISES).get(0);
            assertTrue(found.student().startsWith("ada"), found.student());
            assertEquals(solved.length, found.files().get(0).content().read().length);
        }
    }

    @Test
    void whatIsNotThereIsSaid() {
        String message = assertThrows(
                        IOException.class, () -> Submissions.in(List.of(folder.resolve("nowhere")), EXERCISES))
                .getMessage();
        assertTrue(message.contains("expected a notebook, a folder or a zip but got "), message);
        assertTrue(message.contains("which is not there"), message);
    }

    @Test
    @Timeout(120)
    void everyHostileFileEndsInOneReadableVerdict() throws Exception {
        Path root = Files.createDirectories(folder.resolve("class"));
        Map<String, String> expected = new LinkedHashMap<>();
        write(root.resolve("good.ipynb"), solved);
        try (RandomAccessFile large =
                new RandomAccessFile(root.resolve("large.ipynb").toFile(), "rw")) {
            large.setLength(500_000_000);
        }
        expected.put("large", "at most 20 MB but got 500 MB");
        write(root.resolve("deep.ipynb"), ("{\"cells\":" + "[".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8));
        expected.put("deep", "unreasonable depth");
        write(
                root.resolve("number.ipynb"),
                ("{\"cells\":[], \"n\": " + "9".repeat(1_000_000) + "}").getBytes(StandardCharsets.UTF_8));
        expected.put("number", "unreasonable depth or length");
        write(root.resolve("empty.ipynb"), new byte[0]);
        expected.put("empty", "notebook");
        write(root.resolve("rubbish.ipynb"), new byte[] {1, 2, 3, 0, -1});
        expected.put("rubbish", "JSON but got something else");
        write(root.resolve("cut.ipynb"), Arrays.copyOf(solved, solved.length / 2));
        expected.put("cut", "JSON but got something else");
        write(
                root.resolve("latin.ipynb"),
                text(solved).replace("\"title\"", "\"t\u00e4tle\"").getBytes(StandardCharsets.ISO_8859_1));
        expected.put("latin", "JSON but got something else");
        write(
                root.resolve("nul.ipynb"),
                text(solved)
                        .replace("Todo", "To\0do")
                        .replace("double", "dou\0ble")
                        .getBytes(StandardCharsets.UTF_8));
        expected.put("nul", "JSON but got something else");
        write(
                root.resolve("twice.ipynb"),
                text(solved).replaceFirst("\\{", "{\"cells\": [],").getBytes(StandardCharsets.UTF_8));
        expected.put("twice", "JSON but got something else");
        write(
                root.resolve("old.ipynb"),
                "{\"nbformat\":3,\"worksheets\":[{\"cells\":[]}]}".getBytes(StandardCharsets.UTF_8));
        expected.put("old", "saved anew by Jupyter");
        write(
                root.resolve("python.ipynb"),
                "{\"cells\":[],\"metadata\":{\"kernelspec\":{\"language\":\"python\"}}}"
                        .getBytes(StandardCharsets.UTF_8));
        expected.put("python", "language is \"python\"");
        write(root.resolve("other.ipynb"), "{\"cells\":[],\"metadata\":{}}".getBytes(StandardCharsets.UTF_8));
        expected.put("other", "Was the right file handed in?");
        Files.createSymbolicLink(root.resolve("link.ipynb"), Path.of("/etc/passwd"));
        expected.put("link", "a link, which is not followed");
        Files.createSymbolicLink(root.resolve("links"), Path.of("/etc"));
        expected.put("links", "a link, which is not followed");
        Files.createSymbolicLink(root.resolve("loop"), root);
        expected.put("loop", "a link, which is not followed");
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", root.resolve("pipe.ipynb").toString())
                        .start()
                        .waitFor());
        expected.put("pipe", "a pipe or device");
        Files.createDirectories(root.resolve("folder.ipynb"));
        expected.put("folder.ipynb", "handed in none");
        write(root.resolve("two/one.ipynb"), solved);
        write(root.resolve("two/other.ipynb"), solved);
        expected.put("two", "several: two/one.ipynb, two/other.ipynb");
        write(root.resolve("bomb/bomb.zip"), bomb());
        expected.put("bomb", "at most 20 MB");
        write(root.resolve("nozip/x.zip"), new byte[] {1, 2, 3});
        expected.put("nozip", "a zip but got something else");
        write(root.resolve("slip/slip.zip"), zipped(Map.of("../../evil.ipynb", solved)));
        expected.put("slip", "leaves its folder");
        write(root.resolve("absolute/a.zip"), zipped(Map.of("/etc/evil.ipynb", solved)));
        expected.put("absolute", "leaves its folder");
        write(root.resolve("noneinside/a.zip"), zipped(Map.of("readme.txt", solved)));
        expected.put("noneinside", "found none");

        Map<String, Result> results = grade(root);

        assertEquals(expected.size() + 1, results.size(), results.keySet().toString());
        assertEquals(17, results.get("good").score());
        expected.forEach((student, part) -> {
            Result.Paper paper = results.get(student).papers().get(0);
            assertEquals(1, results.get(student).papers().size(), student);
            assertEquals(Status.UNREADABLE, paper.status(), student);
            assertTrue(paper.message().contains(part), student + ": " + paper.message());
            assertTrue(paper.message().matches("(?s)[A-Z].*\\."), student + ": " + paper.message());
        });
    }

    /** Zips with far too much in them, as the class's own. */
    @Test
    @Timeout(60)
    void aHostileZipOfTheClassEndsInAVerdictToo() throws Exception {
        Path many = folder.resolve("many.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(many))) {
            for (int i = 0; i < 30_000; i++) {
                zip.putNextEntry(new ZipEntry("s" + i + ".ipynb"));
            }
        }
        Submission found = Submissions.in(List.of(many), EXERCISES).get(0);
        String message = assertThrows(
                        IOException.class, () -> found.files().get(0).content().read())
                .getMessage();
        assertTrue(message.contains("at most 20000 files"), message);

        Path nested = zip("class.zip", Map.of("eve/bomb.zip", bomb(12), "ada.ipynb", solved));
        List<Submission> two = Submissions.in(List.of(nested), EXERCISES);
        assertEquals(
                List.of("ada", "eve"), two.stream().map(Submission::student).toList());
        assertTrue(assertThrows(
                        IOException.class,
                        () -> two.get(1).files().get(0).content().read())
                .getMessage()
                .contains("at most"));
    }

    @Test
    void oddNamesGetAFileEachAndNoneLeadsElsewhere() {
        List<String> students = List.of(
                "ada",
                "Ada",
                "a/b",
                "../x",
                "..",
                ".",
                "",
                "CON",
                "a\nb",
                "x".repeat(300),
                "x".repeat(300) + "y",
                "é",
                "e\u0301",
                "=cmd|'/c calc'!A0",
                "<script>",
                "\u202eevil",
                "名前",
                "a b",
                "a_b");
        Map<String, String> names = Names.of(students);
        assertEquals(
                students.size(),
                new HashSet<>(names.values().stream().map(String::toLowerCase).toList()).size());
        names.values().forEach(name -> {
            assertTrue(name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]*"), name);
            assertTrue(name.getBytes(StandardCharsets.UTF_8).length < 220, name);
        });
        assertEquals("ada", names.get("ada"));
    }

    private Map<String, Result> grade(Path root) throws Exception {
        Map<String, Paper> papers = Paper.in(Path.of("exercises"));
        try (Stage stage = Stage.set()) {
            return new Batch(
                            new Unprotected(),
                            stage.jar(),
                            Secret.of("a secret of this test"),
                            Limit.of(Duration.ofSeconds(3)),
                            papers,
                            folder.resolve("out"),
                            2,
                            false)
                    .run(Submissions.in(List.of(root), papers.keySet()), result -> {}).stream()
                            .collect(Collectors.toMap(Result::student, Function.identity(), (a, b) -> a, TreeMap::new));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        return Files.write(folder.resolve(name), zipped(entries));
    }

    private static byte[] zipped(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** 100 MB of nothing in 100 kB. */
    private static byte[] bomb() throws IOException {
        return bomb(1);
    }

    private static byte[] bomb(int files) throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            names.add("bomb" + i + ".ipynb");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                for (int i = 0; i < 100; i++) {
                    zip.write(new byte[1 << 20]);
                }
            }
        }
        return bytes.toByteArray();
    }
}
