package atelier.grade;

import atelier.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * One graded method: how it is called, what it is asked, what is right, and what the usual mistakes would give.
 *
 * @param id names it in the notebook's metadata and in {@link Check}: lower-case words with hyphens
 * @param signature its head in Java, {@code double[][] slide(double[][] x, double[][] w)}
 * @param points for answers that are right in every case
 * @param cases how many cases are drawn
 * @param right the definition
 * @param mistakes each with its hint, the more particular first
 */
public record Task(
        String id, String signature, int points, int cases, Draw draw, Answer right, List<Mistake> mistakes) {

    /** The arguments of one case; the seed decides all but its number. */
    public Inputs inputs(long seed, int number) {
        return draw.inputs(number, RandomStream.seed(seed).split(number));
    }

    /** The method's name. */
    public String method() {
        String head = signature.substring(0, signature.indexOf('('));
        return head.substring(head.lastIndexOf(' ') + 1);
    }

    /** The names of its parameters. */
    List<String> parameters() {
        String inside = signature.substring(signature.indexOf('(') + 1, signature.lastIndexOf(')'));
        return Arrays.stream(inside.split(","))
                .map(String::strip)
                .filter(parameter -> !parameter.isEmpty())
                .map(parameter -> parameter.substring(parameter.lastIndexOf(' ') + 1))
                .toList();
    }
}
