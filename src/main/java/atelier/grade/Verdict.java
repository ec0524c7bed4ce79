package atelier.grade;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What became of one question.
 *
 * @param id of the question
 * @param status what happened
 * @param points given; null where this machine failed, or where a human has yet to read
 * @param of how many there are
 * @param message for who grades: what was asked, expected, and got
 * @param hint the usual mistake that it looks like, or the empty string
 * @param feedback for the student: what happened, without the cases that the next student will be asked, too
 */
@JsonPropertyOrder({"id", "status", "points", "of", "message", "hint", "feedback"})
public record Verdict(
        String id, Status status, Double points, double of, String message, String hint, String feedback) {

    static Verdict of(Paper.Question question, Status status, String message) {
        return of(question, status, message, "", message);
    }

    static Verdict of(Paper.Question question, Status status, String message, String hint, String feedback) {
        Double points = status == Status.PASS ? Double.valueOf(question.points()) : Double.valueOf(0);
        return new Verdict(
                question.id(),
                status,
                status == Status.INFRA_ERROR ? null : points,
                question.points(),
                message,
                hint,
                feedback);
    }
}
