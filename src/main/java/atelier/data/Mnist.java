package atelier.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The MNIST digits: 60,000 handwritten digits to learn from and 10,000 to be judged by, 28×28 pixels, white on black.
 *
 * <p>Looked for in $ATELIER_DATASETS/mnist, then in the project's datasets/mnist; what is not there is downloaded to the
 * latter. A file is used only if the SHA-256 of its unpacked bytes is MNIST's.
 *
 * <p>Source: LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document recognition",
 * doi:10.1109/5.726791.
 */
public final class Mnist {

    static final List<Part> PARTS = List.of(
            new Part(
                    "train-images-idx3-ubyte",
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                    60_000,
                    28,
                    28),
            new Part(
                    "train-labels-idx1-ubyte",
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                    60_000),
            new Part(
                    "t10k-images-idx3-ubyte",
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                    10_000,
                    28,
                    28),
            new Part(
                    "t10k-labels-idx1-ubyte",
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
                    10_000));

    private Mnist() {}

    /** One of the four files. */
    record Part(String name, String sha256, int... shape) {}

    /** @throws DataException when it is not here or not intact */
    public static Dataset load() {
        for (Path folder : Places.of("mnist")) {
            if (PARTS.stream().anyMatch(part -> find(folder, part) != null)) {
                return read(folder);
            }
        }
        throw new DataException("Mnist: expected its four files in one of " + Places.of("mnist") + " but got none. "
                + "Put them there, or use --data scribbles, Datasets.load(\"scribbles\"), which needs no files.");
    }

    static Dataset read(Path folder) {
        Idx[] idx = PARTS.stream().map(part -> read(folder, part)).toArray(Idx[]::new);
        return new Dataset(
                "mnist",
                new ImageSet(idx[0].values(), idx[1].values(), 28, 28),
                new ImageSet(idx[2].values(), idx[3].values(), 28, 28));
    }

    private static Idx read(Path folder, Part part) {
        Path file = find(folder, part);
        if (file == null) {
            throw new DataException("Mnist: expected " + part.name() + ".gz in " + folder
                    + " but got no such file. Put it there beside the other three.");
        }
        return verified(file, part);
    }

    /** Reads a file and checks that it is this part of MNIST, to the bit. */
    static Idx verified(Path file, Part part) {
        int[] shape = Idx.shape(file);
        for (Part other : PARTS) {
            if (other != part && Arrays.equals(shape, other.shape())) {
                throw new DataException("Mnist: expected " + part.name() + " in " + file + " but got what looks like "
                        + other.name() + ". The two files are swapped: give each its own name.");
            }
        }
        Idx idx = Idx.read(file, part.shape());
        String digest = idx.sha256();
        if (!digest.equals(part.sha256())) {
            throw new DataException("Mnist: expected SHA-256 " + part.sha256() + " of the unpacked " + file
                    + " but got " + digest + ". The file is damaged: get it again.");
        }
        return idx;
    }

    /** The file of a part, gzip or plain; null when there is none. */
    static Path find(Path folder, Part part) {
        for (String ending : new String[] {".gz", ""}) {
            Path file = folder.resolve(part.name() + ending);
            try {
                Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
                return file;
            } catch (NoSuchFileException absent) {
                continue;
            } catch (IOException failure) {
                throw new DataException(
                        "Mnist: expected to look for " + file + " but got: " + DataException.reason(failure)
                                + ". Check the folder.",
                        failure);
            }
        }
        return null;
    }
}
