package atelier.grade;

import atelier.grade.box.Box;
import atelier.grade.box.Canary;
import atelier.grade.box.Isolation;
import atelier.grade.box.Limit;
import atelier.grade.box.Lost;
import atelier.grade.box.MachineException;
import atelier.sandbox.Message;
import atelier.sandbox.Message.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One submission before the examiner: its answers run behind walls, are asked the course's own cases, and are judged here.
 *
 * <p>A box that is lost is replaced, and the same is tried once more, unless it was certainly the student's doing: a crash counts
 * when it happens twice and a canary lives. A cell that ends the box as soon as it runs is left out from then on.
 */
public final class Marking implements AutoCloseable {

    private static final int ATTEMPTS = 3;

    private final Isolation isolation;
    private final Path jar;
    private final Secret secret;
    private final Limit limit;
    private final Answers answers;
    private final Map<String, Lost> deadly = new HashMap<>();
    private final Map<String, String> complaints = new HashMap<>();
    private final Map<String, Integer> deaths = new HashMap<>();
    private final Map<String, Asked> asked = new HashMap<>();
    private Box box;

    /** Nothing is run yet. */
    public Marking(Isolation isolation, Path jar, Secret secret, Limit limit, Answers answers) {
        this.isolation = isolation;
        this.jar = jar;
        this.secret = secret;
        this.limit = limit;
        this.answers = answers;
    }

    /**
     * A verdict a question, in the paper's order.
     *
     * @throws MachineException when the sandbox fails for reasons that are not the student's
     */
    public List<Verdict> verdicts() throws MachineException {
        List<Verdict> verdicts = new ArrayList<>();
        for (Paper.Question question : answers.paper().questions()) {
            String problem = answers.problems().get(question.id());
            if (problem != null) {
                verdicts.add(Verdict.of(question, Status.MISSING, problem));
            } else if (question.byHand()) {
                verdicts.add(byHand(question));
            } else {
                verdicts.add(examine(question));
            }
        }
        return verdicts;
    }

    /** What a question's method was asked and has answered, once there are verdicts; empty where it was never called. */
    public Optional<Asked> asked(String id) {
        return Optional.ofNullable(asked.get(id));
    }

    private Verdict byHand(Paper.Question question) {
        String text = answers.sources().get(question.id()).strip();
        return text.isEmpty() || text.equals(Assignment.EMPTY_ANSWER)
                ? Verdict.of(question, Status.MISSING, "Not done yet.")
                : new Verdict(question.id(), Status.BY_HAND, null, question.points(), "", "", "A human reads this.");
    }

    private Verdict examine(Paper.Question question) throws MachineException {
        for (boolean again = false; ; again = true) {
            try {
                Box ready = box();
                Lost lost = deadly.get(question.id());
                return lost == null ? ask(ready, question) : lost(question, lost);
            } catch (Lost lost) {
                blame(lost);
                if (again || lost.certain()) {
                    return lost(question, lost);
                }
            }
        }
    }

    private static Verdict lost(Paper.Question question, Lost lost) {
        return Verdict.of(
                question, lost.status(), "The code " + lost.status().words() + ": " + lost.getMessage() + ".");
    }

    private Verdict ask(Box ready, Paper.Question question) throws Lost {
        Task task = question.task();
        Message opened = ready.ask(Verb.OPEN, task.signature(), List.of(), ready.watch(limit));
        if (opened.verb() != Verb.OPENED) {
            return unopened(question, opened);
        }
        long seed = secret.seed(task.id());
        List<Inputs> cases = IntStream.range(0, task.cases())
                .mapToObj(number -> task.inputs(seed, number))
                .toList();
        List<Fault.Reply> replies = new ArrayList<>();
        Limit.Watch watch = ready.watch(limit);
        for (Inputs in : cases) {
            Message reply = ready.ask(Verb.CALL, "", in.all(), watch);
            switch (reply.verb()) {
                case RESULT ->
                    replies.add(new Fault.Reply(
                            reply.values().isEmpty() ? null : reply.values().get(0), ""));
                case THREW -> replies.add(new Fault.Reply(null, Plain.line(reply.text())));
                case BLANK -> {
                    return Verdict.of(question, Status.MISSING, "Not done yet.");
                }
                default -> throw new Lost(Status.PROTOCOL, true, "an answer that is none");
            }
        }
        asked.put(question.id(), new Asked(task, cases, replies));
        if (replies.stream().anyMatch(reply -> reply.threw().startsWith("OutOfMemoryError"))) {
            close(); // what has run out of something is no place for the next question
        }
        return Fault.first(task, cases, replies)
                .map(fault -> wrong(question, fault, cases))
                .orElseGet(() -> Verdict.of(question, Status.PASS, "Right in all " + cases.size() + " cases."));
    }

