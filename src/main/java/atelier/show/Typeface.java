package atelier.show;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The letters in our pictures: DejaVu Sans, carried in the jar, so that a picture is the same on every machine.
 *
 * <p>Java's AWT refuses to draw a single letter, even of a font of one's own, where no font is installed. Then, and only
 * then, this class writes its font files to a temporary folder, together with a font configuration that names them, and
 * lets AWT try again.
 */
final class Typeface {

    private static final Font PLAIN;
    private static final Font BOLD;

    static {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        try {
            if (!fontsWork()) {
                System.setProperty("sun.awt.fontconfig", configuration().toString());
            }
            PLAIN = load("DejaVuSans.ttf");
            BOLD = load("DejaVuSans-Bold.ttf");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Typeface() {}

    static Font plain(double size) {
        return PLAIN.deriveFont((float) size);
    }

    static Font bold(double size) {
        return BOLD.deriveFont((float) size);
    }

    /** Asks AWT for a font's name, which makes it look for the machine's fonts. */
    private static boolean fontsWork() {
        try {
            return !new Font(Font.SANS_SERIF, Font.PLAIN, 12).getFamily().isEmpty();
        } catch (RuntimeException | InternalError noFonts) {
            return false;
        }
    }

    private static Font load(String file) throws IOException {
        try (InputStream in = Typeface.class.getResourceAsStream(file)) {
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (FontFormatException e) {
            throw new IOException(
                    "Typeface: expected a TrueType font but got a damaged " + file + ". Build the project again.", e);
        }
    }

    /** The file that tells AWT to use our two font files for each of its five logical fonts. */
    private static Path configuration() throws IOException {
        Path folder = Files.createTempDirectory("atelier-fonts");
        folder.toFile().deleteOnExit();
        StringBuilder text = new StringBuilder("version=1\nsequence.allfonts=latin-1\n");
        for (String file : List.of("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")) {
            Path copy = folder.resolve(file);
            try (InputStream in = Typeface.class.getResourceAsStream(file)) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            copy.toFile().deleteOnExit();
            boolean bold = file.contains("Bold");
            String name = "-misc-dejavu sans-" + (bold ? "bold" : "medium") + "-r-normal--*-%d-*-*-p-*-iso10646-1";
            for (String logical : List.of("dialog", "dialoginput", "monospaced", "sansserif", "serif")) {
                for (String style : bold ? List.of("bold", "bolditalic") : List.of("plain", "italic")) {
                    text.append(logical)
                            .append('.')
                            .append(style)
                            .append(".latin-1=")
                            .append(name)
                            .append('\n');
                }
            }
            text.append("filename.")
                    .append(name.replace(' ', '_'))
                    .append('=')
                    .append(copy)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("fontconfig.properties"), text, StandardCharsets.ISO_8859_1);
        file.toFile().deleteOnExit();
        return file;
    }
}
