package atelier.grade;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.grade.book.Batch;
import atelier.grade.book.Result;
import atelier.grade.book.Submissions;
import atelier.grade.box.Isolation;
import atelier.grade.box.Limit;
import atelier.grade.box.Stage;
import atelier.grade.box.Walls;
import atelier.notebook.Notebook;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile, careless and odd submissions, each with the verdict that it must get. All of them are graded in one batch with students
 * who are right, whose verdicts must be what they are without such company.
 */
class AttackTest {

    private static final String EXERCISE = "02-convolution";
    private static final String HEAD = "double[][] slide(double[][] x, double[][] w) ";
    private static final String RIGHT = """
            int I = x.length - w.length + 1, J = x[0].length - w.length + 1;
            double[][] y = new double[I][J];
            for (int i = 0; i < I; i++)
                for (int j = 0; j < J; j++)
                    for (int u = 0; u < w.length; u++)
                        for (int v = 0; v < w.length; v++)
                            y[i][j] += w[u][v] * x[i + u][j + v];
            return y;
            """;

    private static final Limit LIMIT = new Limit(Duration.ofSeconds(1), Duration.ofSeconds(6));

    /**
     * One of them.
     *
     * @param name the student's
     * @param harmless whether it can be run without walls
     * @param notebook what is handed in
     * @param expected what may become of the task slide
     */
    private record Attack(String name, boolean harmless, Notebook notebook, Set<Status> expected) {}

    private final List<Attack> attacks = new ArrayList<>();

    static Stream<Isolation> isolations() throws IOException {
        try (Stage stage = Stage.set()) {
            List<Isolation> sound = new ArrayList<>();
            for (Walls.State state : Walls.survey(stage.jar())) {
                if (state.ails().isEmpty()
                        && (state.holds() || !state.isolation().walls())) {
                    sound.add(state.isolation());
                } else {
                    System.err.println("AttackTest: no " + state.isolation().title() + " here: " + state.ails());
                }
            }
            return sound.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("isolations")
    void everyAttackGetsItsVerdictAndHarmsNobody(Isolation isolation, @TempDir Path folder) throws Exception {
        try (ServerSocket ear = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Stage stage = Stage.set()) {
            Path secret = Files.writeString(folder.resolve("secret.txt"), "the answers of all the others");
            gather(ear.getLocalPort(), secret);
            Path submitted = Files.createDirectories(folder.resolve("submitted"));
            List<Attack> sent = attacks.stream()
                    .filter(attack -> attack.harmless() || isolation.walls())
                    .toList();
            for (Attack attack : sent) {
                attack.notebook().write(submitted.resolve(attack.name() + ".ipynb"));
            }
            for (String good : List.of("aaa", "mmm", "zzz")) {
                Handed.solved(EXERCISE).write(submitted.resolve(good + ".ipynb"));
            }
            Set<Path> before = around(folder);

            Map<String, Result> results = grade(isolation, stage, submitted, folder.resolve("out"));

            List<org.junit.jupiter.api.function.Executable> checks = new ArrayList<>();
            for (Attack attack : sent) {
                checks.add(() -> assertVerdict(attack, results.get(attack.name())));
            }
            for (String good : List.of("aaa", "mmm", "zzz")) {
                checks.add(() -> assertEquals(17, results.get(good).score(), good + results.get(good)));
            }
            checks.add(() -> assertEquals(before, around(folder), "files beside the results"));
            checks.add(() -> assertEquals("the answers of all the others", Files.readString(secret)));
            checks.add(() -> assertEquals(List.of(), survivors()));
            assertAll(checks);
        }
    }

    private static void assertVerdict(Attack attack, Result result) {
        Result.Paper paper = result.papers().get(0);
        assertEquals(Status.PASS, paper.status(), attack.name() + paper.message());
        Verdict slide = paper.verdicts().stream()
                .filter(verdict -> verdict.id().equals("slide"))
                .findFirst()
                .orElseThrow();
        assertTrue(attack.expected().contains(slide.status()), attack.name() + ": " + slide);
        assertEquals(slide.status() == Status.PASS ? 3.0 : 0.0, slide.points(), attack.name());
        assertFalse(slide.message().isBlank(), attack.name());
        if (!attack.name().contains("all-lost")) {
            List<String> others = paper.verdicts().stream()
                    .filter(verdict -> !verdict.id().equals("slide"))
                    .filter(verdict -> verdict.status() != Status.PASS && verdict.status() != Status.BY_HAND)
                    .map(verdict -> attack.name() + ": " + verdict)
                    .toList();
            assertEquals(List.of(), others);
        }
    }

    private static Map<String, Result> grade(Isolation isolation, Stage stage, Path submitted, Path out)
            throws IOException, InterruptedException {
        Map<String, Paper> papers = Paper.in(Path.of("exercises"));
        Batch batch =
                new Batch(isolation, stage.jar(), Secret.of("a secret of this test"), LIMIT, papers, out, 2, false);
        return batch.run(Submissions.in(List.of(submitted), papers.keySet()), result -> {}).stream()
                .collect(Collectors.toMap(Result::student, Function.identity()));
    }

    private static Set<Path> around(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder);
                Stream<Path> here = Files.list(Path.of(""))) {
            return Stream.concat(files, here)
                    .filter(file -> !file.endsWith("out"))
                    .collect(Collectors.toSet());
        }
    }

