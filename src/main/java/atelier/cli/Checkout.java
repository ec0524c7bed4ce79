package atelier.cli;

import java.nio.file.Path;

/** The folder that the launcher lies in. */
final class Checkout {

    private Checkout() {}

    static Path home() {
        return Path.of(System.getProperty("atelier.home", "")).toAbsolutePath();
    }
}
