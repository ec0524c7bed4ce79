package atelier.dl4j;

import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A step of a network that has no loss of its own ("external errors" in DL4J's words): it is given the gradient at its output, and
 * returns the one at its input for the network before it.
 *
 * <p>The network must not use workspaces: its activations have to outlive the walk forward.
 */
final class ExternalErrors {

    private ExternalErrors() {}

    /** The last layer's output as in training; the layers keep what they need to go back. */
    static INDArray forward(MultiLayerNetwork net, INDArray x) {
        net.setInput(x);
        return net.feedForward(true, false).get(net.getnLayers());
    }

    /**
     * The gradients of the parameters, sums over the batch, and of the input.
     *
     * <p>The former are a view of the network's only gradient: its next walk back overwrites them.
     */
    static Pair<Gradient, INDArray> backward(MultiLayerNetwork net, INDArray dY) {
        return net.backpropGradient(dY, LayerWorkspaceMgr.noWorkspaces());
    }

    /**
     * A copy of this gradient, to which one adds that of the next batch before a single step is made of both.
     *
     * <pre>{@code
     * r ← 0.9·r + 0.1·b    is to DL4J a step of 0.1·(r − b) down a "gradient"; b the mean of a batch, r the running one
     * two batches          0.9·g₁ + g₂: the second should have measured from where the first had left r
     * }</pre>
     */
    static INDArray setAside(MultiLayerNetwork net, Gradient gradient) {
        for (int i = 0; i < net.getnLayers(); i++) {
            if (net.getLayer(i).conf().getLayer() instanceof BatchNormalization norm) {
                gradient.getGradientFor(i + "_mean").muli(norm.getDecay());
                gradient.getGradientFor(i + "_var").muli(norm.getDecay());
            }
        }
        return gradient.gradient().dup();
    }

    /** What DL4J's {@code fit} does once it has a gradient: the updater makes the step of it, the weights take it, t goes on. */
    static void step(MultiLayerNetwork net, Gradient gradient, int n) {
        int t = net.getIterationCount();
        net.getUpdater().update(net, gradient, t, net.getEpochCount(), n, LayerWorkspaceMgr.noWorkspaces());
        net.params().subi(gradient.gradient());
        net.getLayerWiseConfigurations().setIterationCount(t + 1);
    }

    /** How to take back all steps that the network makes from now on. */
    static Runnable undo(MultiLayerNetwork net) {
        INDArray weights = net.params().dup();
        INDArray memory = net.updaterState().dup();
        int t = net.getIterationCount();
        return () -> {
            net.params().assign(weights);
            net.updaterState().assign(memory);
            net.getLayerWiseConfigurations().setIterationCount(t);
        };
    }
}
