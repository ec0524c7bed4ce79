package atelier.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The places on the net that hold MNIST's files; one after the other is asked until one sends the right bytes.
 *
 * <p>The environment variable ATELIER_MIRRORS replaces the list (addresses parted by spaces, https only, or http on this
 * very machine). Whatever a mirror sends is checked against MNIST's digests before it gets its name, so no mirror need be trusted.
 */
final class Mirrors {

    private static final List<String> PUBLIC = List.of(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
            "https://raw.githubusercontent.com/fgnt/mnist/master/");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<URI> addresses;
    private final Download download;

    Mirrors(List<String> addresses, Duration patience) {
        this.addresses = addresses.stream().map(Mirrors::address).toList();
        this.download = new Download(patience);
    }

    static Mirrors known() {
        String others = System.getenv("ATELIER_MIRRORS");
        return new Mirrors(
                others == null || others.isBlank()
                        ? PUBLIC
                        : List.of(others.strip().split("\\s+")),
                PATIENCE);
    }

    private static URI address(String text) {
        URI address = null;
        try {
            address = URI.create(text.endsWith("/") ? text : text + "/");
        } catch (IllegalArgumentException malformed) {
            // refused below, with its text
        }
        if (address == null || !Download.isAllowed(address)) {
            throw new DataException(
                    "Mirrors", "addresses that begin with https://", text, "Correct the variable ATELIER_MIRRORS.");
        }
        return address;
    }

    /**
     * Puts a part of MNIST into a folder, checked and whole, or leaves nothing there.
     *
     * @throws DataException when no mirror sends it, or the folder cannot take it
     */
    void fetch(Part part, Path folder, FetchListener listener) {
        Path file = folder.resolve(part.name() + ".gz");
        List<String> failures = new ArrayList<>();
        for (URI mirror : addresses) {
            listener.note("Fetching " + file.getFileName() + " from " + mirror.getHost());
            String failure = ask(mirror.resolve(file.getFileName().toString()), part, file, listener);
            if (failure == null) {
                return;
            }
            failures.add(mirror.getHost() + " " + failure);
        }
        throw new DataException(
                "Mnist",
                part.name() + ".gz from a mirror",
                String.join("; ", failures),
                "Put MNIST's four files into " + folder
                        + " by hand (see datasets/README.md), or use scribbles, which needs no download:"
                        + " --data scribbles, Datasets.load(\"scribbles\").");
    }

    /** Null when the file is in its place; else what the mirror did. */
    private String ask(URI from, Part part, Path file, FetchListener listener) {
        Path received = null;
        try {
            received = Publication.partBeside(file);
            try (FileChannel to = FileChannel.open(received, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                String failure = receive(from, to, part, listener);
                if (failure != null) {
                    return failure;
                }
                to.force(true);
            }
            part.verified(received);
            Publication.publish(received, file);
            return null;
        } catch (DataException wrongContent) {
            return "sent " + wrongContent.got();
        } catch (ClosedByInterruptException stop) {
            throw interrupted(part, stop);
        } catch (IOException disk) {
            throw noRoom(file, part, disk);
        } catch (UncheckedIOException disk) {
            throw noRoom(file, part, disk.getCause());
        } finally {
            Publication.discard(received);
        }
    }

    private String receive(URI from, FileChannel to, Part part, FetchListener listener) {
        try {
            download.fetch(from, to, part.bytes(), bytes -> listener.progress(part.name(), bytes, part.packedBytes()));
            return null;
        } catch (IOException failure) {
            return "failed (" + DataException.reason(failure) + ")";
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw interrupted(part, stop);
        }
    }

    private static DataException interrupted(Part part, Exception stop) {
        return new DataException("Mnist", "time to fetch " + part.name(), "an interrupt", "Run it again.", stop);
    }

    private static DataException noRoom(Path file, Part part, IOException failure) {
        return new DataException(
                "Mnist",
                "to write " + part.packedBytes() + " bytes to " + file,
                DataException.reason(failure),
                "Make room there, or fetch into another folder (./atelier data fetch mnist --to DIR) and set"
                        + " ATELIER_DATASETS to it, or use scribbles, which needs no files.",
                failure);
    }
}
