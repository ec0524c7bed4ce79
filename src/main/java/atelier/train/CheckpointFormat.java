package atelier.train;

import atelier.train.Checkpoint.Numbers;
import atelier.train.Checkpoint.OptimizerState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A checkpoint as bytes, and back: numbers with the high byte first, every list after its length.
 *
 * <pre>{@code
 * magic 8 | version 4 | length of the file 8 | identity | position | parameters | buffers | optimisers
 *         | random positions | history | SHA-256 of all that 32
 * }</pre>
 *
 * <p>The magic begins with a byte that is no text and holds both line ends, so that a transfer as text is noticed. Reading
 * checks the digest first, and believes no size that the remaining bytes cannot hold.
 */
final class CheckpointFormat {

    private static final byte[] MAGIC = {(byte) 0x89, 'A', 'T', 'L', '\r', '\n', 0x1A, '\n'};
    private static final int VERSION = 1;
    private static final int HEAD = MAGIC.length + Integer.BYTES + Long.BYTES;
    private static final int DIGEST = 32;

    private CheckpointFormat() {}

    // ---- writing ----

    static byte[] bytes(Checkpoint checkpoint) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeInt(VERSION);
            out.writeLong(0); // the length, known at the end
            write(out, checkpoint);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // memory does not fail
        }
        byte[] file = Arrays.copyOf(bytes.toByteArray(), bytes.size() + DIGEST);
        ByteBuffer.wrap(file).putLong(MAGIC.length + Integer.BYTES, file.length);
        System.arraycopy(digest(file), 0, file, file.length - DIGEST, DIGEST);
        return file;
    }

    private static void write(DataOutputStream out, Checkpoint checkpoint) throws IOException {
        out.writeInt(checkpoint.identity().size());
        for (Map.Entry<String, String> entry : new TreeMap<>(checkpoint.identity()).entrySet()) {
            write(out, entry.getKey());
            write(out, entry.getValue());
        }
        out.writeInt(checkpoint.position().epoch());
        out.writeInt(checkpoint.position().batch());
        out.writeDouble(checkpoint.position().lossSum());
        write(out, checkpoint.parameters());
        write(out, checkpoint.buffers());
        out.writeInt(checkpoint.optimizers().size());
        for (OptimizerState optimizer : checkpoint.optimizers()) {
            out.writeLong(optimizer.steps());
            write(out, optimizer.state());
        }
        out.writeInt(checkpoint.randomness().size());
        for (long position : checkpoint.randomness()) {
            out.writeLong(position);
        }
        out.writeInt(checkpoint.epochs().size());
        for (History.Epoch epoch : checkpoint.epochs()) {
            out.writeDouble(epoch.trainLoss());
            out.writeDouble(epoch.learningRate());
            out.writeInt(epoch.metrics().size());
            for (Map.Entry<String, Double> metric : epoch.metrics().entrySet()) {
                write(out, metric.getKey());
                out.writeDouble(metric.getValue());
            }
        }
    }

    private static void write(DataOutputStream out, List<Numbers> tensors) throws IOException {
        out.writeInt(tensors.size());
        for (Numbers tensor : tensors) {
            write(out, tensor.name());
            out.writeInt(tensor.shape().length);
            for (int size : tensor.shape()) {
                out.writeInt(size);
            }
            ByteBuffer values = ByteBuffer.allocate(tensor.values().length * Float.BYTES);
            values.asFloatBuffer().put(tensor.values());
            out.write(values.array());
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    // ---- reading ----

    /** @throws CheckpointException when the bytes are no whole, undamaged checkpoint that this version can read */
    static Checkpoint checkpoint(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        require(file.length > 0, "is empty");
        require(
                Arrays.equals(MAGIC, Arrays.copyOf(file, Math.min(MAGIC.length, file.length)))
                        || file.length < MAGIC.length && Arrays.mismatch(MAGIC, file) == file.length,
                "is no checkpoint of Atelier");
        require(file.length >= HEAD + DIGEST, "is cut off after " + file.length + " bytes");
        int version = in.position(MAGIC.length).getInt();
        long length = in.getLong();
        require(file.length >= length, "is cut off after " + file.length + " of " + length + " bytes");
        byte[] stored = Arrays.copyOfRange(file, file.length - DIGEST, file.length);
        require(length == file.length && Arrays.equals(stored, digest(file)), "is damaged: its SHA-256 does not match");
        require(
                version <= VERSION,
                "has format " + version + " and this Atelier reads format " + VERSION + " and older");
        require(version == VERSION, "has the unknown format " + version);
        return read(in.limit(file.length - DIGEST));
    }

    private static Checkpoint read(ByteBuffer in) {
        Map<String, String> identity = new TreeMap<>();
        for (int left = count(in, 2 * Integer.BYTES); left > 0; left--) {
            identity.put(text(in), text(in));
        }
        require(in.remaining() >= 2 * Integer.BYTES + Double.BYTES, "lacks its position");
        Position position = new Position(in.getInt(), in.getInt(), in.getDouble());
        require(position.epoch() >= 0 && position.batch() >= 0, "has an impossible position: " + position);
        List<Numbers> parameters = tensors(in);
        List<Numbers> buffers = tensors(in);
        List<OptimizerState> optimizers = new ArrayList<>();
        for (int left = count(in, Long.BYTES + Integer.BYTES); left > 0; left--) {
            require(in.remaining() >= Long.BYTES, "lacks an optimiser's steps");
            optimizers.add(new OptimizerState(in.getLong(), tensors(in)));
        }
        List<Long> randomness = new ArrayList<>();
        for (int left = count(in, Long.BYTES); left > 0; left--) {
            randomness.add(in.getLong());
        }
        List<History.Epoch> epochs = epochs(in);
        require(in.remaining() == 0, "has " + in.remaining() + " bytes too many");
        return new Checkpoint(identity, position, parameters, buffers, optimizers, randomness, epochs);
    }

    private static List<History.Epoch> epochs(ByteBuffer in) {
        List<History.Epoch> epochs = new ArrayList<>();
        int rows = count(in, 2 * Double.BYTES + Integer.BYTES);
        for (int row = 1; row <= rows; row++) {
            require(in.remaining() >= 2 * Double.BYTES, "lacks a row of its history");
            double loss = in.getDouble();
            double rate = in.getDouble();
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (int left = count(in, Integer.BYTES + Double.BYTES); left > 0; left--) {
                String name = text(in);
                require(in.remaining() >= Double.BYTES, "lacks a metric");
                metrics.put(name, in.getDouble());
            }
            epochs.add(new History.Epoch(row, loss, rate, metrics, 0, 0));
        }
        return epochs;
    }

    private static List<Numbers> tensors(ByteBuffer in) {
        List<Numbers> tensors = new ArrayList<>();
        for (int left = count(in, 2 * Integer.BYTES); left > 0; left--) {
            String name = text(in);
            int[] shape = new int[count(in, Integer.BYTES)];
            long length = 1;
            for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = in.getInt();
                require(shape[axis] >= 0, "has a tensor of negative size");
                length = Math.min(length * shape[axis], Integer.MAX_VALUE);
            }
            require(length * Float.BYTES <= in.remaining(), "has a tensor larger than itself");
            float[] values = new float[(int) length];
            in.asFloatBuffer().get(values);
            in.position(in.position() + values.length * Float.BYTES);
            tensors.add(new Numbers(name, shape, values));
        }
        return tensors;
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[count(in, 1)];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** The length of a list whose elements take at least so many bytes each. */
    private static int count(ByteBuffer in, int bytesEach) {
        require(in.remaining() >= Integer.BYTES, "lacks a length");
        int count = in.getInt();
        require(count >= 0 && (long) count * bytesEach <= in.remaining(), "has a list longer than itself");
        return count;
    }

    private static byte[] digest(byte[] file) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(file, 0, file.length - DIGEST);
            return sha.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every JDK has SHA-256
        }
    }

    private static void require(boolean condition, String fault) {
        if (!condition) {
            throw new CheckpointException(fault);
        }
    }
}
