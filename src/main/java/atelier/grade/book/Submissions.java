package atelier.grade.book;

import atelier.grade.book.Submission.File;
import atelier.notebook.NotebookException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds who handed in what, in files, folders and zips.
 *
 * <p>In a folder or a zip the first folder below names the student, {@code ada/02-convolution.ipynb}; a file that lies there
 * by itself names the student by its own name, {@code ada.ipynb} or {@code ada_02-convolution.ipynb}. Links are not followed and
 * nothing but plain files is opened, for a folder of submissions may hold anything.
 */
public final class Submissions {

    private static final int DEEPEST = 12;
    private static final Pattern MOODLE = Pattern.compile("_assignsubmission_(file|onlinetext)_?.*$");
    private static final String NOT_PLAIN = "expected a plain file but got ";

    private final SortedMap<String, List<File>> students = new TreeMap<>();
    private final Pattern exercise;

    private Submissions(Collection<String> exercises) {
        this.exercise = Pattern.compile("(?<who>.*?)[-_. ]*("
                + String.join("|", exercises.stream().map(Pattern::quote).toList()) + ").*");
    }

    /**
     * All submissions, by the student's name.
     *
     * @param arguments files, folders and zips
     * @param exercises names that a file may have without being a student's
     * @throws IOException when one of the arguments is not there, or is none of these
     */
    public static List<Submission> in(List<Path> arguments, Collection<String> exercises) throws IOException {
        Submissions found = new Submissions(exercises);
        for (Path argument : arguments) {
            if (Files.isDirectory(argument)) {
                found.folder(argument.toRealPath());
            } else if (Files.isRegularFile(argument) && is(argument, ".ipynb")) {
                Path file = argument.toRealPath();
                found.add(found.who(List.of(name(file)), folderOf(file)), onDisk(file, name(argument)));
            } else if (Files.isRegularFile(argument) && is(argument, ".zip")) {
                found.zip(argument.toRealPath());
            } else {
                throw new IOException("Submissions: expected a notebook, a folder or a zip but got " + argument
                        + (Files.exists(argument) ? "." : ", which is not there.") + " Check the path.");
            }
        }
        return found.students.entrySet().stream()
                .map(entry -> new Submission(entry.getKey(), sorted(entry.getValue())))
                .toList();
    }

    private static List<File> sorted(List<File> files) {
        return files.isEmpty()
                ? List.of(File.unreadable("", "expected a notebook but the student has handed in none"))
                : files.stream().sorted(Comparator.comparing(File::label)).toList();
    }

    private void add(String student, File file) {
        students.computeIfAbsent(student, s -> new ArrayList<>()).add(file);
    }

    // ---- folders ----

    private void folder(Path root) throws IOException {
        Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (!folder.equals(root) && isHidden(name(folder))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (root.equals(folder.getParent())) {
                    students.computeIfAbsent(who(List.of(name(folder), ""), ""), s -> new ArrayList<>());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                found(root, file, attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                List<String> path = path(root, file);
                add(who(path, name(root)), File.unreadable(String.join("/", path), "this computer may not read it"));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void found(Path root, Path file, BasicFileAttributes attributes) throws IOException {
        List<String> path = path(root, file);
        String label = String.join("/", path);
        String student = who(path, name(root));
        if (isHidden(name(file))) {
            return;
        }
        if (attributes.isSymbolicLink()) {
            add(student, File.unreadable(label, NOT_PLAIN + "a link, which is not followed"));
        } else if (is(file, ".ipynb") || is(file, ".zip")) {
            if (!attributes.isRegularFile()) {
                add(
                        student,
                        File.unreadable(
                                label, NOT_PLAIN + (attributes.isDirectory() ? "a folder" : "a pipe or device")));
            } else if (is(file, ".ipynb")) {
                add(student, onDisk(file, label));
            } else {
                inner(student, label, Zip.on(file));
            }
        }
    }

    private static File onDisk(Path file, String label) {
        return new File(label, () -> {
            long size = Files.size(file);
            if (size > Submission.MOST_BYTES) {
                throw new NotebookException("expected at most " + Submission.MOST_BYTES / 1_000_000 + " MB but got "
                        + size / 1_000_000 + " MB. Clear the notebook's outputs and hand it in again");
            }
            try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return Zip.bounded(in);
            }
        });
    }

    // ---- zips ----

    /** A class in a zip. */
    private void zip(Path file) throws IOException {
        Zip zip = Zip.on(file);
        String name = stem(name(file));
        try {
            for (Zip.Entry entry : zip.entries()) {
                List<String> path = List.of(entry.path().split("/"));
                String last = path.get(path.size() - 1);
                if (entry.escapes()) {
                    add(name, File.unreadable(entry.path(), "the zip holds a path that leaves its folder"));
                } else if (path.stream().noneMatch(Submissions::isHidden)) {
                    String student = who(path, name);
                    if (is(last, ".ipynb")) {
                        add(student, new File(entry.path(), () -> zip.read(entry)));
                    } else if (is(last, ".zip")) {
                        inner(student, entry.path(), Zip.in(() -> zip.read(entry)));
                    } else if (path.size() > 1) {
                        students.computeIfAbsent(student, s -> new ArrayList<>());
                    }
                }
            }
        } catch (NotebookException e) {
            add(name, File.unreadable(name(file), e.getMessage()));
        }
    }

    /** A zip that one student has handed in. */
    private void inner(String student, String label, Zip zip) {
        try {
            int notebooks = 0;
            for (Zip.Entry entry : zip.entries()) {
                List<String> path = List.of(entry.path().split("/"));
                if (!is(path.get(path.size() - 1), ".ipynb")) {
                    continue;
                }
                String inside = label + "/" + entry.path();
                if (entry.escapes()) {
                    notebooks++;
                    add(student, File.unreadable(inside, "the zip holds a path that leaves its folder"));
                } else if (path.stream().noneMatch(Submissions::isHidden)) {
                    notebooks++;
                    add(student, new File(inside, () -> zip.read(entry)));
                }
            }
            if (notebooks == 0) {
                add(student, File.unreadable(label, "expected a notebook in the zip but found none"));
            }
        } catch (IOException e) {
            add(student, File.unreadable(label, e.getMessage()));
        }
    }

    // ---- names ----

    /** The student of a path: its first folder, or what the file's name says. */
    private String who(List<String> path, String folder) {
        String name = path.size() > 1 ? path.get(0) : stem(path.get(0));
        name = MOODLE.matcher(name).replaceFirst("");
        Matcher named = exercise.matcher(name);
        if (path.size() == 1 && named.matches()) {
            name = named.group("who").isEmpty() ? folder : named.group("who");
        }
        return name.isEmpty() ? folder : name;
    }

    private static List<String> path(Path root, Path file) {
        List<String> names = new ArrayList<>();
        root.relativize(file).forEach(part -> names.add(part.toString()));
        return names;
    }

    private static String folderOf(Path file) {
        return file.getParent() == null || file.getParent().getFileName() == null
                ? stem(name(file))
                : name(file.getParent());
    }

    private static String name(Path file) {
        return file.getFileName() == null ? "" : file.getFileName().toString();
    }

    private static String stem(String name) {
        return name.replaceFirst("(?i)(.)\\.(ipynb|zip)$", "$1");
    }

    private static boolean is(Path file, String ending) {
        return is(name(file), ending);
    }

    private static boolean is(String name, String ending) {
        return name.toLowerCase(Locale.ROOT).endsWith(ending);
    }

    /** What editors and systems leave behind. */
    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.equals("__MACOSX");
    }
}
