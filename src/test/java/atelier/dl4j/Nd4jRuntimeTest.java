package atelier.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.tensor.Tensor;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("dl4j")
class Nd4jRuntimeTest {

    @Test
    void theNumberOfThreadsCanBeChosen() {
        int before = Nd4jRuntime.threads();
        try {
            Nd4jRuntime.start(1);
            assertEquals(1, Nd4jRuntime.threads());
        } finally {
            Nd4jRuntime.start(before);
        }
        assertEquals(before, Nd4jRuntime.threads());
        assertThrows(IllegalArgumentException.class, () -> Nd4jRuntime.start(0));
    }

    @Test
    void aThreadWhoseClassLoaderKnowsNothingCanUseIt() throws Exception {
        Throwable[] failure = new Throwable[1];
        Thread cell = new Thread(() -> {
            try {
                assertEquals(3, Tensors.toNd4j(Tensor.filled(1, 3)).sumNumber().intValue());
                new Dl4jConvNet(1, 1e-3).probabilities(Tensor.zeros(1, 1, 28, 28));
            } catch (Throwable fault) {
                failure[0] = fault;
            }
        });
        cell.setContextClassLoader(new URLClassLoader(new URL[0], null));
        cell.start();
        cell.join();
        assertSame(null, failure[0]);
    }

    @Test
    void aMissingNativeLibraryIsNamedWithTheRemedy() {
        ClassLoader without = new URLClassLoader(new URL[0], null);
        String message = assertThrows(IllegalStateException.class, () -> Nd4jRuntime.requireNativeLibrary(without))
                .getMessage();
        assertTrue(message.contains("native library for") && message.contains("-Djavacpp.platform="), message);
    }

    @Test
    void tooLittleMemoryIsNamedWithTheRemedy() {
        String message = assertThrows(IllegalStateException.class, () -> Nd4jRuntime.requireMemory(64L << 20))
                .getMessage();
        assertTrue(message.contains("got 64.") && message.contains("-Xmx1g"), message);
    }
}
