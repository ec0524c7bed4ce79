package atelier.sandbox;

/** Where the method under examination is handed over: a line in the notebook opens it, the examinee calls it. */
public final class Door {

    private static Question open;

    private Door() {}

    /** A call with arguments of any type. */
    @FunctionalInterface
    public interface Question {

        /** What the method returns. */
        Object answer(Object[] in) throws Throwable;
    }

    /** Called from the notebook: this is the method. Of a name that no student will take for something else. */
    public static void openTheDoor(Question question) {
        open = question;
    }

    static void close() {
        open = null;
    }

    static boolean isOpen() {
        return open != null;
    }

    static Object answer(Object[] in) throws Throwable {
        return open.answer(in);
    }
}
