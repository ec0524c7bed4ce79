package atelier.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("dl4j")
class Dl4jFileTest {

    @TempDir
    Path folder;

    private final Batch batch = ConvNetParityTest.batch(8, RandomStream.seed(4));

    @Test
    void aSavedNetworkGoesOnAsIfItHadNeverStopped() {
        Dl4jConvNet net = new Dl4jConvNet(1, 1e-3);
        net.step(batch);
        net.step(batch);
        Dl4jFile.save(net, folder.resolve("convnet.zip"));
        Dl4jConvNet again = Dl4jFile.load(folder.resolve("convnet.zip"));
        assertWeights(net.weights(), again.weights(), 0);
        net.step(batch);
        again.step(batch);
        assertWeights(net.weights(), again.weights(), 1e-6f); // Adam's m, v and t came along, or a weight moves by 1e-3
    }

    @Test
    void onlyTheFinalNameIsLeftInTheFolder() throws IOException {
        Dl4jConvNet net = new Dl4jConvNet(1, 1e-3);
        Path file = folder.resolve("convnet.zip");
        Files.writeString(file, "an older file");
        Dl4jFile.save(net, file);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
        assertWeights(net.weights(), Dl4jFile.load(file).weights(), 0);
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldFileAndSaysWhy() throws IOException {
        Dl4jConvNet net = new Dl4jConvNet(1, 1e-3);
        Path missing = folder.resolve("no such folder").resolve("convnet.zip");
        String message = assertThrows(UncheckedIOException.class, () -> Dl4jFile.save(net, missing))
                .getMessage();
        assertTrue(message.contains("expected to write " + missing), message);

        Path taken = Files.createDirectory(folder.resolve("taken"));
        Files.writeString(taken.resolve("inside"), "kept");
        assertThrows(UncheckedIOException.class, () -> Dl4jFile.save(net, taken));
        assertEquals("kept", Files.readString(taken.resolve("inside")));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(taken), files.toList());
        }
    }

    @Test
    void aDamagedFileIsRefusedInOneLine() throws IOException {
        Path file = folder.resolve("convnet.zip");
        Dl4jFile.save(new Dl4jConvNet(1, 1e-3), file);
        byte[] whole = Files.readAllBytes(file);
        for (byte[] damaged : List.of(
                new byte[0],
                "not a zip".getBytes(),
                Arrays.copyOf(whole, whole.length / 2),
                Arrays.copyOf(whole, 100))) {
            Files.write(file, damaged);
            assertRefused(file);
        }
    }

    @Test
    void aFlippedByteInTheWeightsIsSeen() throws IOException {
        Path file = folder.resolve("convnet.zip");
        Dl4jFile.save(new Dl4jConvNet(1, 1e-3), file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x10;
        Files.write(file, bytes);
        assertRefused(file);
    }

    @Test
    void serialisedJavaObjectsAreRefusedUnread() throws IOException {
        Path file = folder.resolve("convnet.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("preprocessor.bin"));
            new ObjectOutputStream(zip).writeObject("harmless here");
        }
        assertTrue(assertRefused(file).contains("preprocessor.bin"));
    }

    @Test
    void anotherNetworkIsRefused() throws IOException {
        MultiLayerNetwork other = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder().nIn(3).nOut(2).build())
                .build());
        other.init();
        Path file = folder.resolve("other.zip");
        ModelSerializer.writeModel(other, file.toFile(), true);
        assertTrue(assertRefused(file).contains("other layers"));
    }

    private static String assertRefused(Path file) {
        String message = assertThrows(UncheckedIOException.class, () -> Dl4jFile.load(file))
                .getMessage();
        assertTrue(message.startsWith("Dl4jFile: expected") && !message.contains("\n"), message);
        return message;
    }

    private static void assertWeights(List<Tensor> expected, List<Tensor> actual, float tolerance) {
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).data(), actual.get(i).data(), tolerance);
        }
    }
}
