package atelier.grade;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a course keeps to itself: the graded cases follow from it, {@code seed = HMAC-SHA256(secret, task)}, so that nobody
 * can work them out beforehand, and whoever has it can ask the same again years later.
 */
public final class Secret {

    private static final int LEAST_BYTES = 16;
    private static final int MOST_BYTES = 4096;

    private final byte[] key;

    private Secret(byte[] key) {
        this.key = key;
    }

    /** The secret in a file; where there is none, a new one is written that only its owner can read. */
    public static Secret in(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] fresh = new byte[32];
            new SecureRandom().nextBytes(fresh);
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                } else {
                    Files.createFile(file);
                }
                Files.writeString(file, HexFormat.of().formatHex(fresh) + "\n");
            } catch (FileAlreadyExistsException another) {
                // a second grader was faster: its secret is as good
            }
        }
        if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
            throw new IOException("Secret: expected a file of up to " + MOST_BYTES + " bytes at " + file
                    + " but got something else. Name another with --secret.");
        }
        return of(Files.readString(file).strip());
    }

    /**
     * A secret from its text.
     *
     * @throws IOException when it is short enough to be guessed
     */
    public static Secret of(String text) throws IOException {
        byte[] key = text.getBytes(StandardCharsets.UTF_8);
        if (key.length < LEAST_BYTES) {
            throw new IOException("Secret: expected at least " + LEAST_BYTES + " characters but got " + key.length
                    + ". Delete the file to get a fresh secret.");
        }
        return new Secret(key);
    }

    /** The seed of a task's graded cases. */
    public long seed(String task) {
        return ByteBuffer.wrap(hmac("task " + task)).getLong();
    }

    /** Tells two secrets apart and gives neither away. */
    public String fingerprint() {
        return HexFormat.of().formatHex(hmac("fingerprint"), 0, 6);
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
