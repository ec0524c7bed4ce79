package atelier.grade;

import java.util.ArrayList;
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
        List<Reply> replies = cases.stream().map(in -> ask(task, in, answer)).toList();
        for (int i = 0; i < cases.size(); i++) {
            String wrong = replies.get(i).wrong();
            if (!wrong.isEmpty()) {
                Inputs in = cases.get(i);
                List<Object> answers = new ArrayList<>();
                replies.forEach(reply -> answers.add(reply.answer()));
                throw new CheckException("✗ " + id + ", case " + (i + 1) + " of " + cases.size()
                        + (in.count() == 0 ? "" : ", " + in.named(task.parameters())) + ".\n" + wrong
                        + Diagnosis.of(task, cases, answers, i)
                                .map(hint -> "\nHint: " + hint)
                                .orElse(""));
            }
        }
        System.out.println("✓ " + id + ": right" + (cases.size() == 1 ? "." : " in all " + cases.size() + " cases."));
    }

    /** What came, null where nothing did, and what is wrong with it. */
    private record Reply(Object answer, String wrong) {}

    private static Reply ask(Task task, Inputs in, Answer answer) {
        try {
            Object got = answer.of(in);
            return new Reply(got, Comparison.difference(Diagnosis.outcome(task.right(), in), got));
        } catch (Todo blank) {
            throw new CheckException("✗ " + task.id() + ": not done yet. Replace \"return Todo.here();\" in "
                    + task.method() + ", run its cell, then this one.");
        } catch (Exception | StackOverflowError failure) {
            return new Reply(
                    null,
                    "It threw " + failure.getClass().getSimpleName()
                            + (failure.getMessage() == null ? "." : ": " + failure.getMessage() + "."));
        }
    }
}
