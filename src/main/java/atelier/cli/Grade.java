package atelier.cli;

import atelier.grade.Paper;
import atelier.grade.Secret;
import atelier.grade.book.Batch;
import atelier.grade.book.Gradebook;
import atelier.grade.book.Result;
import atelier.grade.book.Submission;
import atelier.grade.book.Submissions;
import atelier.grade.box.Isolation;
import atelier.grade.box.Limit;
import atelier.grade.box.Stage;
import atelier.grade.box.Walls;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--isolation",
            paramLabel = "KIND",
            defaultValue = "auto",
            description =
                    "auto (default), bubblewrap, container, or none: then the students' code can do whatever you can do,"
                            + " and every row says so.")
    private String isolation;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "3",
            description = "How long a check may compute; it may wait four times as long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--secret",
            paramLabel = "FILE",
            description =
                    "The course's secret, which decides the cases (default: .atelier/course-secret, made when first"
                            + " needed).")
    private Path secret;

    @Option(
            names = "--exercises",
            paramLabel = "DIR",
            description = "The course's own notebooks: questions and points (default: exercises of this checkout).")
    private Path exercises;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        check(jobs == null || (jobs > 0 && jobs <= 256), "--jobs from 1 to 256", jobs);
        check(seconds > 0 && seconds <= 600, "--seconds from 1 to 600", seconds);
        check(
                List.of("auto", "bubblewrap", "container", "none").contains(isolation),
                "--isolation auto, bubblewrap, container or none",
                isolation);
        Path home = Path.of(System.getProperty("atelier.home", "")).toAbsolutePath();
        Map<String, Paper> papers = Paper.in(exercises == null ? home.resolve("exercises") : exercises);
        for (Path submission : submissions) {
            check(Files.exists(submission), "a notebook, a folder or a zip", submission + ", which is not there");
        }
        List<Submission> found = Submissions.in(submissions, papers.keySet());
        check(!found.isEmpty(), "submissions", "a folder without any");
        Secret course = Secret.in(secret == null ? home.resolve(".atelier").resolve("course-secret") : secret);
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
            List<Walls.State> tried = new ArrayList<>();
            Optional<Isolation> walls = Walls.choose(isolation, stage.jar(), tried);
            if (walls.isEmpty()) {
                return refuse(tried);
            }
            if (!walls.get().walls()) {
                err().println(
                                "atelier grade: no isolation: the students' code can read, write and send whatever you can.");
            }
            Limit limit = Limit.of(Duration.ofSeconds(seconds));
            int side = jobs == null ? usualJobs() : jobs;
            Batch batch = new Batch(walls.get(), stage.jar(), course, limit, papers, out, side, resume);
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

    private int refuse(List<Walls.State> tried) {
        StringBuilder why = new StringBuilder("expected a sandbox that holds but found none.");
        for (Walls.State state : tried) {
            why.append("\n  ").append(Doctor.line(state));
        }
        return fail(why + "\nOr grade without any, if you would run these files yourself: --isolation none");
    }

    private int fail(String message) {
        err().println("atelier grade: " + message);
        err().flush();
        return 1;
    }

    private void check(boolean holds, String expected, Object got) {
        if (!holds) {
            throw new ParameterException(
                    spec.commandLine(),
                    "grade: expected " + expected + " but got " + got + ". See atelier grade --help.");
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
