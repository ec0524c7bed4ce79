package atelier.grade.box;

import atelier.grade.Status;

/** The examinee gives no answer any more; its box is gone. */
public final class Lost extends Exception {

    private static final long serialVersionUID = 1;

    private final Status status;
    private final boolean certain;

    public Lost(Status status, boolean certain, String message) {
        super(message);
        this.status = status;
        this.certain = certain;
    }

    /** {@link Status#TIMEOUT}, {@link Status#CRASH}, {@link Status#PROTOCOL}, or {@link Status#INFRA_ERROR} where it never began. */
    public Status status() {
        return status;
    }

    /** Whether it was the student's code that used up its time or spoke out of turn; otherwise the machine may be the cause. */
    public boolean certain() {
        return certain;
    }
}
