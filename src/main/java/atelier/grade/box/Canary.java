package atelier.grade.box;

import atelier.sandbox.Message;
import atelier.sandbox.Message.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A harmless program that is known to be right: where it dies, the air is bad, and nobody who died there is to blame. */
public final class Canary {

    private static final Limit LIMIT = new Limit(Duration.ofSeconds(30), Duration.ofSeconds(60));

    /** It takes as much memory and as many threads as the sandbox promises to a student. */
    private static final String CELL = """
            int sing(int n) throws Exception {
                byte[][] heap = new byte[160][1 << 20];
                for (byte[] part : heap) Arrays.fill(part, (byte) 1);
                int[] sum = new int[8];
                Thread[] threads = new Thread[8];
                for (int i = 0; i < 8; i++) {
                    int t = i;
                    threads[i] = new Thread(() -> sum[t] = heap[20 * t][n] + t);
                    threads[i].start();
                }
                int all = 0;
                for (int i = 0; i < 8; i++) {
                    threads[i].join();
                    all += sum[i];
                }
                return all + n;
            }
            """;

    private Canary() {}

    /** What it is asked, in this order. */
    static List<Message> questions() {
        return List.of(
                new Message(Verb.DEFINE, CELL, List.of(), 0),
                new Message(Verb.OPEN, "int sing(int n)", List.of(), 0),
                new Message(Verb.CALL, "", List.of(7), 0));
    }

    /** What is wrong with the sandbox on this machine now, or the empty string. */
    public static String ails(Isolation isolation, Path jar) {
        try (Box box = Box.start(isolation, jar)) {
            Message answer = null;
            for (Message question : questions()) {
                answer = box.ask(question.verb(), question.text(), question.values(), box.watch(LIMIT));
            }
            return answer.verb() == Verb.RESULT && answer.values().equals(List.of(8 + 28 + 7))
                    ? ""
                    : "a program that is right gave " + answer.verb() + " " + answer.values() + answer.text();
        } catch (Lost lost) {
            return lost.getMessage();
        } catch (OutOfMemoryError none) {
            return "no memory for the grader itself";
        }
    }
}
