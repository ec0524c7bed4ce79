package atelier.measure;

import atelier.layer.Parameter;
import atelier.model.ConvNet;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file {@code judge.bin} that comes with the kit: the {@code model.bin} that a training wrote, byte for byte.
 *
 * <pre>{@code
 * ./atelier train convnet --data mnist --seed 1 --out DIR, then DIR/model.bin
 * }</pre>
 *
 * <p>{@code train.ModelFile} reads such files too, and with suspicion; this room may not look into that one. A file that is
 * part of the kit needs no suspicion, so it is read here as it stands, number after number, and a test lets the other
 * reader confirm both the file's digest and every weight.
 */
final class JudgeFile {

    private static final int HEAD = 8 + Integer.BYTES + Long.BYTES; // magic, version, length
    private static final int POSITION = 2 * Integer.BYTES + Double.BYTES; // of a training; here all 0

    private JudgeFile() {}

    /** Its bytes; the caller closes them. */
    static InputStream open() {
        InputStream file = JudgeFile.class.getResourceAsStream("judge.bin");
        if (file == null) {
            throw new IllegalStateException("Judge: expected judge.bin beside the classes of atelier.measure but got "
                    + "none. Build the kit again: ./atelier test.");
        }
        return file;
    }

    /** Puts the weights into a network, and tells what they were trained with. */
    static Map<String, String> into(ConvNet net) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(open()))) {
            in.skipNBytes(HEAD);
            Map<String, String> identity = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                identity.put(text(in), text(in));
            }
            in.skipNBytes(POSITION);
            requireSame("parameters", net.parameters().size(), in.readInt());
            for (Parameter parameter : net.parameters()) {
                read(in, parameter);
            }
            return identity;
        } catch (EOFException end) {
            throw new IllegalStateException(
                    "Judge: expected the weights of a ConvNet in judge.bin but got only a part"
                            + " of them. Restore the file.",
                    end);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void read(DataInputStream in, Parameter parameter) throws IOException {
        requireSame("parameter", parameter.name(), text(in));
        int[] shape = new int[in.readInt()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = in.readInt();
        }
        requireSame(parameter.name(), Arrays.toString(parameter.value().shape()), Arrays.toString(shape));
        float[] values = parameter.value().data();
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static void requireSame(String what, Object wanted, Object stored) {
        if (!wanted.equals(stored)) {
            throw new IllegalStateException("Judge: expected " + what + " " + wanted + " in judge.bin but got " + stored
                    + ". The ConvNet has changed: train the judge anew and replace the file.");
        }
    }
}
