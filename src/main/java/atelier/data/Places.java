package atelier.data;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where data sets are looked for: the folder that the environment variable ATELIER_DATASETS names, then the project's own
 * datasets/.
 *
 * <p>The first belongs to the user and is only ever read; downloads land in the second.
 */
final class Places {

    private Places() {}

    /** The user's folder of a data set, or null when ATELIER_DATASETS is not set. */
    static Path own(String dataset) {
        String own = System.getenv("ATELIER_DATASETS");
        return own == null || own.isBlank() ? null : Path.of(own.strip(), dataset);
    }

    /** The project's folder of a data set, where downloads land. */
    static Path downloads(String dataset) {
        return project().resolve("datasets").resolve(dataset);
    }

    /** The project's folder: the launcher says which; else the working directory or these classes stand inside it. */
    static Path project() {
        String home = System.getProperty("atelier.home");
        if (home != null) {
            return Path.of(home);
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path start : List.of(here, classes(here))) {
            for (Path folder = start; folder != null; folder = folder.getParent()) {
                if (isProject(folder)) {
                    return folder;
                }
            }
        }
        return here;
    }

    private static Path classes(Path otherwise) {
        try {
            return Path.of(Places.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException | RuntimeException unknown) {
            return otherwise;
        }
    }

    private static boolean isProject(Path folder) {
        Path pom = folder.resolve("pom.xml");
        try {
            return Files.isRegularFile(pom) && Files.readString(pom).contains("<artifactId>atelier</artifactId>");
        } catch (IOException unreadable) {
            return false;
        }
    }
}
