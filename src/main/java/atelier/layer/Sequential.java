package atelier.layer;

import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;

/**
 * Layers one after the other: the output of each is the input of the next, and gradients walk the same way back.
 *
 * <p>Parameters, buffers and random streams are those of the layers, in their order. The gradient with respect to the
 * very first input is what the first layer returns: where a layer was told not to compute it, the walk ends with {@code null}.
 */
public final class Sequential implements Tangent {

    private final List<Layer> layers;
    private final List<Parameter> parameters;
    private final List<Parameter> buffers;
    private final List<RandomStream> randomness;

    public Sequential(Layer... layers) {
        this(List.of(layers));
    }

    public Sequential(List<? extends Layer> layers) {
        this.layers = List.copyOf(layers);
        parameters =
                layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
        buffers = layers.stream().flatMap(layer -> layer.buffers().stream()).toList();
        randomness =
                layers.stream().flatMap(layer -> layer.randomness().stream()).toList();
    }

    public List<Layer> layers() {
        return layers;
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        Tensor y = x;
        for (int i = 0; i < layers.size(); i++) {
            y = layers.get(i).forward(y, mode);
        }
        return y;
    }

    @Override
    public Tensor backward(Tensor dY) {
        Tensor d = dY;
        for (int i = layers.size() - 1; i >= 0 && d != null; i--) {
            d = layers.get(i).backward(d);
        }
        return d;
    }

    /** @throws IllegalStateException when one of the layers is no {@link Tangent} */
    @Override
    public Tensor tangent(Tensor xDot) {
        Tensor d = xDot;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (!(layer instanceof Tangent straight)) {
                throw new IllegalStateException(
                        "Sequential.tangent: expected layers of straight lines that let each image alone but got "
                                + layer.getClass().getSimpleName() + " in place " + i
                                + ". A gradient penalty asks for the slope at every single image: batch normalisation has "
                                + "none, as it lets the images of a batch see each other, and that of a curve bends. "
                                + "Build the critic without it.");
            }
            d = straight.tangent(d);
        }
        return d;
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public List<Parameter> buffers() {
        return buffers;
    }

    @Override
    public List<RandomStream> randomness() {
        return randomness;
    }
}
