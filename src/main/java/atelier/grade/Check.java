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
        List<Object> answers = new ArrayList<>();
        List<String> wrongs = new ArrayList<>();
        for (Inputs in : cases) {
            ask(task, in, answer, answers, wrongs);
        }
        for (int i = 0; i < cases.size(); i++) {
            if (!wrongs.get(i).isEmpty()) {
                Inputs in = cases.get(i);
                throw new CheckException("✗ " + id + ", case " + (i + 1) + " of " + cases.size()
                        + (in.count() == 0 ? "" : ", " + in.named(task.parameters())) + ".\n" + wrongs.get(i)
                        + Diagnosis.of(task, cases, answers, i)
                                .map(hint -> "\nHint: " + hint)
                                .orElse(""));
            }
        }
        System.out.println("✓ " + id + ": right" + (cases.size() == 1 ? "." : " in all " + cases.size() + " cases."));
    }

    private static void ask(Task task, Inputs in, Answer answer, List<Object> answers, List<String> wrongs) {
        try {
            Object got = answer.of(in);
            answers.add(got);
            wrongs.add(Comparison.difference(Diagnosis.outcome(task.right(), in), got));
        } catch (Todo blank) {
            throw new CheckException("✗ " + task.id() + ": not done yet. Replace \"return Todo.here();\" in "
                    + task.method() + ", run its cell, then this one.");
        } catch (Exception | StackOverflowError failure) {
            answers.add(null);
            wrongs.add("It threw " + failure.getClass().getSimpleName()
                    + (failure.getMessage() == null ? "." : ": " + failure.getMessage() + "."));
        }
    }
}
