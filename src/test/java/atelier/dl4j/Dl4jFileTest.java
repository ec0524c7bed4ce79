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
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    static Stream<Function<Long, Dl4jModel>> models() {
        return Stream.of(
                seed -> new Dl4jConvNet(seed, 1e-3),
                seed -> new Dl4jAutoencoder(4, seed, 1e-3),
                seed -> new Dl4jConvAutoencoder(4, seed, 1e-3),
                seed -> new Dl4jVae(4, seed, 1e-3),
                seed -> new Dl4jConvVae(4, 2, seed, 1e-3),
                seed -> Dl4jGan.dense(4, seed, 1e-3),
                seed -> Dl4jGan.convolutional(4, seed, 1e-3));
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyModelComesBackWithItsWeightsRateCountAndMemory(Function<Long, Dl4jModel> seeded) {
        Dl4jModel model = seeded.apply(1L);
        model.learningRate(5e-4);
        model.step(batch);
        Dl4jFile.save(model, folder.resolve("model.zip"));
        Dl4jModel again = Dl4jFile.load(folder.resolve("model.zip"), seeded.apply(2L));
        assertWeights(model.weights(), again.weights(), 0);
        assertWeights(model.buffers(), again.buffers(), 0);
        model.networks().forEach((name, net) -> {
            MultiLayerNetwork other = again.networks().get(name);
            assertEquals(5e-4, other.getLearningRate(0));
            assertEquals(net.getIterationCount(), other.getIterationCount());
            assertEquals(net.updaterState(), other.updaterState());
        });
    }

    @Test
    void twoNetworksAreAZipOfTwoFilesOfDl4j() throws IOException {
        Dl4jConvVae model = new Dl4jConvVae(4, 1, 3, 1e-3);
        Path file = folder.resolve("conv-vae.zip");
        Dl4jFile.save(model, file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertEquals(2, zip.size());
            for (String name : List.of("encoder", "decoder")) {
                MultiLayerNetwork net =
                        ModelSerializer.restoreMultiLayerNetwork(zip.getInputStream(zip.getEntry(name + ".zip")));
                assertEquals(model.networks().get(name).params(), net.params());
            }
        }
    }

    @Test
    void aModelIsNotFilledFromAnotherModelsFile() {
        Path file = folder.resolve("autoencoder.zip");
        Dl4jFile.save(new Dl4jAutoencoder(4, 1, 1e-3), file);
        for (Dl4jModel other :
                List.of(new Dl4jAutoencoder(5, 2, 1e-3), new Dl4jVae(4, 2, 1e-3), new Dl4jConvVae(4, 1, 2, 1e-3))) {
            List<Tensor> before = other.weights();
            String message = assertThrows(UncheckedIOException.class, () -> Dl4jFile.load(file, other))
                    .getMessage();
            assertTrue(message.startsWith("Dl4jFile: expected") && !message.contains("\n"), message);
            assertWeights(before, other.weights(), 0);
        }
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