    /** Processes of a sandbox that are still there after a while. */
    private static List<String> survivors() throws InterruptedException {
        List<String> alive = alive();
        for (int wait = 0; wait < 50 && !alive.isEmpty(); wait++) {
            Thread.sleep(100);
            alive = alive();
        }
        return alive;
    }

    private static List<String> alive() {
        return ProcessHandle.allProcesses()
                .map(handle -> handle.info().commandLine().orElse(""))
                .filter(line -> line.contains("atelier.sandbox.Examinee") || line.contains("rmiregistry"))
                .toList();
    }

    // ---- the catalogue ----

    private void gather(int port, Path secret) throws IOException {
        ends();
        exhausts();
        reachesOut(port, secret);
        cheats();
        speaksOutOfTurn();
        isOdd();
        touchesTheFile();
    }

    private void ends() throws IOException {
        calm("exit", "System.exit(0); return null;", Status.CRASH);
        calm("halt", "Runtime.getRuntime().halt(0); return null;", Status.CRASH);
        cell(
                "static-halt",
                "class Boom { static int v; static { Runtime.getRuntime().halt(0); } }\n" + HEAD + "{ Boom.v = 1; "
                        + RIGHT + "}",
                Status.CRASH);
        calm("loop", "while (true) { }", Status.TIMEOUT);
        calm(
                "catch-all",
                "while (true) { try { Thread.sleep(1); throw new Error(); } catch (Throwable t) { } }",
                Status.TIMEOUT);
        calm("checked-exception", "Thread.sleep(1); return x;", Status.COMPILE_ERROR);
        calm(
                "wait",
                "try { Thread.sleep(1_000_000); } catch (InterruptedException e) { } return null;",
                Status.TIMEOUT);
        calm(
                "hook",
                "Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { } })); System.exit(0);"
                        + " return null;",
                Status.TIMEOUT);
        calm("recursion", "return slide(x, w);", Status.ERROR);
        cell("exit-in-cell", "System.exit(0);\n" + HEAD + "{" + RIGHT + "}", Status.CRASH);
        cell("loop-in-cell", "while (true) { }\n" + HEAD + "{" + RIGHT + "}", Status.TIMEOUT);
        calm(
                "evil-message",
                "throw new RuntimeException() { public String getMessage() { while (true) { } } };",
                Status.TIMEOUT);
        calm(
                "throwing-message",
                "throw new RuntimeException() { public String getMessage() { throw new Error(); } };",
                Status.ERROR);
    }

