package atelier.measure;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import atelier.data.Dataset;
import atelier.data.Datasets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real MNIST, for tests that need it. */
final class TestData {

    private TestData() {}

    static Dataset mnist() {
        String folder = System.getenv("ATELIER_DATASETS");
        assumeTrue(
                folder != null && Files.isDirectory(Path.of(folder, "mnist")),
                "needs MNIST's files in $ATELIER_DATASETS/mnist");
        return Datasets.load("mnist");
    }
}
