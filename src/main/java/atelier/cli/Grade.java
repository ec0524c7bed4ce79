package atelier.cli;

import atelier.grade.Paper;
import atelier.grade.Secret;
import atelier.grade.book.Batch;
import atelier.grade.book.Gradebook;
import atelier.grade.book.Result;
import atelier.grade.book.Submission;
import atelier.grade.book.Submissions;
import atelier.grade.box.Isolation;
import atelier.grade.box.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./atelier grade}: a class's notebooks, in a sandbox, into a gradebook. */
@Command(
        name = "grade",
        mixinStandardHelpOptions = true,
        description =
                "Grade submissions in a sandbox: results/, gradebook.csv and gradebook.html, a page a student, and files for"
                        + " Gradescope and JUnit. Exit status 1 when this machine failed for somebody, who then has no score.")
final class Grade implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "SUBMISSION",
            description =
                    "Notebooks, folders and zips. In a folder or zip each folder is a student, and so is each file beside"
                            + " them.")
    private List<Path> submissions;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the gradebook goes.")
    private Path out;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "How many students at a time (default: one a processor, and 1 GB of memory each).")
    private Integer jobs;

    @Option(
            names = "--resume",
            description = "Keep the results in DIR whose files and settings are the same; grade the others.")
    private boolean resume;

    @Mixin
    private GradeOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        options.check();
        options.require(jobs == null || (jobs > 0 && jobs <= 256), "--jobs from 1 to 256", jobs);
        for (Path submission : submissions) {
            options.require(
                    Files.exists(submission), "a notebook, a folder or a zip", submission + ", which is not there");
        }
        Map<String, Paper> papers = options.papers();
        List<Submission> found = Submissions.in(submissions, papers.keySet());
        options.require(!found.isEmpty(), "submissions", "a folder without any");
        Secret secret = options.secret();
        try (Stage stage = Stage.set();
                FileChannel channel = open();
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return fail("expected to be alone in " + out + " but another grader works there. Wait for it.");
            }
            if (!resume && hasResults()) {
                return fail(
                        "expected an empty --out but " + out + " holds results. Add --resume to keep those of unchanged"
                                + " files, or name another folder.");
            }
            Isolation walls = options.walls(stage.jar());
            int side = jobs == null ? usualJobs() : jobs;
            Batch batch = new Batch(walls, stage.jar(), secret, options.limit(), papers, out, side, resume);
            return finish(grade(batch, found), papers);
        }
    }

    private List<Result> grade(Batch batch, List<Submission> found) throws IOException, InterruptedException {
        int[] count = new int[1];
        try (GradeBar bar = new GradeBar(err(), found.size())) {
            return batch.run(found, result -> bar.step(++count[0]));
        }
    }

    private int finish(List<Result> results, Map<String, Paper> papers) throws IOException {
        Gradebook book = new Gradebook(results, papers);
        book.write(out);
        PrintWriter screen = spec.commandLine().getOut();
        screen.println(results.size() + " students graded: " + out.resolve("gradebook.html"));
        screen.println("  checks    " + book.summary());
        List<Result> troubled = book.troubled();
        for (Result result : troubled.subList(0, Math.min(10, troubled.size()))) {
            screen.println("  " + result.state() + "  " + printable(result.student()));
        }
        if (troubled.size() > 10) {
            screen.println("  … and " + (troubled.size() - 10) + " more: they stand at the top of the gradebook");
        }
        screen.flush();
        if (results.stream().anyMatch(Result::failed)) {
            return fail(
                    "this machine failed for some students, who have no score. Free memory and processes, then run the same"
                            + " with --resume.");
        }
        return 0;
    }

    private static String printable(String student) {
        return student.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }

    private FileChannel open() throws IOException {
        try {
            Files.createDirectories(out);
            return FileChannel.open(out.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "grade: expected a folder that can be written but got --out " + out + ". Choose another.");
        }
    }

    private boolean hasResults() throws IOException {
        Path results = out.resolve("results");
        if (!Files.isDirectory(results)) {
            return false;
        }
        try (Stream<Path> files = Files.list(results)) {
            return files.findAny().isPresent();
        }
    }

    private static int usualJobs() {
        long gigabytes = Memory.total() >> 30;
        return (int) Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), gigabytes));
    }

    private int fail(String message) {
        err().println("atelier grade: " + message);
        err().flush();
        return 1;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
