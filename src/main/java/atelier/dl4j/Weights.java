package atelier.dl4j;

import atelier.tensor.ShapeException;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A DL4J network's parameters as tensors, layer by layer, in the kit's order and shapes.
 *
 * <p>In each layer: weight ({@code W}), bias ({@code b}), batch normalisation's {@code gamma} and {@code beta}. Convolution
 * weights are {@code [K,C,R,R]} and dense weights {@code [in,out]} on both sides; a bias is {@code [K]} here.
 *
 * <p>DL4J counts a batch normalisation's running {@code mean} and {@code var} among its parameters, and the step towards the
 * batch among the gradients. Here they are buffers, as in the kit: no gradient moves them.
 *
 * <p>Everything goes by name and index. The one long vector, {@code net.params()}, mixes two orders ('c' for
 * convolutions, 'f' for dense layers) and puts a convolution's bias before its weights.
 */
public final class Weights {

    private static final List<String> LEARNT = List.of("W", "b", "gamma", "beta");
    private static final List<String> KEPT = List.of("mean", "var");

    private Weights() {}

    /** Copies of all parameters. */
    public static List<Tensor> of(MultiLayerNetwork net) {
        return copies(net, LEARNT);
    }

    /** Copies of what training keeps but does not learn: the running mean and variance of each batch normalisation. */
    public static List<Tensor> buffers(MultiLayerNetwork net) {
        return copies(net, KEPT);
    }

    /**
     * Writes tensors into the network, in the order of {@link #of}.
     *
     * @throws ShapeException when their number or a shape differs; nothing is written then
     */
    public static void copy(List<Tensor> from, MultiLayerNetwork to) {
        write(from, to, LEARNT);
    }

    /**
     * Writes tensors into the network, in the order of {@link #buffers}.
     *
     * @throws ShapeException when their number or a shape differs; nothing is written then
     */
    public static void copyBuffers(List<Tensor> from, MultiLayerNetwork to) {
        write(from, to, KEPT);
    }

    private static void write(List<Tensor> from, MultiLayerNetwork to, List<String> among) {
        List<INDArray> arrays = arrays(to, among);
        requireShapes(copies(to, among), from);
        for (int i = 0; i < arrays.size(); i++) {
            try (INDArray values = Tensors.toNd4j(from.get(i))) {
                arrays.get(i).assign(values);
            }
        }
    }

    /**
     * Copies of the gradients of the latest backward pass, divided by the batch size.
     *
     * <p>DL4J keeps the sum over the batch, and its updater divides just before the step; the quotient is the gradient of
     * the mean loss.
     */
    public static List<Tensor> gradients(MultiLayerNetwork net, int batchSize) {
        return gradients(net, net.gradient(), batchSize);
    }

    /** Copies of these gradients, divided by a number: 1 leaves them as DL4J has them. */
    public static List<Tensor> gradients(MultiLayerNetwork net, Gradient gradient, double divisor) {
        List<Tensor> gradients = new ArrayList<>();
        for (int i = 0; i < net.getnLayers(); i++) {
            for (String key : keys(net.getLayer(i), LEARNT)) {
                INDArray sum = gradient.getGradientFor(i + "_" + key);
                gradients.add(Tensors.toTensor(view(key, sum).div(divisor)));
            }
        }
        return gradients;
    }

    static void requireShapes(List<Tensor> wanted, List<Tensor> given) {
        if (given.size() != wanted.size()) {
            throw new ShapeException("Weights.copy: expected " + wanted.size() + " tensors but got " + given.size()
                    + ". Give every layer's weight and bias, in order.");
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!given.get(i).hasShape(wanted.get(i).shape())) {
                throw new ShapeException("Weights.copy: expected shape "
                        + Arrays.toString(wanted.get(i).shape()) + " for tensor " + i + " but got "
                        + Arrays.toString(given.get(i).shape())
                        + ". Both networks must have the same architecture.");
            }
        }
    }

    /** How many columns the weight at this place has: how a constructor learns the size of a code from weights that it is given. */
    static int columns(List<Tensor> weights, int place, String where) {
        if (weights.size() <= place || weights.get(place).rank() != 2) {
            throw new ShapeException(
                    where + ": expected a dense layer's weight [in,out] as tensor " + place + " but got "
                            + (weights.size() <= place
                                    ? weights.size() + " tensors"
                                    : Arrays.toString(weights.get(place).shape()))
                            + ". Give every layer's weight and bias, in order.");
        }
        return weights.get(place).size(1);
    }

    private static List<Tensor> copies(MultiLayerNetwork net, List<String> among) {
        return arrays(net, among).stream().map(Tensors::toTensor).toList();
    }

    private static List<INDArray> arrays(MultiLayerNetwork net, List<String> among) {
        List<INDArray> arrays = new ArrayList<>();
        for (Layer layer : net.getLayers()) {
            keys(layer, among).forEach(key -> arrays.add(view(key, layer.getParam(key))));
        }
        return arrays;
    }

    private static List<String> keys(Layer layer, List<String> among) {
        return among.stream().filter(layer.paramTable()::containsKey).toList();
    }

    /** One number a channel has one axis here, whether DL4J holds it as [K] or as [1,K]; the view shares its numbers. */
    private static INDArray view(String key, INDArray array) {
        return key.equals("W") ? array : array.reshape(array.length());
    }
}
