package atelier.tensor;

/** A tensor does not have the shape that an operation needs; the message names both shapes and what to do. */
public final class ShapeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public ShapeException(String message) {
        super(message);
    }
}
