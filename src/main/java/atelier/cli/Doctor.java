package atelier.cli;

import atelier.data.Datasets;
import atelier.data.Holding;
import atelier.dl4j.Gpu;
import atelier.grade.box.Stage;
import atelier.grade.box.Walls;
import atelier.notebook.Jupyter;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./atelier doctor}: what this machine can do, and how to get more. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Tell what this machine can do, and how to get more out of it. Each sandbox is tried with a program that is"
                        + " right and with one that is nosy.")
final class Doctor implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = Checkout.home();
        print(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors, "
                        + (Memory.total() >> 20) + " MB of memory, " + System.getProperty("os.name") + " "
                        + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
        print("Java", Runtime.version() + " in " + System.getProperty("java.home"));
        print(
                "vectors",
                ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent()
                        ? "the Vector API is there"
                        : "no Vector API: from-scratch layers run in plain Java, slower");
        print(
                "Jupyter",
                Jupyter.find(home)
                        .map(jupyter -> String.join(" ", jupyter.command()))
                        .orElse("none yet: ./atelier lab installs it"));
        Gpu gpu = Gpu.look();
        print(
                "DL4J",
                "computes on " + (gpu.works() ? "the processor; on the GPU with --backend cuda" : "the processor"));
        print(
                "GPU",
                gpu.works()
                        ? gpu.device() + ", " + gpu.memory() + " MB, compute capability " + gpu.capability()
                        : "none to use: " + gpu.ails());
        if (!gpu.driver().isEmpty()) {
            print("", "driver " + gpu.driver() + ", toolkit " + Gpu.TOOLKIT + " (fetched with --backend cuda)");
        }
        if (!gpu.remedy().isEmpty()) {
            print("", gpu.remedy());
        }
        for (Holding holding : Datasets.holdings()) {
            print(holding.name(), holding.images() + ", " + holding.state() + ", " + holding.where());
        }
        print("", "");
        print("sandboxes", "for ./atelier grade, best first");
        try (Stage stage = Stage.set()) {
            for (Walls.State state : Walls.survey(stage.jar())) {
                print("", line(state));
            }
        }
        return 0;
    }

    /** An isolation and what it is worth here. */
    static String line(Walls.State state) {
        String name = state.isolation().title();
        if (!state.ails().isEmpty()) {
            return name + ": does not work here (" + state.ails() + "). "
                    + state.isolation().remedy();
        }
        if (!state.isolation().walls()) {
            return name + ": works, and stops nothing but accidents";
        }
        return state.holes().isEmpty()
                ? name + ": works and holds"
                : name + ": works and does not hold: a student's code could " + String.join(", ", state.holes());
    }

    private void print(String name, String text) {
        PrintWriter screen = spec.commandLine().getOut();
        screen.println((name.isEmpty() && text.isEmpty() ? "" : String.format("%-10s %s", name, text)).stripTrailing());
        screen.flush();
    }
}
