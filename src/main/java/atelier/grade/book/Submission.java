package atelier.grade.book;

import atelier.notebook.NotebookException;
import java.io.IOException;
import java.util.List;

/**
 * Who handed in what.
 *
 * @param student as the files call the student
 * @param files in the order of their names
 */
public record Submission(String student, List<File> files) {

    /** The largest notebook that is read: a hundred times what an exercise weighs. */
    static final int MOST_BYTES = 20_000_000;

    /**
     * One file; nothing of it has been read yet.
     *
     * @param label what to call it in reports
     */
    public record File(String label, Content content) {

        /** A file of which is known already that it cannot be read, and why. */
        static File unreadable(String label, String why) {
            return new File(label, () -> {
                throw new NotebookException(why);
            });
        }
    }

    /** Reads a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * All bytes, at most {@value Submission#MOST_BYTES}.
         *
         * @throws NotebookException saying what is wrong with the file, for the student
         */
        byte[] read() throws IOException;
    }
}
