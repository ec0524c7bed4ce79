package atelier.grade;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first case in which a method is wrong, and what it looks like.
 *
 * @param number of the case, counted from 0
 * @param threw whether nothing came but an exception
 * @param what expected and got, or the exception
 * @param form the same where type or shape are wrong or nothing came, without any number; else the empty string
 * @param hint the usual mistake that the answers look like, or the empty string
 */
public record Fault(int number, boolean threw, String what, String form, String hint) {

    /**
     * What came of one case.
     *
     * @param answer what was returned, null where nothing was
     * @param threw what was thrown instead, or the empty string
     */
    public record Reply(Object answer, String threw) {}

    /** The first, if any; all cases must have been asked, for it is all of them that tell a mistake. */
    static Optional<Fault> first(Task task, List<Inputs> cases, List<Reply> replies) {
        List<Object> answers = new ArrayList<>();
        replies.forEach(reply -> answers.add(reply.answer()));
        for (int i = 0; i < cases.size(); i++) {
            Reply reply = replies.get(i);
            Object right = Diagnosis.outcome(task.right(), cases.get(i));
            boolean threw = !reply.threw().isEmpty();
            String form = threw ? "It threw " + reply.threw() + "." : Comparison.form(right, reply.answer());
            String what = form.isEmpty() ? Comparison.difference(right, reply.answer()) : form;
            if (!what.isEmpty()) {
                String hint = Diagnosis.of(task, cases, answers, i).orElse(whatItThrew(reply.threw()));
                return Optional.of(new Fault(i, threw, what, form, hint));
            }
        }
        return Optional.empty();
    }

    private static String whatItThrew(String threw) {
        return threw.startsWith("ArrayIndexOutOfBoundsException")
                ? "An index has left its array: how far may each loop run, and is the array as large as it must be?"
                : threw.startsWith("NullPointerException")
                        ? "Something was not made yet: a row of the array, perhaps?"
                        : "";
    }

    /** Case, arguments, and what is wrong with the answer. */
    String told(Task task, List<Inputs> cases) {
        Inputs in = cases.get(number);
        return "case " + (number + 1) + " of " + cases.size()
                + (in.count() == 0 ? "" : ", " + in.named(task.parameters())) + ".\n" + what;
    }
}
