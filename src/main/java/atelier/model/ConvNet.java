package atelier.model;

import atelier.layer.Conv2d;
import atelier.layer.Dense;
import atelier.layer.Flatten;
import atelier.layer.Layer;
import atelier.layer.MaxPool2d;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.layer.Relu;
import atelier.layer.Sequential;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;

/**
 * A small network that reads handwriting: two rounds of convolution and pooling find strokes, two dense layers decide.
 *
 * <pre>{@code
 * [N,1,28,28] conv 16@5×5 → [N,16,24,24] pool 2 → [N,16,12,12]
 *             conv 32@5×5 → [N,32,8,8]   pool 2 → [N,32,4,4] → flatten [N,512] → dense [N,128] → dense [N,10]
 * }</pre>
 *
 * <p>ReLU follows both convolutions and the first dense layer. The ten outputs are logits. 80,202 parameters.
 *
 * <p>Walk-through: notebooks/05-convnet. Source: LeCun et al. 1998, doi:10.1109/5.726791, with today's activations.
 */
public final class ConvNet implements Model {

    private final Sequential layers;

    /** A network with random weights. */
    public ConvNet(RandomStream random) {
        layers = new Sequential(
                new Conv2d("conv1", 1, 16, 5, 1, 0, 1, random.split(1)).withoutInputGradient(),
                new Relu(),
                new MaxPool2d(2, 2),
                new Conv2d("conv2", 16, 32, 5, 1, 0, 1, random.split(2)),
                new Relu(),
                new MaxPool2d(2, 2),
                new Flatten(),
                new Dense("dense1", 512, 128, random.split(3)),
                new Relu(),
                new Dense("dense2", 128, 10, random.split(4)));
    }

    @Override
    public String name() {
        return "convnet";
    }

    @Override
    public String architecture() {
        return "conv 16@5x5, relu, maxpool 2, conv 32@5x5, relu, maxpool 2, dense 512-128, relu, dense 128-10";
    }

    /** The layers in order, to look inside. */
    public List<Layer> layers() {
        return layers.layers();
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        return layers.forward(x, mode);
    }

    @Override
    public Tensor backward(Tensor dY) {
        return layers.backward(dY);
    }

    @Override
    public List<Parameter> parameters() {
        return layers.parameters();
    }
}
