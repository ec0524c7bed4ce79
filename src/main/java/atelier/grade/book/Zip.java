package atelier.grade.book;

import atelier.notebook.NotebookException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The files in a zip, on the disk or inside another. Nothing is ever unpacked to the disk, so an entry's path can only mislead a
 * reader; sizes are counted as the bytes come, for what a zip says of itself may be a lie.
 */
interface Zip {

    /** More files than any class hands in. */
    int MOST_ENTRIES = 20_000;

    /** What a zip inside a zip may unpack to. */
    long MOST_INNER_BYTES = 200_000_000;

    /**
     * One file inside.
     *
     * @param path with slashes
     * @param index its place among all entries
     */
    record Entry(String path, int index) {

        /** Whether the path leaves the folder that it would be unpacked to. */
        boolean escapes() {
            return path.startsWith("/")
                    || path.matches("[A-Za-z]:.*")
                    || List.of(path.split("/")).contains("..");
        }
    }

    /**
     * Its files, without the folders.
     *
     * @throws NotebookException when this is no zip, or one that no human has made
     */
    List<Entry> entries() throws IOException;

    /**
     * The bytes of one.
     *
     * @throws NotebookException when they are too many
     */
    byte[] read(Entry entry) throws IOException;

    /** A zip on the disk; only what is asked for is unpacked. */
    static Zip on(Path file) {
        return new Zip() {
            @Override
            public List<Entry> entries() throws IOException {
                try (ZipFile zip = open(file)) {
                    if (zip.size() > MOST_ENTRIES) {
                        throw tooMany();
                    }
                    List<Entry> entries = new ArrayList<>();
                    int index = 0;
                    for (ZipEntry entry : zip.stream().toList()) {
                        add(entries, entry, index++);
                    }
                    return entries;
                }
            }

            @Override
            public byte[] read(Entry wanted) throws IOException {
                try (ZipFile zip = open(file);
                        InputStream in = zip.getInputStream(
                                zip.stream().skip(wanted.index()).findFirst().orElseThrow())) {
                    return bounded(in);
                } catch (ZipException e) {
                    throw damaged();
                }
            }
        };
    }

    /** A zip inside another, which is unpacked from its start for each file. */
    static Zip in(Submission.Content bytes) {
        return new Zip() {
            @Override
            public List<Entry> entries() throws IOException {
                List<Entry> entries = new ArrayList<>();
                walk(bytes.read(), -1, entries);
                return entries;
            }

            @Override
            public byte[] read(Entry entry) throws IOException {
                return walk(bytes.read(), entry.index(), new ArrayList<>());
            }
        };
    }

    /** At most {@link Submission#MOST_BYTES} of a stream. */
    static byte[] bounded(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(Submission.MOST_BYTES + 1);
        if (bytes.length > Submission.MOST_BYTES) {
            throw new NotebookException("expected at most " + Submission.MOST_BYTES / 1_000_000
                    + " MB but got more. Clear the notebook's outputs and hand it in again");
        }
        return bytes;
    }

    // ---- names in Unicode, or as old programs write them ----

    private static Charset old() {
        return Charset.forName("IBM437");
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException | IllegalArgumentException badName) {
            try {
                return new ZipFile(file.toFile(), old());
            } catch (ZipException | IllegalArgumentException e) {
                throw damaged();
            }
        }
    }

    private static byte[] walk(byte[] bytes, int wanted, List<Entry> entries) throws IOException {
        try {
            return walk(bytes, StandardCharsets.UTF_8, wanted, entries);
        } catch (ZipException | IllegalArgumentException badName) {
            entries.clear();
            try {
                return walk(bytes, old(), wanted, entries);
            } catch (ZipException | IllegalArgumentException e) {
                throw damaged();
            }
        }
    }

    private static byte[] walk(byte[] bytes, Charset names, int wanted, List<Entry> entries) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes), names)) {
            int index = 0;
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (index == wanted) {
                    return bounded(in);
                }
                if (index >= MOST_ENTRIES) {
                    throw tooMany();
                }
                add(entries, entry, index++);
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    total += n;
                    if (total > MOST_INNER_BYTES) {
                        throw new NotebookException("expected a zip that unpacks to at most "
                                + MOST_INNER_BYTES / 1_000_000 + " MB but got more");
                    }
                }
            }
            if (index == 0) {
                throw damaged();
            }
        }
        return new byte[0];
    }

    private static void add(List<Entry> entries, ZipEntry entry, int index) {
        String path = entry.getName().replace('\\', '/');
        if (!path.endsWith("/")) {
            entries.add(new Entry(path, index));
        }
    }

    private static NotebookException tooMany() {
        return new NotebookException("expected a zip of at most " + MOST_ENTRIES + " files but got more");
    }

    private static NotebookException damaged() {
        return new NotebookException("expected a zip but got something else, or a damaged one");
    }
}
