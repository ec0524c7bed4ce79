package atelier.grade.box;

/** The sandbox failed, and a harmless program fails in it, too: no verdict can be given here and now. */
public final class MachineException extends Exception {

    private static final long serialVersionUID = 1;

    /** What ails it. */
    public MachineException(String message) {
        super(message);
    }
}
