package atelier.train;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The form of a checkpoint in a file: numbers with the high byte first, every list after its length.
 *
 * <pre>{@code
 * magic 8 | version 4 | length of the file 8 | identity | position | parameters | buffers | optimisers
 *         | random positions | history | SHA-256 of all that 32
 * }</pre>
 *
 * <p>The magic begins with a byte that is no text and holds both line ends, so that a transfer as text is noticed. Reading
 * checks the digest first, and believes no size that the remaining bytes cannot hold.
 */
final class CheckpointFormat {

    static final byte[] MAGIC = {(byte) 0x89, 'A', 'T', 'L', '\r', '\n', 0x1A, '\n'};
    static final int VERSION = 1;
    static final int HEAD = MAGIC.length + Integer.BYTES + Long.BYTES;
    static final int DIGEST = 32;

    private CheckpointFormat() {}

    /** Of all bytes but the last 32, where it is stored. */
    static byte[] digest(byte[] file) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(file, 0, file.length - DIGEST);
            return sha.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every JDK has SHA-256
        }
    }
}
