package atelier.show;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Dense layers on their way into a web page, {@code y = f(x·W + b)} each, small enough to travel.
 *
 * <p>A large matrix goes as whole numbers from −127 to 127 and a scale for each column, a small one and the biases as
 * floats: rounding the few numbers close to the latent would show.
 *
 * @param weights W {@code [F,K]} and b {@code [K]} of the first layer, of the second …
 * @param activations f of each layer: linear, relu, tanh or sigmoid
 */
record DenseStack(List<Tensor> weights, List<String> activations) {

    private static final Set<String> KNOWN = Set.of("linear", "relu", "tanh", "sigmoid");
    private static final int SMALL = 20_000;
    private static final int LEVELS = 127;

    DenseStack {
        if (activations.isEmpty() || weights.size() != 2 * activations.size() || !KNOWN.containsAll(activations)) {
            throw new IllegalArgumentException("LatentExplorer: expected a weight, a bias and an activation " + KNOWN
                    + " for each dense layer but got " + weights.size() + " tensors and " + activations
                    + ". Name one activation a layer.");
        }
        int width = 2;
        for (int i = 0; i < weights.size(); i += 2) {
            Tensor w = weights.get(i);
            Tensor b = weights.get(i + 1);
            if (w.rank() != 2 || w.size(0) != width || !b.hasShape(w.size(1))) {
                throw new ShapeException("LatentExplorer, layer " + (i / 2 + 1) + ": expected a weight [" + width
                        + ",K] and a bias [K] but got " + Arrays.toString(w.shape()) + " and "
                        + Arrays.toString(b.shape()) + ". Take a decoder of dense layers from two latents.");
            }
            width = w.size(1);
        }
        int side = (int) Math.sqrt(width);
        if (side * side != width) {
            throw new ShapeException(
                    "LatentExplorer: expected a square image, such as 784 pixels, but the last layer has " + width
                            + " outputs. Let it end in an image of one channel.");
        }
    }

    /** How many pixels an image has each way. */
    int side() {
        return (int) Math.sqrt(weights.get(weights.size() - 1).length());
    }

    /** The images {@code [M,1,H,H]} of latents {@code [M,2]}. */
    Tensor decode(Tensor z) {
        int n = z.size(0);
        double[][] x = new double[n][2];
        for (int i = 0; i < n; i++) {
            x[i] = new double[] {z.at(i, 0), z.at(i, 1)};
            for (int layer = 0; layer < activations.size(); layer++) {
                x[i] = dense(x[i], weights.get(2 * layer), weights.get(2 * layer + 1), activations.get(layer));
            }
        }
        Tensor images = Tensor.zeros(n, 1, side(), side());
        for (int i = 0; i < images.length(); i++) {
            images.data()[i] = (float) x[i / x[0].length][i % x[0].length];
        }
        return images;
    }

    private static double[] dense(double[] x, Tensor w, Tensor b, String activation) {
        double[] y = new double[b.length()];
        for (int k = 0; k < y.length; k++) {
            y[k] = b.at(k);
        }
        for (int f = 0; f < x.length; f++) {
            for (int k = 0; x[f] != 0 && k < y.length; k++) {
                y[k] += x[f] * w.data()[f * y.length + k];
            }
        }
        for (int k = 0; k < y.length; k++) {
            y[k] = switch (activation) {
                case "relu" -> Math.max(0, y[k]);
                case "tanh" -> Math.tanh(y[k]);
                case "sigmoid" -> 1 / (1 + Math.exp(-y[k]));
                default -> y[k];
            };
        }
        return y;
    }

    /** The layers as a JSON array. */
    String json() {
        StringBuilder json = new StringBuilder("[");
        for (int layer = 0; layer < activations.size(); layer++) {
            Tensor w = weights.get(2 * layer);
            json.append(layer == 0 ? "" : ",").append("{\"activation\":\"").append(activations.get(layer));
            json.append("\",\"bias\":\"")
                    .append(floats(weights.get(2 * layer + 1).data()));
            if (w.length() <= SMALL) {
                json.append("\",\"weights\":\"").append(floats(w.data()));
            } else {
                float[] scales = scales(w);
                json.append("\",\"scales\":\"").append(floats(scales));
                json.append("\",\"weights\":\"").append(Base64.getEncoder().encodeToString(whole(w, scales)));
            }
            json.append("\"}");
        }
        return json.append(']').toString();
    }

    /** What one step of a whole number stands for, in each column. */
    private static float[] scales(Tensor w) {
        float[] scales = new float[w.size(1)];
        for (int i = 0; i < w.length(); i++) {
            int k = i % scales.length;
            scales[k] = Math.max(scales[k], Math.abs(w.data()[i]) / LEVELS);
        }
        return scales;
    }

    private static byte[] whole(Tensor w, float... scales) {
        byte[] whole = new byte[w.length()];
        for (int i = 0; i < whole.length; i++) {
            float scale = scales[i % scales.length];
            whole[i] = scale == 0 ? 0 : (byte) Math.round(w.data()[i] / scale);
        }
        return whole;
    }

    private static String floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
