package atelier.cli;

import atelier.grade.Answers;
import atelier.grade.Asked;
import atelier.grade.Marking;
import atelier.grade.Paper;
import atelier.grade.Verdict;
import atelier.grade.box.MachineException;
import atelier.grade.box.Stage;
import atelier.notebook.Notebook;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./atelier replay}: one check of one student again, with everything that was asked; for when a verdict is doubted. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Ask one student's method the graded cases again and show them in full, as Java to paste into a notebook. Show"
                        + " it to the student who doubts a verdict; the others will be asked the same.")
final class Replay implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NOTEBOOK", description = "What the student has handed in.")
    private Path notebook;

    @Parameters(index = "1", paramLabel = "TASK", description = "The task's id, as in the gradebook: conv-forward.")
    private String task;

    @Mixin
    private GradeOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        options.check();
        options.require(Files.isRegularFile(notebook), "a notebook", notebook + ", which is no file");
        Map<String, Paper> papers = options.papers();
        Answers answers = Answers.in(Notebook.read(notebook), papers.values());
        List<String> tasks = answers.paper().questions().stream()
                .filter(question -> !question.byHand())
                .map(Paper.Question::id)
                .toList();
        options.require(tasks.contains(task), "one of " + String.join(", ", tasks), task);
        try (Stage stage = Stage.set();
                Marking marking = new Marking(
                        options.walls(stage.jar()), stage.jar(), options.secret(), options.limit(), answers)) {
            Verdict verdict = marking.verdicts().stream()
                    .filter(one -> one.id().equals(task))
                    .findFirst()
                    .orElseThrow();
            PrintWriter screen = spec.commandLine().getOut();
            screen.println(task + ": " + verdict.status() + ". " + verdict.message());
            if (!verdict.hint().isEmpty()) {
                screen.println("Looks like: " + verdict.hint());
            }
            Optional<Asked> asked = marking.asked(task);
            asked.ifPresent(it -> screen.print("\n" + it.text()));
            screen.flush();
            return 0;
        } catch (MachineException e) {
            spec.commandLine()
                    .getErr()
                    .println("atelier replay: this machine could not run the sandbox: " + e.getMessage());
            return 1;
        }
    }
}
