package atelier.grade;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Feedback for an exercise, at once, in the notebook.
 *
 * <pre>{@code
 * Check.that("slide", in -> slide(in.at(0), in.at(1)));
 * }</pre>
 *
 * <p>The cases come from a seed that everybody knows. A grader draws others: an answer that only knows these will not do.
 */
public final class Check {

    private static final long PUBLIC_SEED = 2;

    private Check() {}

    /**
     * Asks the method in every case and prints that it is right.
     *
     * @throws CheckException at the first case that it gets wrong: the case, expected and got, and a hint
     */
    @SuppressWarnings("SystemOut")
    public static void that(String id, Answer answer) {
        Task task = Exercises.task(id);
        List<Inputs> cases = IntStream.range(0, task.cases())
                .mapToObj(number -> task.inputs(PUBLIC_SEED, number))
                .toList();
        Throwable[] thrown = new Throwable[cases.size()];
        List<Fault.Reply> replies = IntStream.range(0, cases.size())
                .mapToObj(i -> ask(task, cases.get(i), answer, thrown, i))
                .toList();
        Fault.first(task, cases, replies).ifPresent(fault -> {
            throw new CheckException(
                    "✗ " + id + ", " + fault.told(task, cases)
                            + (fault.hint().isEmpty() ? "" : "\nHint: " + fault.hint()),
                    thrown[fault.number()]);
        });
        System.out.println("✓ " + id + ": right" + (cases.size() == 1 ? "." : " in all " + cases.size() + " cases."));
    }

    private static Fault.Reply ask(Task task, Inputs in, Answer answer, Throwable[] thrown, int number) {
        try {
            return new Fault.Reply(answer.of(in), "");
        } catch (Todo blank) {
            throw new CheckException(
                    "✗ " + task.id() + ": not done yet. Replace \"return Todo.here();\" in " + task.method()
                            + ", run its cell and see that it compiles, then run this one.",
                    null);
        } catch (Exception | StackOverflowError failure) {
            thrown[number] = failure;
            return new Fault.Reply(
                    null,
                    failure.getClass().getSimpleName()
                            + (failure.getMessage() == null ? "" : ": " + failure.getMessage()));
        }
    }
}
