package atelier.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        if (own != null && PARTS.stream().anyMatch(part -> part.find(own) != null)) {
            return dataset(PARTS.stream().map(part -> part.read(own)).toArray(Idx[]::new));
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
                if (PARTS.stream().anyMatch(part -> part.find(folder) != null)) {
                    PARTS.forEach(part -> part.read(folder));
                    return new Holding("mnist", folder.toString(), "60,000 + 10,000", "digests hold", true);
                }
            } catch (DataException wrong) {
                return new Holding("mnist", folder.toString(), "", wrong.getMessage(), false);
            }
        }
        return new Holding("mnist", "./atelier data fetch mnist", "60,000 + 10,000", Holding.NOT_HERE, true);
    }

    /** Reads all parts from a folder of downloads; what is missing or damaged there is fetched. */
    static Idx[] complete(Path folder, Mirrors mirrors, FetchListener listener) {
        return PARTS.stream()
                .map(part -> complete(folder, part, mirrors, listener))
                .toArray(Idx[]::new);
    }

    static Idx complete(Path folder, Part part, Mirrors mirrors, FetchListener listener) {
        Path file = part.find(folder);
        if (file != null) {
            try {
                return part.verified(file);
            } catch (DataException damaged) {
                putAside(file, damaged, listener);
            }
        }
        mirrors.fetch(part, folder, listener);
        return part.read(folder);
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
}
