package atelier.train;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Writes a file so that a reader, or a crash, meets the old one or the new one and never half of either. */
public final class Replace {

    private Replace() {}

    /** Writes beside the target: another file system could not be renamed from. Not interruptible, unlike a channel. */
    static Path beside(Path target, byte[] bytes) throws IOException {
        Path temporary = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
            out.write(bytes);
            out.getFD().sync();
        } catch (IOException failure) {
            Files.deleteIfExists(temporary);
            throw failure;
        }
        return temporary;
    }

    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** @throws IOException saying which file and why; what was there before is untouched */
    public static void write(Path target, byte[] bytes) throws IOException {
        try {
            move(beside(target, bytes), target);
            sync(target.toAbsolutePath().getParent());
        } catch (IOException failure) {
            throw new IOException(
                    "Replace: expected to write " + target + " but got: " + reason(failure)
                            + ". Make room, or choose another folder.",
                    failure);
        }
    }

    /** Makes renames last through a power cut, where the system lets a folder be opened. */
    static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notPossibleHere) {
            // Windows: renames are written through
        }
    }

    /** Removes what processes left behind that were killed while they wrote. */
    static void sweep(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Replace::isStale).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isStale(Path file) {
        String name = file.getFileName().toString();
        if (!name.matches("\\.[a-z.]+\\.\\d{1,18}\\.tmp")) {
            return false;
        }
        String[] parts = name.split("\\.");
        long pid = Long.parseLong(parts[parts.length - 2]);
        return pid == ProcessHandle.current().pid()
                || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** The cause in words, without the path that the caller names anyway. */
    static String reason(Throwable failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file is in its place";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
