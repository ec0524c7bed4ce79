package atelier.dl4j;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The network in DL4J's own file: a zip of its configuration, its weights and Adam's memory, which any DL4J program can read.
 *
 * <p>It is written beside its final name, read back, compared, and only then renamed: whoever opens the name finds the
 * old file or the new one, whole.
 *
 * <p>Load only files that you trust: DL4J finds class names in the configuration and makes objects of them. Entries that
 * hold serialised Java objects, which DL4J also knows, are refused here.
 */
public final class Dl4jFile {

    private static final Set<String> ENTRIES =
            Set.of("configuration.json", "coefficients.bin", "updaterState.bin", "noParams.marker");
    private static final long LARGEST = 64L << 20;

    private Dl4jFile() {}

    /**
     * Writes the network, with Adam's memory, so that training can go on.
     *
     * @throws UncheckedIOException when it cannot be written; a file of that name stays as it was
     */
    public static void save(Dl4jConvNet net, Path file) {
        Path beside = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ModelSerializer.writeModel(net.network(), bytes, true);
            try (FileOutputStream out = new FileOutputStream(beside.toFile())) {
                out.write(bytes.toByteArray());
                out.getFD().sync();
            }
            requireSame(net.network(), read(beside));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "Dl4jFile: expected to write " + file + " but got " + failure
                            + ". Make room, or choose another folder; nothing was replaced.",
                    failure);
        } finally {
            delete(beside);
        }
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws UncheckedIOException when the file cannot be read or is no such network
     */
    public static Dl4jConvNet load(Path file) {
        Nd4jRuntime.start();
        try {
            return new Dl4jConvNet(read(file));
        } catch (IOException | RuntimeException failure) {
            IOException cause = failure instanceof IOException io ? io : new IOException(failure.toString(), failure);
            throw new UncheckedIOException(
                    "Dl4jFile: expected the kit's network in DL4J's form in " + file + " but got " + cause.getMessage()
                            + ". Save it again.",
                    cause);
        }
    }

    private static MultiLayerNetwork read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("a file of " + Files.size(file) + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        requireKnownEntries(bytes);
        MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes), true);
        Double rate = net.getLearningRate(0);
        if (!layers(net.getLayerWiseConfigurations())
                .equals(layers(Dl4jConvNet.architecture(0, rate == null ? 0 : rate)))) {
            throw new IOException("a network of other layers");
        }
        return net;
    }

    private static void requireKnownEntries(byte[] bytes) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            long size = 0;
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!ENTRIES.contains(entry.getName())) {
                    throw new IOException("an entry " + entry.getName() + ", which does not belong there");
                }
                for (byte[] part = new byte[1 << 16]; size <= LARGEST; ) {
                    int read = zip.read(part);
                    if (read < 0) {
                        break;
                    }
                    size += read;
                }
                entries++;
            }
            if (entries == 0 || size > LARGEST) {
                throw new IOException(entries == 0 ? "no zip file" : "more than " + LARGEST + " bytes unpacked");
            }
        }
    }

    private static List<Layer> layers(MultiLayerConfiguration configuration) {
        return configuration.getConfs().stream()
                .map(NeuralNetConfiguration::getLayer)
                .toList();
    }

    private static void requireSame(MultiLayerNetwork written, MultiLayerNetwork read) throws IOException {
        INDArray memory = written.getUpdater().getStateViewArray();
        if (!written.params().equalsWithEps(read.params(), 0)
                || !memory.equalsWithEps(read.getUpdater().getStateViewArray(), 0)
                || written.getIterationCount() != read.getIterationCount()) {
            throw new IOException("other numbers when it was read back");
        }
    }

    private static void delete(Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException stays) {
            // a leftover of a full disk: its name begins with a dot and it is overwritten next time
        }
    }
}
