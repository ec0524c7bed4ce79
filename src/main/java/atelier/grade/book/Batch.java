package atelier.grade.book;

import atelier.grade.Answers;
import atelier.grade.Marking;
import atelier.grade.Paper;
import atelier.grade.Secret;
import atelier.grade.Status;
import atelier.grade.box.Isolation;
import atelier.grade.box.Limit;
import atelier.grade.box.MachineException;
import atelier.notebook.Notebook;
import atelier.notebook.NotebookException;
import atelier.train.Replace;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Grades a class, several students at a time, and keeps each result as soon as it is there.
 *
 * @param isolation what the students' code runs in
 * @param jar what it finds there
 * @param secret decides the cases
 * @param limit of each check
 * @param papers the exercises by their names
 * @param out the folder of the results
 * @param jobs how many students at a time
 * @param resume whether results that are there already, of the same files and settings, stand
 */
public record Batch(
        Isolation isolation,
        Path jar,
        Secret secret,
        Limit limit,
        Map<String, Paper> papers,
        Path out,
        int jobs,
        boolean resume) {

    /**
     * A result a submission, in their order.
     *
     * @param done told of each as it comes
     * @throws IOException when a result cannot be written
     */
    public List<Result> run(List<Submission> submissions, Consumer<Result> done)
            throws IOException, InterruptedException {
        Files.createDirectories(out.resolve("results"));
        Map<String, String> names =
                Names.of(submissions.stream().map(Submission::student).toList());
        String settings = settings();
        ExecutorService workers = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<Result>> futures = new ArrayList<>();
            for (Submission submission : submissions) {
                Path file = out.resolve("results").resolve(names.get(submission.student()) + ".json");
                futures.add(workers.submit(() -> {
                    Result result = result(submission, file, settings);
                    synchronized (done) {
                        done.accept(result);
                    }
                    return result;
                }));
            }
            List<Result> results = new ArrayList<>();
            for (Future<Result> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private Result result(Submission submission, Path file, String settings) throws IOException {
        List<HandedIn> files = submission.files().stream().map(HandedIn::read).toList();
        String digest = digest(files, settings);
        if (resume && Files.isRegularFile(file)) {
            Result before = read(file);
            if (before != null && before.digest().equals(digest) && !before.failed()) {
                return before;
            }
        }
        Result result = new Result(submission.student(), isolation.name(), digest, papers(files));
        Replace.write(file, result.json());
        return result;
    }

    /**
     * A file that has been read.
     *
     * @param bytes of it, or null
     * @param failure why there are none, or null
     */
    private record HandedIn(String label, byte[] bytes, Throwable failure) {

        static HandedIn read(Submission.File file) {
            try {
                return new HandedIn(file.label(), file.content().read(), null);
            } catch (IOException | RuntimeException | OutOfMemoryError failure) {
                return new HandedIn(file.label(), null, failure);
            }
        }
    }

    private static Result read(Path file) throws IOException {
        try {
            return Result.of(Files.readAllBytes(file));
        } catch (JsonProcessingException damaged) {
            return null; // graded again
        }
    }

    // ---- one student ----

    private List<Result.Paper> papers(List<HandedIn> handedIn) {
        List<Result.Paper> graded = new ArrayList<>();
        Map<String, Answers> answers = new HashMap<>();
        Set<String> twice = new HashSet<>();
        Map<String, String> files = new HashMap<>();
        for (HandedIn file : handedIn) {
            try {
                if (file.failure() != null) {
                    throw file.failure();
                }
                Answers found = Answers.in(Notebook.of(file.bytes(), ""), papers.values());
                String exercise = found.paper().name();
                if (answers.put(exercise, found) != null) {
                    twice.add(exercise);
                }
                files.merge(exercise, file.label(), (one, other) -> one + ", " + other);
            } catch (NotebookException e) {
                graded.add(unreadable(file.label(), e.getMessage()));
            } catch (IOException | UncheckedIOException e) {
                graded.add(unreadable(file.label(), "this computer cannot read it: " + e.getMessage()));
            } catch (Throwable e) {
                graded.add(Result.Paper.not("", file.label(), Status.INFRA_ERROR, "The grader itself failed: " + e));
            }
        }
        answers.keySet().stream().sorted().forEach(exercise -> {
            String file = files.get(exercise);
            graded.add(
                    twice.contains(exercise)
                            ? unreadable(
                                    file,
                                    "expected one notebook of " + exercise + " but got several: " + file
                                            + ". Leave the one that counts")
                            : grade(answers.get(exercise), file));
        });
        return graded;
    }

    private static Result.Paper unreadable(String label, String why) {
        String message = why.replaceFirst("^Notebook : ", "");
        return Result.Paper.not(
                "",
                label,
                Status.UNREADABLE,
                message.substring(0, 1).toUpperCase(Locale.ROOT)
                        + message.substring(1)
                        + (message.endsWith(".") ? "" : "."));
    }

    private Result.Paper grade(Answers answers, String file) {
        String exercise = answers.paper().name();
        try (Marking marking = new Marking(isolation, jar, secret, limit, answers)) {
            return new Result.Paper(
                    exercise, file, Status.PASS, "", answers.notes(), marking.verdicts(), answers.sources());
        } catch (MachineException e) {
            return Result.Paper.not(
                    exercise,
                    file,
                    Status.INFRA_ERROR,
                    "This machine could not run the sandbox: " + e.getMessage()
                            + ". No fault of the student; there is no score. Grade again with --resume.");
        } catch (OutOfMemoryError | RuntimeException e) {
            return Result.Paper.not(exercise, file, Status.INFRA_ERROR, "The grader itself failed: " + e);
        }
    }

    // ---- what the verdicts depend on ----

    private static String digest(List<HandedIn> files, String settings) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(utf8(settings));
        for (HandedIn file : files) {
            parts.add(utf8(file.label()));
            parts.add(
                    file.failure() == null
                            ? file.bytes()
                            : utf8(String.valueOf(file.failure().getMessage())));
        }
        return HexFormat.of().formatHex(Names.sha256(parts.toArray(byte[][]::new)), 0, 16);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String settings() {
        return papers.values().stream()
                .map(paper -> paper.name()
                        + paper.given()
                        + paper.questions().stream()
                                .map(q -> q.id() + " " + q.points()
                                        + (q.byHand()
                                                ? ""
                                                : q.task().signature()
                                                        + q.task().cases()))
                                .toList())
                .collect(Collectors.joining("\n", secret.fingerprint() + isolation.name() + limit, ""));
    }
}
