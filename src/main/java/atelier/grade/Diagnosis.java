package atelier.grade;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Guesses how a wrong answer came about: by a known mistake, or by a factor that all its numbers share. */
final class Diagnosis {

    private Diagnosis() {}

    /**
     * A hint, if the answers look like something.
     *
     * @param cases what was asked
     * @param answers what came, null where nothing did
     * @param wrong the first case whose answer is wrong
     */
    static Optional<String> of(Task task, List<Inputs> cases, List<Object> answers, int wrong) {
        return task.mistakes().stream()
                .filter(mistake -> IntStream.range(0, cases.size())
                        .allMatch(i -> alike(outcome(mistake.answer(), cases.get(i)), answers.get(i))))
                .findFirst()
                .or(() -> task.mistakes().stream()
                        .filter(mistake -> answers.get(wrong) != null
                                && alike(outcome(mistake.answer(), cases.get(wrong)), answers.get(wrong)))
                        .findFirst())
                .map(Mistake::hint)
                .or(() -> factor(outcome(task.right(), cases.get(wrong)), answers.get(wrong)));
    }

    /** What an answer gives, null where it throws. */
    static Object outcome(Answer answer, Inputs in) {
        try {
            return answer.of(in);
        } catch (Exception | StackOverflowError e) {
            return null;
        }
    }

    /** The same, infinities and what is not a number included. */
    private static boolean alike(Object expected, Object got) {
        if (expected == null || got == null) {
            return expected == got;
        }
        if (!Comparison.form(expected, got).isEmpty()) {
            return false;
        }
        double[] a = Comparison.numbers(expected);
        double[] b = Comparison.numbers(got);
        return IntStream.range(0, a.length)
                .allMatch(i -> Comparison.same(a[i], b[i]) || Double.compare(a[i], b[i]) == 0);
    }

    private static Optional<String> factor(Object right, Object got) {
        if (!Comparison.form(right, got).isEmpty()) {
            return Optional.empty();
        }
        double[] expected = Comparison.numbers(right);
        double[] found = Comparison.numbers(got);
        double factor = found[0] / expected[0];
        for (int i = 0; i < expected.length; i++) {
            if (expected.length < 2
                    || !(Math.abs(found[i] - factor * expected[i]) <= 1e-9 * (1 + Math.abs(found[i])))) {
                return Optional.empty();
            }
        }
        return Optional.of(
                factor == 0
                        ? "All your numbers are 0. Is the array filled, or returned as it was made?"
                        : factor == -1
                                ? "All your numbers are right but for the sign."
                                : "All your numbers are " + (float) factor
                                        + " times the right ones: is something counted twice, or a sum taken for a mean?");
    }
}
