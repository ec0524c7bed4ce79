package atelier.data;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/** Data is missing, unreadable or not what it claims to be; the message is one line that says what to do. */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String got;

    /** The message reads {@code where: expected … but got …. What to do.} */
    public DataException(String where, String expected, String got, String remedy) {
        this(where, expected, got, remedy, null);
    }

    public DataException(String where, String expected, String got, String remedy, Throwable cause) {
        super(where + ": expected " + expected + " but got " + got + ". " + remedy, cause);
        this.got = got;
    }

    /** What there was instead of what was expected. */
    public String got() {
        return got;
    }

    /** Whether the bytes were read and are wrong, rather than not to be read now. */
    boolean isDamage() {
        return getCause() == null || getCause() instanceof ZipException || getCause() instanceof EOFException;
    }

    /** What went wrong, in words, without the path that most messages of the file system repeat. */
    static String reason(Throwable failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        if (failure instanceof ConnectException || failure instanceof HttpTimeoutException) {
            return "no connection";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().get();
    }
}
