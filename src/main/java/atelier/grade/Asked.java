package atelier.grade;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one method was asked and has answered, to be read by who graded and by who was graded.
 *
 * @param task what was to be done
 * @param cases what was asked
 * @param replies what came, a reply a case
 */
public record Asked(Task task, List<Inputs> cases, List<Fault.Reply> replies) {

    /** Every case as Java that can be pasted into a cell, with what is right and what came. */
    public String text() {
        return IntStream.range(0, cases.size()).mapToObj(this::text).collect(Collectors.joining("\n"));
    }

    private String text(int number) {
        Inputs in = cases.get(number);
        Fault.Reply reply = replies.get(number);
        Object right = Diagnosis.outcome(task.right(), in);
        String wrong =
                reply.threw().isEmpty() ? Comparison.difference(right, reply.answer()) : "threw " + reply.threw();
        String call = in.all().stream().map(Asked::java).collect(Collectors.joining(", ", task.method() + "(", ")"));
        return "// case " + (number + 1) + " of " + cases.size() + (wrong.isEmpty() ? ": right" : ": " + wrong) + "\n"
                + call + "\n// expected " + java(right) + "\n"
                + (reply.threw().isEmpty() ? "// got      " + java(reply.answer()) + "\n" : "");
    }

    /** A value as Java writes it: {@code new double[][] {{1.0, 2.0}}}. */
    private static String java(Object value) {
        if (value == null || !value.getClass().isArray()) {
            return String.valueOf(value);
        }
        String nested = Arrays.deepToString(new Object[] {value});
        String inside =
                nested.substring(1, nested.length() - 1).replace('[', '{').replace(']', '}');
        return "new " + value.getClass().getSimpleName() + " "
                + inside.replace("NaN", "Double.NaN")
                        .replace("-Infinity", "Double.NEGATIVE_INFINITY")
                        .replaceAll("(?<!_)Infinity", "Double.POSITIVE_INFINITY");
    }
}
