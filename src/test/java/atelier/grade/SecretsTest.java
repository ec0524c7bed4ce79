package atelier.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.grade.box.Box;
import atelier.grade.box.Limit;
import atelier.grade.box.Stage;
import atelier.grade.box.Unprotected;
import atelier.sandbox.Message;
import atelier.sandbox.Message.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a course's secret decides: the cases, and never whether a right answer is right. */
class SecretsTest {

    private static final int SECRETS = 200;
    private static final Limit LIMIT = Limit.of(Duration.ofSeconds(20));

    static Stream<Exercise> exercises() {
        return Exercises.all().stream();
    }

    /** The notebook's own code, in the grader's own box. */
    @ParameterizedTest
    @MethodSource("exercises")
    void theSolutionIsRightUnderEverySecret(Exercise exercise) throws Exception {
        Paper paper = Paper.of(exercise, Handed.blank(exercise.name()));
        Answers answers = Answers.in(Handed.solved(exercise.name()), List.of(paper));
        try (Stage stage = Stage.set();
                Box box = Box.start(new Unprotected(), stage.jar())) {
            for (Paper.Question question : paper.questions()) {
                if (!question.byHand()) {
                    String source = answers.sources().get(question.id());
                    assertEquals(
                            "",
                            box.ask(Verb.DEFINE, source, List.of(), box.watch(LIMIT))
                                    .text());
                }
            }
            for (Task task : exercise.tasks()) {
                Message opened = box.ask(Verb.OPEN, task.signature(), List.of(), box.watch(LIMIT));
                assertEquals(Verb.OPENED, opened.verb(), opened.text());
                for (int i = 0; i < SECRETS; i++) {
                    long seed = Secret.of("a secret, number " + i).seed(task.id());
                    List<Inputs> cases = IntStream.range(0, task.cases())
                            .mapToObj(number -> task.inputs(seed, number))
                            .toList();
                    List<Fault.Reply> replies = new ArrayList<>();
                    for (Inputs in : cases) {
                        Message reply = box.ask(Verb.CALL, "", in.all(), box.watch(LIMIT));
                        assertEquals(Verb.RESULT, reply.verb(), reply.text());
                        replies.add(new Fault.Reply(reply.values().get(0), ""));
                    }
                    assertTrue(Fault.first(task, cases, replies).isEmpty(), task.id() + ", secret " + i);
                }
            }
        }
    }

    @Test
    void theSameSecretAsksTheSameAndAnotherSomethingElse() throws IOException {
        assertEquals(
                Secret.of("0123456789abcdef").seed("slide"),
                Secret.of("0123456789abcdef").seed("slide"));
        assertNotEquals(
                Secret.of("0123456789abcdef").seed("slide"),
                Secret.of("0123456789abcdeg").seed("slide"));
        assertNotEquals(
                Secret.of("0123456789abcdef").seed("slide"),
                Secret.of("0123456789abcdef").seed("by-hand"));
        assertNotEquals(
                Secret.of("0123456789abcdef").fingerprint(),
                Secret.of("0123456789abcdeg").fingerprint());
    }

    @Test
    void aSecretIsMadeOnceAndOnlyItsOwnerReadsIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("deep").resolve("course-secret");
        Secret first = Secret.in(file);
        assertEquals(first.seed("slide"), Secret.in(file).seed("slide"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aSecretThatCanBeGuessedIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("short"), "hello\n");
        String message = assertThrows(IOException.class, () -> Secret.in(file)).getMessage();
        assertTrue(message.contains("expected at least 16 characters but got 5"), message);
        assertThrows(IOException.class, () -> Secret.in(folder));
    }
}