    private void exhausts() throws IOException {
        calm(
                "heap",
                "List<double[]> all = new ArrayList<>(); while (true) all.add(new double[1 << 20]);",
                Status.CRASH);
        calm(
                "direct",
                "List<Object> all = new ArrayList<>();"
                        + " while (true) all.add(java.nio.ByteBuffer.allocateDirect(1 << 24));",
                Status.ERROR,
                Status.TIMEOUT);
        wild(
                "native",
                "try { var f = Class.forName(\"sun.misc.Unsafe\").getDeclaredField(\"theUnsafe\");"
                        + " f.setAccessible(true); var unsafe = (sun.misc.Unsafe) f.get(null);"
                        + " while (true) { long p = unsafe.allocateMemory(1 << 26); unsafe.setMemory(p, 1 << 26, (byte) 1); } }"
                        + " catch (ReflectiveOperationException e) { throw new RuntimeException(e); }",
                Status.ERROR,
                Status.CRASH,
                Status.COMPILE_ERROR,
                Status.TIMEOUT);
        wild(
                "threads",
                "while (true) new Thread(() -> { try { Thread.sleep(100_000); } catch (InterruptedException e) { } })"
                        + ".start();",
                Status.CRASH,
                Status.ERROR,
                Status.TIMEOUT);
        wild(
                "spinning-threads",
                "for (int i = 0; i < 40; i++) new Thread(() -> { while (true) { } }).start();" + " while (true) { }",
                Status.TIMEOUT,
                Status.CRASH);
        wild(
                "disk",
                "try (var out = new FileOutputStream(\"/tmp/fill\")) { while (true) out.write(new byte[1 << 20]); }"
                        + " catch (IOException e) { throw new RuntimeException(e); }",
                Status.ERROR);
        wild(
                "shared-memory",
                "try (var out = new FileOutputStream(\"/dev/shm/fill\")) { while (true) out.write(new byte[1 << 20]);"
                        + " } catch (IOException e) { throw new RuntimeException(e); }",
                Status.ERROR);
        calm("flood", "while (true) System.out.println(\"x\".repeat(10_000));", Status.TIMEOUT);
        calm(
                "much-said",
                "for (int i = 0; i < 1000; i++) System.err.println(\"x\".repeat(1000));" + RIGHT,
                Status.PASS);
        cell(
                "compiler",
                HEAD + "{ int n = " + "(".repeat(9000) + "1" + ")".repeat(9000) + "; " + RIGHT + "}",
                Status.COMPILE_ERROR);
        cell("long", HEAD + "{" + RIGHT + "}\n// " + "x".repeat(50_000), Status.MISSING);
    }

    private void reachesOut(int port, Path secret) throws IOException {
        wild(
                "shell", // a container's image may have one: it must reach nothing and be gone at the end
                "try { new ProcessBuilder(\"/bin/sh\", \"-c\", \"touch " + secret.resolveSibling("shell")
                        + "; sleep 1000; : atelier.sandbox.Examinee\").start(); }"
                        + " catch (IOException e) { throw new RuntimeException(e); }" + RIGHT,
                Status.ERROR,
                Status.PASS);
        wild(
                "daemon",
                "try { new ProcessBuilder(System.getProperty(\"java.home\") + \"/bin/rmiregistry\", \"45123\").start(); }"
                        + " catch (IOException e) { }" + RIGHT,
                Status.PASS);
        wild(
                "network",
                "try { new java.net.Socket(\"127.0.0.1\", " + port + ").close(); } catch (IOException e) {"
                        + " throw new RuntimeException(e); }" + RIGHT,
                Status.ERROR);
        wild(
                "reads-a-file",
                "try { java.nio.file.Files.readString(java.nio.file.Path.of(\"" + secret + "\")); }"
                        + " catch (IOException e) { throw new RuntimeException(e); }" + RIGHT,
                Status.ERROR);
        wild(
                "writes-a-file",
                "try { java.nio.file.Files.writeString(java.nio.file.Path.of(\"" + secret + "\"), \"x\"); }"
                        + " catch (IOException e) { throw new RuntimeException(e); }" + RIGHT,
                Status.ERROR);
        wild(
                "patches-the-sandbox",
                "try (var out = new FileOutputStream(System.getProperty(\"java.class.path\"), true)) { out.write(1); }"
                        + " catch (IOException e) { throw new RuntimeException(e); }" + RIGHT,
                Status.ERROR);
        wild(
                "kills",
                "ProcessHandle.allProcesses().filter(p -> p.pid() != ProcessHandle.current().pid())"
                        + ".forEach(ProcessHandle::destroyForcibly);" + RIGHT,
                Status.PASS,
                Status.CRASH,
                Status.ERROR);
        wild(
                "leaves-a-message",
                "try { java.nio.file.Files.writeString(java.nio.file.Path.of(\"/tmp/message\"), \"x\"); }"
                        + " catch (IOException e) { throw new RuntimeException(e); }" + RIGHT,
                Status.PASS);
        wild(
                "looks-for-a-message",
                "try { java.nio.file.Files.readString(java.nio.file.Path.of(\"/tmp/message\")); }"
                        + " catch (IOException e) { throw new RuntimeException(e); }" + RIGHT,
                Status.ERROR);
        calm("tells-the-environment", "throw new RuntimeException(\"\" + System.getenv().keySet());", Status.ERROR);
        calm("native-library", "System.load(\"/tmp/none.so\");" + RIGHT, Status.ERROR);
    }

