package atelier.cli;

import atelier.notebook.Jupyter;
import atelier.notebook.JupyterInstall;
import atelier.notebook.JupyterServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./atelier lab}: the notebooks in Jupyter, with the Java kernel of this checkout. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = "Open the notebooks in Jupyter, with the Java kernel of this checkout. Where there is no Jupyter,"
                + " install it: for this checkout with venv and pip, else for the machine with apt.")
final class Lab implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8888",
            description = "Listen here (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--no-browser", description = "Print the address and open nothing.")
    private boolean noBrowser;

    @Mixin
    private Libraries libraries;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        OptionalInt elsewhere = libraries.elsewhere();
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        PrintWriter screen = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        if (!JupyterServer.isFree(port)) {
            errors.println("atelier lab: expected port " + port + " to be free but something listens there. Try --port "
                    + (port + 1) + ".");
            return 1;
        }
        Path home = Checkout.home();
        Optional<Jupyter> jupyter = Jupyter.find(home);
        if (jupyter.isEmpty()) {
            jupyter = new JupyterInstall(home, line -> {
                        screen.println(line);
                        screen.flush();
                    })
                    .install();
        }
        if (jupyter.isEmpty()) {
            errors.println("atelier lab: expected a Jupyter but found none and could not install it. "
                    + JupyterInstall.advice());
            return 1;
        }
        try (JupyterServer server = JupyterServer.start(jupyter.get(), home, port, !noBrowser && hasDisplay())) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            screen.println("Jupyter runs, with the kernel \"Java (Atelier)\": "
                    + jupyter.get().command().get(0));
            screen.println("  address  " + server.address());
            screen.println("  port     " + port);
            screen.println("  token    " + server.token());
            screen.println("Ctrl-C stops it.");
            screen.flush();
            return server.await() == 0 ? 0 : 1;
        }
    }

    private static boolean hasDisplay() {
        return !System.getProperty("os.name").startsWith("Linux")
                || System.getenv("DISPLAY") != null
                || System.getenv("WAYLAND_DISPLAY") != null;
    }
}
