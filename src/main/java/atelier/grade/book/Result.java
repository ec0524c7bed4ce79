package atelier.grade.book;

import atelier.grade.Status;
import atelier.grade.Verdict;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * All about one student: what {@code results/STUDENT.json} holds.
 *
 * @param student as the files call the student
 * @param isolation what the code ran in; {@code none} is to be seen
 * @param digest of all that the verdicts depend on: the files, the exercises, the secret, the limits
 * @param papers what was handed in, file by file
 */
@JsonPropertyOrder({"student", "isolation", "digest", "papers"})
public record Result(String student, String isolation, String digest, List<Paper> papers) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * One file.
     *
     * @param exercise which it is, or the empty string where the file could not be read
     * @param file where it was
     * @param status {@link Status#PASS} when it was graded, else UNREADABLE or INFRA_ERROR
     * @param message why it was not graded
     * @param notes what a human should look at
     * @param verdicts one a question
     * @param answers the student's text, by the question's id
     */
    @JsonPropertyOrder({"exercise", "file", "status", "message", "notes", "verdicts", "answers"})
    public record Paper(
            String exercise,
            String file,
            Status status,
            String message,
            List<String> notes,
            List<Verdict> verdicts,
            Map<String, String> answers) {

        static Paper not(String exercise, String file, Status status, String message) {
            return new Paper(exercise, file, status, message, List.of(), List.of(), Map.of());
        }

        /** Points that the grader gave, null where the machine failed. */
        @JsonIgnore
        public Double score() {
            return status == Status.INFRA_ERROR
                    ? null
                    : verdicts.stream()
                            .filter(verdict -> verdict.points() != null)
                            .mapToDouble(Verdict::points)
                            .sum();
        }

        /** Points that a human has yet to give. */
        @JsonIgnore
        public double byHand() {
            return verdicts.stream()
                    .filter(verdict -> verdict.status() == Status.BY_HAND)
                    .mapToDouble(Verdict::of)
                    .sum();
        }
    }

    /** Whether the machine failed somewhere: then there is no score, and {@code --resume} tries again. */
    @JsonIgnore
    public boolean failed() {
        return papers.stream().anyMatch(paper -> paper.status() == Status.INFRA_ERROR);
    }

    /** Points that the grader gave, null where the machine failed. */
    @JsonIgnore
    public Double score() {
        return failed() ? null : papers.stream().mapToDouble(Paper::score).sum();
    }

    /** Points that a human has yet to give. */
    @JsonIgnore
    public double byHand() {
        return papers.stream().mapToDouble(Paper::byHand).sum();
    }

    /** In a word: graded, or the status that needs a look. */
    @JsonIgnore
    public String state() {
        return failed()
                ? Status.INFRA_ERROR.name()
                : papers.stream().anyMatch(paper -> paper.status() == Status.UNREADABLE)
                        ? Status.UNREADABLE.name()
                        : "graded";
    }

    byte[] json() throws IOException {
        return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IOException when the bytes are no result */
    static Result of(byte[] json) throws IOException {
        return JSON.readValue(json, Result.class);
    }
}