    private void cheats() throws IOException {
        calm(
                "reflection",
                "try { Class.forName(\"atelier.grade.Exercises\"); } catch (ClassNotFoundException e) {"
                        + " throw new RuntimeException(e); }" + RIGHT,
                Status.ERROR);
        calm(
                "the-kit-itself",
                "return atelier.definition.Convolution.forward(new double[][][][] {{x}},"
                        + " new double[][][][] {{w}}, new double[1], 1, 0, 1)[0][0];",
                Status.COMPILE_ERROR);
        calm("learnt-by-heart", "return new double[][] {{1, 2}};", Status.WRONG);
        calm(
                "not-a-number",
                "double[][] y = new double[x.length - w.length + 1][x[0].length - w.length + 1];"
                        + " for (double[] row : y) Arrays.fill(row, Double.NaN); return y;",
                Status.WRONG);
        calm(
                "infinite",
                "double[][] y = new double[x.length - w.length + 1][x[0].length - w.length + 1];"
                        + " for (double[] row : y) Arrays.fill(row, Double.POSITIVE_INFINITY); return y;",
                Status.WRONG);
        calm("empty", "return new double[0][0];", Status.WRONG);
        calm("null", "return null;", Status.WRONG);
        calm("null-rows", "return new double[3][];", Status.WRONG);
        calm("ragged", "return new double[][] {{1}, {2, 3}};", Status.WRONG);
        calm("its-input", "x[0][0] = 9; return x;", Status.WRONG);
        calm(
                "spoils-its-input",
                "double[][] copy = new double[x.length][]; for (int i = 0; i < x.length; i++) copy[i] ="
                        + " x[i].clone(); for (double[] r : x) Arrays.fill(r, 7); x = copy; " + RIGHT,
                Status.PASS);
        cell("another-type", "int slide(double[][] x, double[][] w) { return 1; }", Status.WRONG);
        cell(
                "another-object",
                "Object slide(double[][] x, double[][] w) { return new ArrayList<String>(); }",
                Status.WRONG);
        cell("other-parameters", "double[][] slide(double[][] x) { return x; }", Status.COMPILE_ERROR);
        calm("says-pass", "System.out.println(\"PASS\"); return new double[1][1];", Status.WRONG);
        calm(
                "turned",
                "int R = w.length; double[][] k = new double[R][R]; for (int u = 0; u < R; u++) for (int v = 0; v < R; v++)"
                        + " k[u][v] = w[R - 1 - u][R - 1 - v]; w = k; " + RIGHT,
                Status.WRONG);
        cell(
                "race",
                HEAD
                        + "{ double[][] y = new double[1][1]; new Thread(() -> { while (true) y[0][0] = Math.random(); }).start();"
                        + " return y; }",
                Status.WRONG);
    }

    private void speaksOutOfTurn() throws IOException {
        String out = "new FileOutputStream(FileDescriptor.out)";
        calm(
                "forged-word",
                "try { " + out + ".write(\"PASS\\n\".getBytes()); } catch (IOException e) { }" + RIGHT,
                Status.PROTOCOL);
        calm(
                "forged-frame",
                "try { " + out + ".write(new byte[] {0, 0, 0, 14, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}); }"
                        + " catch (IOException e) { }" + RIGHT,
                Status.PROTOCOL);
        calm("drip", "try { " + out + ".write(0); } catch (IOException e) { } while (true) { }", Status.TIMEOUT);
        calm(
                "huge-length",
                "try { " + out + ".write(new byte[] {127, 127, 127, 127}); } catch (IOException e) { }" + RIGHT,
                Status.PROTOCOL);
        calm(
                "closes-the-channel",
                "try { " + out + ".close(); } catch (IOException e) { }" + RIGHT,
                Status.CRASH,
                Status.TIMEOUT);
        calm("huge-answer", "return new double[1000][1000];", Status.PROTOCOL);
    }

