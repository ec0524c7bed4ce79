package atelier.train;

import static atelier.train.CheckpointFormat.DIGEST;
import static atelier.train.CheckpointFormat.MAGIC;
import static atelier.train.CheckpointFormat.VERSION;
import static atelier.train.CheckpointFormat.digest;

import atelier.train.Checkpoint.Numbers;
import atelier.train.Checkpoint.OptimizerState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A checkpoint into bytes, in the form of {@link CheckpointFormat}. */
final class CheckpointWriter {

    private CheckpointWriter() {}

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
}
