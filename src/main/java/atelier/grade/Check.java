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
        List<Fault.Reply> replies =
                cases.stream().map(in -> ask(task, in, answer)).toList();
        Fault.first(task, cases, replies).ifPresent(fault -> {
            throw new CheckException("✗ " + id + ", " + fault.told(task, cases)
                    + (fault.hint().isEmpty() ? "" : "\nHint: " + fault.hint()));
        });
        System.out.println("✓ " + id + ": right" + (cases.size() == 1 ? "." : " in all " + cases.size() + " cases."));
    }

    private static Fault.Reply ask(Task task, Inputs in, Answer answer) {
        try {
            return new Fault.Reply(answer.of(in), "");
        } catch (Todo blank) {
            throw new CheckException("✗ " + task.id() + ": not done yet. Replace \"return Todo.here();\" in "
                    + task.method() + ", run its cell, then this one.");
        } catch (Exception | StackOverflowError failure) {
            return new Fault.Reply(
                    null,
                    failure.getClass().getSimpleName()
                            + (failure.getMessage() == null ? "" : ": " + failure.getMessage()));
        }
    }
}
