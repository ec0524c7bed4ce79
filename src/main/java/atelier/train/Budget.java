package atelier.train;

/**
 * How much work a notebook should do: all of it, or, when it is only checked ({@code ./atelier run --quick}), a little.
 *
 * <pre>{@code
 * int epochs = Budget.epochs(5);          // 1 when quick
 * int images = Budget.images(60_000);     // at most 1,000 when quick
 * }</pre>
 *
 * <p>Quick is the system property {@code atelier.quick=true} or the environment variable {@code ATELIER_QUICK=true}; with
 * neither, every call gives back what it was asked for.
 */
public final class Budget {

    private static final int QUICK_IMAGES = 1_000;

    private Budget() {}

    /** Whether a little work is enough. */
    public static boolean quick() {
        return Boolean.getBoolean("atelier.quick") || Boolean.parseBoolean(System.getenv("ATELIER_QUICK"));
    }

    /** So many epochs, or one. */
    public static int epochs(int full) {
        return of(full, 1);
    }

    /** So many images, or at most a thousand. */
    public static int images(int full) {
        return of(full, QUICK_IMAGES);
    }

    /** {@code full}, or, when quick, at most {@code little}. */
    public static int of(int full, int little) {
        return quick() ? Math.min(full, little) : full;
    }
}
