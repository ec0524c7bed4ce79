package atelier.notebook;

import java.io.IOException;

/** A file that cannot be used as a notebook; the message says which and why. */
public final class NotebookException extends IOException {

    private static final long serialVersionUID = 1;

    public NotebookException(String message) {
        super(message);
    }
}
