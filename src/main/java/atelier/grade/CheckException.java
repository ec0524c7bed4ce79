package atelier.grade;

/** An answer that is not right yet; its message is meant for the student. */
public final class CheckException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Without a trace of its own, which would only show the checker; the cause, if any, leads to the student's line.
     *
     * @param cause what the method threw, or null
     */
    CheckException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
