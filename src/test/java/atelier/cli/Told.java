package atelier.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a run of the command did. */
record Told(int status, String out, String errors) {

    static Told by(String... arguments) {
        PrintStream out = System.out;
        PrintStream errors = System.err;
        ByteArrayOutputStream toldOut = new ByteArrayOutputStream();
        ByteArrayOutputStream toldErrors = new ByteArrayOutputStream();
        System.setOut(new PrintStream(toldOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(toldErrors, true, StandardCharsets.UTF_8));
        try {
            int status = Main.run(arguments);
            return new Told(
                    status, toldOut.toString(StandardCharsets.UTF_8), toldErrors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(errors);
        }
    }
}
