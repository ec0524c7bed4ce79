package atelier.train;

import static atelier.train.CheckpointFormat.DIGEST;
import static atelier.train.CheckpointFormat.HEAD;
import static atelier.train.CheckpointFormat.MAGIC;
import static atelier.train.CheckpointFormat.VERSION;
import static atelier.train.CheckpointFormat.digest;

import atelier.train.Checkpoint.Numbers;
import atelier.train.Checkpoint.OptimizerState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A checkpoint out of bytes that anything may have happened to, in the form of {@link CheckpointFormat}. */
final class CheckpointReader {

    private CheckpointReader() {}

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

    private static void require(boolean condition, String fault) {
        if (!condition) {
            throw new CheckpointException(fault);
        }
    }
}
