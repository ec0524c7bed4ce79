package atelier.train;

/** A checkpoint cannot be read, does not belong to this training, or could not be written; one line says which and why. */
public final class CheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