    private Verdict unopened(Paper.Question question, Message opened) {
        String complaint = complaints.getOrDefault(question.id(), "");
        if (opened.verb() == Verb.MISSING && complaint.isEmpty()) {
            return Verdict.of(
                    question,
                    Status.MISSING,
                    "Expected a method " + question.task().signature() + " in its cell but found none.");
        }
        return Verdict.of(
                question,
                Status.COMPILE_ERROR,
                opened.verb() == Verb.MISSING
                        ? complaint
                        : "The method cannot be called: " + Plain.line(opened.text()) + ".");
    }

    private static Verdict wrong(Paper.Question question, Fault fault, List<Inputs> cases) {
        String told = "C" + fault.told(question.task(), cases).substring(1);
        String feedback = "Wrong in case " + (fault.number() + 1) + " of " + cases.size() + "."
                + (fault.form().isEmpty() ? "" : " " + fault.form())
                + (fault.hint().isEmpty() ? "" : " Hint: " + fault.hint());
        return Verdict.of(question, fault.threw() ? Status.ERROR : Status.WRONG, told, fault.hint(), feedback);
    }

    // ---- the box ----

    /** The box with all cells run in it that do not end it. */
    private Box box() throws MachineException {
        while (box == null) {
            Box fresh = start();
            if (runAll(fresh)) {
                box = fresh;
            }
        }
        return box;
    }

    private Box start() throws MachineException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Box.start(isolation, jar);
            } catch (Lost lost) {
                if (attempt == ATTEMPTS) {
                    throw new MachineException(lost.getMessage());
                }
                pause(attempt);
            }
        }
    }

    private boolean runAll(Box fresh) throws MachineException {
        List<Paper.Question> questions = answers.paper().questions();
        for (int i = 0; i <= questions.size(); i++) {
            for (Paper.Given given : answers.paper().given()) {
                if (given.before() == i && !run(fresh, "", given.source())) {
                    throw new MachineException("code that the exercise itself gives does not run in the sandbox");
                }
            }
            String id = i == questions.size() ? "" : questions.get(i).id();
            boolean runs = i < questions.size()
                    && !questions.get(i).byHand()
                    && answers.sources().containsKey(id);
            if (runs
                    && !deadly.containsKey(id)
                    && !run(fresh, id, answers.sources().get(id))) {
                return false;
            }
        }
        return true;
    }

    private boolean run(Box fresh, String id, String source) throws MachineException {
        try {
            Message defined = fresh.ask(Verb.DEFINE, source, List.of(), fresh.watch(limit.longer()));
            complaints.put(id, Plain.lines(defined.text()));
            return true;
        } catch (Lost lost) {
            blame(lost);
            if (lost.certain() || deaths.merge(id, 1, Integer::sum) > 1) {
                deadly.put(id, lost);
            }
            return false;
        }
    }

    /** The box is gone. Was it the student, or is this machine at its end? */
    private void blame(Lost lost) throws MachineException {
        close();
        String ails = lost.certain() ? "" : Canary.ails(isolation, jar);
        if (!ails.isEmpty()) {
            throw new MachineException(ails);
        }
    }

    private static void pause(int seconds) throws MachineException {
        try {
            Thread.sleep(1000L * seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineException("the grader was interrupted");
        }
    }

    @Override
    public void close() {
        if (box != null) {
            box.close();
            box = null;
        }
    }
}
