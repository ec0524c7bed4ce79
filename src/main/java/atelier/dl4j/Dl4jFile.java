package atelier.dl4j;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A model in DL4J's own file: a zip of its configuration, its weights and Adam's memory, which any DL4J program can read. A model
 * of two networks is a zip of two such files.
 *
 * <p>One memory is not in it: a layer that learns by {@code pretrain} keeps Adam's to itself, and DL4J writes that of the network,
 * which is empty. A {@link Dl4jVae} comes back with its weights and begins with a new Adam.
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
     * Writes the model.
     *
     * @throws UncheckedIOException when it cannot be written; a file of that name stays as it was
     */
    public static void save(Dl4jModel model, Path file) {
        Path beside = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (FileOutputStream out = new FileOutputStream(beside.toFile())) {
                out.write(bytes(model.networks()));
                out.getFD().sync();
            }
            requireSame(model.networks(), read(beside, model.networks()));
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

    /** Reads a convolutional network that {@link #save} wrote. */
    public static Dl4jConvNet load(Path file) {
        return load(file, new Dl4jConvNet(0, 1e-3));
    }

    /**
     * Reads what {@link #save} wrote into a model of the same architecture: weights, Adam's memory and η.
     *
     * @return that model
     * @throws UncheckedIOException when the file cannot be read or holds another architecture; the model is unchanged then
     */
    public static <M extends Dl4jModel> M load(Path file, M into) {
        try {
            Map<String, MultiLayerNetwork> networks = read(file, into.networks());
            networks.forEach((name, net) -> copy(net, into.networks().get(name)));
            return into;
        } catch (IOException | RuntimeException failure) {
            IOException cause = failure instanceof IOException io ? io : new IOException(failure.toString(), failure);
            throw new UncheckedIOException(
                    "Dl4jFile: expected the kit's network in DL4J's form in " + file + " but got " + cause.getMessage()
                            + ". Save it again.",
                    cause);
        }
    }

    // ---- writing ----

    private static byte[] bytes(Map<String, MultiLayerNetwork> networks) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (networks.size() == 1) {
            ModelSerializer.writeModel(networks.values().iterator().next(), bytes, true);
            return bytes.toByteArray();
        }
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, MultiLayerNetwork> named : networks.entrySet()) {
                zip.putNextEntry(new ZipEntry(named.getKey() + ".zip"));
                zip.write(bytes(Map.of(named.getKey(), named.getValue())));
            }
        }
        return bytes.toByteArray();
    }

    private static void requireSame(Map<String, MultiLayerNetwork> written, Map<String, MultiLayerNetwork> read)
            throws IOException {
        for (Map.Entry<String, MultiLayerNetwork> named : written.entrySet()) {
            MultiLayerNetwork a = named.getValue();
            MultiLayerNetwork b = read.get(named.getKey());
            if (!a.params().equalsWithEps(b.params(), 0)
                    || !a.updaterState().equalsWithEps(b.updaterState(), 0)
                    || a.getIterationCount() != b.getIterationCount()) {
                throw new IOException("other numbers when it was read back");
            }
        }
    }

    // ---- reading ----

    private static Map<String, MultiLayerNetwork> read(Path file, Map<String, MultiLayerNetwork> like)
            throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("a file of " + Files.size(file) + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        Map<String, byte[]> files = like.size() == 1
                ? Map.of(like.keySet().iterator().next() + ".zip", bytes)
                : entries(
                        bytes, like.keySet().stream().map(name -> name + ".zip").collect(Collectors.toSet()));
        Map<String, MultiLayerNetwork> networks = new LinkedHashMap<>();
        for (Map.Entry<String, MultiLayerNetwork> named : like.entrySet()) {
            byte[] one = files.get(named.getKey() + ".zip");
            if (one == null) {
                throw new IOException("no entry " + named.getKey() + ".zip");
            }
            networks.put(named.getKey(), network(one, named.getValue()));
        }
        return networks;
    }

    private static MultiLayerNetwork network(byte[] bytes, MultiLayerNetwork like) throws IOException {
        entries(bytes, ENTRIES);
        MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes), true);
        Double rate = net.getLearningRate(0);
        Rate.set(net, like.getLearningRate(0)); // η may differ, nothing else
        if (rate == null || !layers(net).equals(layers(like))) {
            throw new IOException("a network of other layers");
        }
        Rate.set(net, rate);
        return net;
    }

    /** The entries of a zip, unpacked; one that is not known is refused unread. */
    private static Map<String, byte[]> entries(byte[] bytes, Set<String> known) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            long room = LARGEST;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!known.contains(entry.getName())) {
                    throw new IOException("an entry " + entry.getName() + ", which does not belong there");
                }
                byte[] unpacked = zip.readNBytes((int) room + 1);
                room -= unpacked.length;
                if (room < 0) {
                    throw new IOException("more than " + LARGEST + " bytes unpacked");
                }
                entries.put(entry.getName(), unpacked);
            }
        }
        if (entries.isEmpty()) {
            throw new IOException("no zip file");
        }
        return entries;
    }

    private static List<Layer> layers(MultiLayerNetwork net) {
        return net.getLayerWiseConfigurations().getConfs().stream()
                .map(NeuralNetConfiguration::getLayer)
                .toList();
    }

    private static void copy(MultiLayerNetwork from, MultiLayerNetwork to) {
        Rate.set(to, from.getLearningRate(0));
        to.params().assign(from.params());
        to.getUpdater().getStateViewArray().assign(from.updaterState());
        to.getLayerWiseConfigurations().setIterationCount(from.getIterationCount());
    }

    private static void delete(Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException stays) {
            // a leftover of a full disk: its name begins with a dot and it is overwritten next time
        }
    }
}
