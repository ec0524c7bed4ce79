package atelier.grade;

/** An answer that is not right yet; its message is meant for the student. */
public final class CheckException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CheckException(String message) {
        super(message);
    }
}
