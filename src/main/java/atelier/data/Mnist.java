package atelier.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;

/**
 * The MNIST digits: 60,000 handwritten digits to learn from and 10,000 to be judged by, 28×28 pixels, white on black.
 *
 * <p>Looked for in $ATELIER_DATASETS/mnist, which is only ever read, then in the project's datasets/mnist; what is not there
 * is downloaded to the latter, where a damaged file is put aside and fetched again. A file is used only if the SHA-256 of its
 * unpacked bytes is MNIST's.
 *
 * <p>Source: LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document recognition",
 * doi:10.1109/5.726791.
 */
public final class Mnist {

    static final List<Part> PARTS = List.of(
            new Part(
                    "train-images-idx3-ubyte",
                    9_912_422,
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                    60_000,
                    28,
                    28),
            new Part(
                    "train-labels-idx1-ubyte",
                    28_881,
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                    60_000),
            new Part(
                    "t10k-images-idx3-ubyte",
                    1_648_877,
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                    10_000,
                    28,
                    28),
            new Part(
                    "t10k-labels-idx1-ubyte",
                    4_542,
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
                    10_000));

    private Mnist() {}

    /** One of the four files: its name, how large a download is, the digest of what is in it and its shape. */
    record Part(String name, long packedBytes, String sha256, int... shape) {

        /** How large it is unpacked. */
        long bytes() {
            long bytes = 1;
            for (int size : shape) {
                bytes *= size;
            }
            return 4 + 4 * shape.length + bytes;
        }
    }

    /** @throws DataException when it is neither here, intact, nor to be had */
    public static Dataset load(FetchListener listener) {
        return load(Places.own("mnist"), Places.downloads("mnist"), listener);
    }

    /** The folder that downloads land in. */
    public static Path downloads() {
        return Places.downloads("mnist");
    }

    /** Fetches what is missing or damaged in a folder, and checks the rest. */
    public static void fetch(Path folder, FetchListener listener) {
        complete(folder, Mirrors.known(), listener);
    }

    static Dataset load(Path own, Path downloads, FetchListener listener) {
        if (own != null && PARTS.stream().anyMatch(part -> find(own, part) != null)) {
            return dataset(PARTS.stream().map(part -> read(own, part)).toArray(Idx[]::new));
        }
        return dataset(complete(downloads, Mirrors.known(), listener));
    }

    private static Dataset dataset(Idx... parts) {
        return new Dataset(
                "mnist",
                new ImageSet(parts[0].values(), parts[1].values(), 28, 28),
                new ImageSet(parts[2].values(), parts[3].values(), 28, 28));
    }

    /** Where it is and whether its digests hold; nothing is fetched. */
    static Holding holding() {
        return holding(Places.own("mnist"), Places.downloads("mnist"));
    }

    static Holding holding(Path own, Path downloads) {
        for (Path folder : own == null ? List.of(downloads) : List.of(own, downloads)) {
            try {
                if (PARTS.stream().anyMatch(part -> find(folder, part) != null)) {
                    PARTS.forEach(part -> read(folder, part));
                    return new Holding("mnist", folder.toString(), "60,000 + 10,000", "digests hold", true);
                }
            } catch (DataException wrong) {
                return new Holding("mnist", folder.toString(), "", wrong.getMessage(), false);
            }
        }
        return new Holding("mnist", "not here", "60,000 + 10,000", "get it: ./atelier data fetch mnist", true);
    }

    /** Reads all parts from a folder of downloads; what is missing or damaged there is fetched. */
    static Idx[] complete(Path folder, Mirrors mirrors, FetchListener listener) {
        return PARTS.stream()
                .map(part -> complete(folder, part, mirrors, listener))
                .toArray(Idx[]::new);
    }

    static Idx complete(Path folder, Part part, Mirrors mirrors, FetchListener listener) {
        Path file = find(folder, part);
        if (file != null) {
            try {
                return verified(file, part);
            } catch (DataException damaged) {
                putAside(file, damaged, listener);
            }
        }
        mirrors.fetch(part, folder, listener);
        return read(folder, part);
    }

    private static void putAside(Path file, DataException damaged, FetchListener listener) {
        if (!damaged.isDamage()) {
            throw damaged;
        }
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException readOnly) {
            throw damaged;
        }
        listener.note(damaged.getMessage() + " It is now " + aside.getFileName() + ".");
    }

    static Idx read(Path folder, Part part) {
        Path file = find(folder, part);
        if (file == null) {
            throw new DataException(
                    "Mnist", part.name() + ".gz in " + folder, "no such file", "Put it there beside the others.");
        }
        return verified(file, part);
    }

    /** Reads a file and checks that it is this part of MNIST, to the bit. */
    static Idx verified(Path file, Part part) {
        int[] shape = Idx.shape(file);
        for (Part other : PARTS) {
            if (other != part && Arrays.equals(shape, other.shape())) {
                throw new DataException(
                        "Mnist",
                        part.name() + " in " + file,
                        "what belongs into " + other.name(),
                        "Files are swapped: give each its own name.");
            }
        }
        Idx idx = Idx.read(file, part.shape());
        String digest = idx.sha256();
        if (!digest.equals(part.sha256())) {
            throw new DataException(
                    "Mnist",
                    "SHA-256 " + part.sha256() + " of the unpacked " + file,
                    "other bytes, SHA-256 " + digest,
                    "Get the file again.");
        }
        return idx;
    }

    /** The file of a part, gzip or plain; null when there is none. */
    static Path find(Path folder, Part part) {
        for (String ending : new String[] {".gz", ""}) {
            Path file = folder.resolve(part.name() + ending);
            try {
                Files.readAttributes(file, BasicFileAttributes.class);
                return file;
            } catch (NoSuchFileException absent) {
                continue;
            } catch (IOException failure) {
                throw new DataException(
                        "Mnist", "to look for " + file, DataException.reason(failure), "Check that folder.", failure);
            }
        }
        return null;
    }
}
