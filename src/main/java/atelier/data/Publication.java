package atelier.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * A file that appears whole or not at all.
 *
 * <p>It is written under a name of its own beside its place, forced to the disk and renamed in one step, so a reader, a
 * second process or a power cut never sees half of it. What a killed process left is swept away an hour later.
 */
final class Publication {

    private static final Duration STALE = Duration.ofHours(1);

    private Publication() {}

    /** Writes the bytes that an action makes. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file, gzip if its name ends in .gz. */
    static void write(Path file, Content content) {
        Path part = null;
        try {
            part = partBeside(file);
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                if (file.toString().endsWith(".gz")) {
                    GZIPOutputStream gzip = new BestGzip(out);
                    content.writeTo(gzip);
                    gzip.finish();
                } else {
                    content.writeTo(out);
                }
                out.flush();
                channel.force(true);
            }
            publish(part, file);
        } catch (IOException failure) {
            throw new DataException(
                    "Publication",
                    "to write " + file,
                    DataException.reason(failure),
                    "Make room there or choose another folder.",
                    failure);
        } finally {
            discard(part);
        }
    }

    /** A fresh name beside the file, in a folder that now exists and holds no stale parts. */
    static Path partBeside(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        sweep(folder);
        Path part = folder.resolve(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + "." + UUID.randomUUID() + ".part");
        part.toFile().deleteOnExit(); // a Ctrl-C leaves nothing either
        return part;
    }

    /** Renames in one step; where another process holds the old file open, as Windows allows, it tries for a second. */
    static void publish(Path part, Path file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (AccessDeniedException held) {
                if (attempt == 10) {
                    throw held;
                }
                pause();
            }
        }
    }

    static void discard(Path part) {
        try {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException stays) {
            // it goes when this process ends
        }
    }

    /** Removes parts that a killed process left more than an hour ago. */
    static void sweep(Path folder) throws IOException {
        Instant stale = Instant.now().minus(STALE);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, Publication::isPart)) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(stale)) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    private static boolean isPart(Path path) {
        return path.getFileName().toString().matches("\\..+\\.\\d+\\.[0-9a-f-]{36}\\.part");
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }

    /** Packs as small as it goes. */
    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(9);
        }
    }
}
