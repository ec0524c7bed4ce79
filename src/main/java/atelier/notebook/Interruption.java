package atelier.notebook;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/**
 * Stops a running cell at its next loop turn or method call, at no cost while nobody asks for it.
 *
 * <p>Every loop and method of a cell calls {@link #point}; {@link Weaving} puts the calls there. While no stop is asked
 * for, the call does nothing and the just-in-time compiler drops it. {@link #start} retargets the call: the JVM throws away
 * the code compiled for the old target, and every such place now throws {@link Stopped}.
 */
public final class Interruption {

    /** Ends a cell. An error, so that a cell's own {@code catch (Exception e)} does not swallow it. */
    public static final class Stopped extends Error {
        private static final long serialVersionUID = 1;

        private Stopped() {
            super("the cell was interrupted");
        }
    }

    private static final MethodType NO_ARGUMENTS = MethodType.methodType(void.class);
    private static final MutableCallSite EVERYWHERE = new MutableCallSite(MethodHandles.empty(NO_ARGUMENTS));

    private static volatile boolean started;

    private Interruption() {}

    /** Links one woven place: the JVM calls this the first time the place is reached. */
    public static CallSite point(MethodHandles.Lookup caller, String name, MethodType type) {
        return EVERYWHERE;
    }

    /** From now on, woven code ends where it is. */
    static void start() {
        retarget(throwing());
        started = true;
    }

    /** Lets woven code run again. */
    static void clear() {
        if (started) {
            retarget(MethodHandles.empty(NO_ARGUMENTS));
            started = false;
        }
    }

    private static void retarget(MethodHandle target) {
        EVERYWHERE.setTarget(target);
        MutableCallSite.syncAll(new MutableCallSite[] {EVERYWHERE});
    }

    private static MethodHandle throwing() {
        try {
            return MethodHandles.lookup().findStatic(Interruption.class, "end", NO_ARGUMENTS);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("Interruption.end", impossible);
        }
    }

    @SuppressWarnings("UnusedMethod") // called through the handle above
    private static void end() {
        throw new Stopped();
    }
}
