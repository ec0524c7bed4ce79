package atelier.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * One of the files that a data set is made of.
 *
 * @param name its name, without .gz
 * @param packedBytes how large a download is, about
 * @param sha256 the digest of the unpacked file
 * @param shape how many images, rows and columns, or how many labels
 */
record Part(String name, long packedBytes, String sha256, int... shape) {

    /** How large it is unpacked. */
    long bytes() {
        long bytes = 1;
        for (int size : shape) {
            bytes *= size;
        }
        return 4 + 4 * shape.length + bytes;
    }

    /** Its file in a folder, gzip or plain; null when there is none. */
    Path find(Path folder) {
        requireFolder(folder.toAbsolutePath().getParent());
        requireFolder(folder);
        for (String ending : new String[] {".gz", ""}) {
            Path file = folder.resolve(name + ending);
            try {
                Files.readAttributes(file, BasicFileAttributes.class);
                return file;
            } catch (NoSuchFileException absent) {
                // then perhaps the other
            } catch (IOException failure) {
                throw new DataException(
                        "Mnist", "to look for " + file, DataException.reason(failure), "Check that folder.", failure);
            }
        }
        return null;
    }

    private void requireFolder(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new DataException(
                    "Mnist", "to look for " + name + " in the folder " + folder, "something else", "Check that path.");
        }
    }

    /** Reads it from a folder. */
    Idx read(Path folder) {
        Path file = find(folder);
        if (file == null) {
            throw new DataException(
                    "Mnist", name + ".gz in " + folder, "no such file", "Put it there beside the others.");
        }
        return verified(file);
    }

    /** Reads a file and checks that it is this part, to the bit. */
    Idx verified(Path file) {
        int[] found = Idx.shape(file);
        for (Part other : Mnist.PARTS) {
            if (!other.equals(this) && Arrays.equals(found, other.shape)) {
                throw new DataException(
                        "Mnist",
                        name + " in " + file,
                        "what belongs into " + other.name,
                        "Files are swapped: give each its own name.");
            }
        }
        Idx idx = Idx.read(file, shape);
        String digest = idx.sha256();
        if (!digest.equals(sha256)) {
            throw new DataException(
                    "Mnist",
                    "SHA-256 " + sha256 + " of the unpacked " + file,
                    "other bytes, SHA-256 " + digest,
                    "Get the file again.");
        }
        return idx;
    }
}
