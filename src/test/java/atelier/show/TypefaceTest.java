package atelier.show;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Font;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypefaceTest {

    /** Hides all fonts and their configuration from the commands that follow, in a view of the file system of their own. */
    private static final String HIDE = """
            for folder in /usr/share/fonts /usr/local/share/fonts /etc/fonts /usr/share/fontconfig; do
              if [ -d $folder ]; then mount -t tmpfs none $folder || exit 77; fi
            done
            for library in $(ls /usr/lib*/libfontconfig.so.1 /usr/lib*/*/libfontconfig.so.1 2>/dev/null); do
              mount --bind /dev/null $library || exit 77
            done
            """;

    @Test
    void knowsTheLettersOfFormulas() {
        String letters = "ABCXYZabcxyz0123456789 äöüéñ αβγδεηθλμσφω ΔΣΠ ∂Σ√∞≈≤≥≠·×−⌊⌋⋆⊙∈→← ₀₁₂ᵢⱼ ⁻⁰¹²³⁴⁵ ⁿ ᵀ … “”’";
        assertEquals(-1, Typeface.plain(12).canDisplayUpTo(letters), "plain");
        assertEquals(
                -1, Typeface.bold(12).canDisplayUpTo("ABCXYZabcxyz0123456789 äöüéñ αβγδεηθλμσφω ∂Σ√≤≥·×−"), "bold");
    }

    @Test
    void drawsTheSamePictureWhereNoFontIsInstalled(@TempDir Path folder) throws Exception {
        assumeTrue(run(folder, "unshare -m true") == 0, "skipped: hiding the fonts needs Linux, unshare and root");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path script = Files.writeString(
                folder.resolve("hidden.sh"),
                HIDE + "exec '" + java + "' -Xmx256m -Djava.awt.headless=true '-Duser.home=" + folder + "' -cp '"
                        + System.getProperty("java.class.path") + "' '" + NoFonts.class.getName() + "' '" + folder
                        + "'\n");
        int status = run(folder, "unshare -m sh " + script);
        assumeTrue(status != 77, "skipped: this machine does not let its fonts be hidden");
        assumeTrue(status != 78, "skipped: Java finds fonts even so");
        assertEquals(0, status, () -> read(folder.resolve("log")));
        assertArrayEquals(chart().png(), Files.readAllBytes(folder.resolve("chart.png")), "chart");
        assertArrayEquals(matrix().png(), Files.readAllBytes(folder.resolve("matrix.png")), "matrix");
    }

    private static Picture chart() {
        return Curves.of(
                "Loss", "epoch", "nats", Axes.LOG_Y, Line.of("training", 2.3, 0.2, 0.1), Line.of("test", 2, 0.3, 0.1));
    }

    private static Picture matrix() {
        return Matrix.of("∂L/∂X", new double[][] {{1, -0.5}, {0.25, 3}}, Window.cell(1, 1));
    }

    private static int run(Path folder, String command) throws Exception {
        ProcessBuilder builder;
        try {
            builder = new ProcessBuilder(List.of("sh", "-c", command));
            builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile());
            builder.environment().remove("DISPLAY");
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no answer within 60 s: " + command);
            }
            return process.exitValue();
        } catch (java.io.IOException noShell) {
            return 77;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    /** The other side: draws on a machine whose fonts are hidden. */
    static final class NoFonts {

        private NoFonts() {}

        public static void main(String[] arguments) throws Exception {
            try {
                new Font(Font.SANS_SERIF, Font.PLAIN, 12).getFamily();
                System.exit(78);
            } catch (RuntimeException | InternalError expected) {
                System.out.println("no fonts: " + expected);
            }
            chart().writeTo(Path.of(arguments[0], "chart.png"));
            matrix().writeTo(Path.of(arguments[0], "matrix.png"));
        }
    }
}