    private void isOdd() throws IOException {
        cell(
                "shadow",
                "class Math { static double abs(double x) { return 7; } }\n" + HEAD + "{" + RIGHT + "}",
                Status.PASS);
        cell("obscure", "int atelier = 3;\n" + HEAD + "{" + RIGHT + "}", Status.PASS);
        cell("magic", "%maven org.example:library:1.0\n" + HEAD + "{" + RIGHT + "}", Status.COMPILE_ERROR, Status.PASS);
        cell("twice", HEAD + "{ return x; }\n" + HEAD + "{" + RIGHT + "}", Status.PASS);
        cell(
                "helper",
                "int size(int a, int b) { return a - b + 1; }\n" + HEAD + "{ int n = size(3, 2); " + RIGHT + "}",
                Status.PASS);
        cell("forward", HEAD + "{ return later(x); }\ndouble[][] later(double[][] x) { return x; }", Status.WRONG);
        cell("undefined", HEAD + "{ return nowhere(x); }", Status.COMPILE_ERROR);
        cell("comment", "/* " + HEAD + "{" + RIGHT + "}", Status.COMPILE_ERROR);
        cell("nothing", "", Status.MISSING);
        cell("broken", HEAD + "{ return x }", Status.COMPILE_ERROR);
        cell("package", "package atelier.sandbox;\n" + HEAD + "{" + RIGHT + "}", Status.PASS, Status.COMPILE_ERROR);
        cell(
                "with-a-check",
                HEAD + "{" + RIGHT + "}\nCheck.that(\"slide\", in -> slide(in.at(0), in.at(1)));",
                Status.PASS);
        cell("bidi", HEAD + "{ /*\u202e } \u2066if (true)\u2069 */ " + RIGHT + "}", Status.PASS);
        cell("escape", HEAD + "{ // \\u000a " + RIGHT.replace("\n", " ") + "\n}", Status.PASS, Status.COMPILE_ERROR);
        cell(
                "all-lost-redefinition",
                HEAD + "{" + RIGHT + "}\nint outputSize(int a, int b, int c, int d) { return 0; }",
                Status.PASS);
    }

    private void touchesTheFile() throws IOException {
        Notebook missing = Handed.solved(EXERCISE);
        Handed.cell(missing, "slide").withObject("/metadata").remove("nbgrader");
        attacks.add(new Attack("missing-id", true, missing, Set.of(Status.MISSING)));
        Notebook twice = Handed.solved(EXERCISE);
        ObjectNode copy = Handed.cell(twice, "slide").deepCopy();
        twice.json().withArray("/cells").add(copy);
        attacks.add(new Attack("id-twice", true, twice, Set.of(Status.MISSING)));
        Notebook words = Handed.solved(EXERCISE);
        Handed.cell(words, "slide").put("cell_type", "markdown");
        attacks.add(new Attack("not-code", true, words, Set.of(Status.MISSING)));
        Notebook rich = Handed.with(EXERCISE, Map.of("slide", HEAD + "{ return x; }"));
        Handed.cell(rich, "slide-check").withObject("/metadata/nbgrader").put("points", 1000);
        Handed.cell(rich, "slide-check").put("source", "System.out.println(\"✓ slide: right\");");
        attacks.add(new Attack("own-check", true, rich, Set.of(Status.WRONG)));
    }

    /** A body that does no harm outside of a sandbox. */
    private void calm(String name, String body, Status... expected) throws IOException {
        add(name, true, HEAD + "{\n" + body + "\n}", expected);
    }

    /** A body that does. */
    private void wild(String name, String body, Status... expected) throws IOException {
        add(name, false, HEAD + "{\n" + body + "\n}", expected);
    }

    private void cell(String name, String source, Status... expected) throws IOException {
        add(name, true, source, expected);
    }

    private void add(String name, boolean harmless, String source, Status... expected) throws IOException {
        attacks.add(new Attack(
                name, harmless, Handed.with(EXERCISE, Map.of("slide", source)), EnumSet.copyOf(List.of(expected))));
    }
}
