package atelier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterOptionsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train convnet --cluster nonsense|local[N], local[*] or spark://HOST:PORT but got nonsense",
                "train convnet --cluster local[0]|but got local[0]",
                "train convnet --cluster spark://host|but got spark://host",
                "train dcgan --cluster local[2]|no image sees another (convnet, autoencoder,",
                "train gan --workers-batch 32|no image sees another (convnet, autoencoder,",
                "train convnet --workers-batch 0|--workers-batch to be 1 or more but got 0",
                "train convnet --engine dl4j --cluster local[2]|given with --engine scratch"
            })
    void whatCannotBeIsWrongUsage(String command, String message) {
        Told told = Told.by(command.split(" "));
        assertEquals(2, told.status(), told.errors());
        assertTrue(told.errors().contains(message), told.errors());
    }

    @Test
    void aBatchOfOnePieceIsAsEverAndASmallerPieceGivesOtherBits() throws IOException {
        byte[] ever = trained("ever");
        assertArrayEquals(ever, trained("one", "--workers-batch", "256"));
        byte[] pieces = trained("pieces", "--workers-batch", "20");
        assertArrayEquals(pieces, trained("again", "--workers-batch", "20", "--threads", "1"));
        assertTrue(!Arrays.equals(ever, pieces));
    }

    private byte[] trained(String name, String... more) throws IOException {
        Path out = folder.resolve(name);
        String[] fixed = {
            "train",
            "vae",
            "--data",
            "scribbles",
            "--limit",
            "150",
            "--epochs",
            "1",
            "--batch",
            "60",
            "--iwae",
            "0",
            "--out",
            out.toString()
        };
        String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        Told told = Told.by(all);
        assertEquals(0, told.status(), told.errors());
        return Files.readAllBytes(out.resolve("model.bin"));
    }
}
