package atelier.train;

/**
 * A number that must be finite is not; thrown before the update, so the parameters are still the last finite ones. Where players move
 * in turn, some may have moved by then: a {@link Training} puts them back.
 */
public final class NonFiniteException extends ArithmeticException {

    private static final long serialVersionUID = 1L;

    public NonFiniteException(String message) {
        super(message);
    }
}
