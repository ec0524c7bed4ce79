package atelier.dl4j;

import static atelier.dl4j.Closeness.assertClose;

import atelier.layer.Layer;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A DL4J network of a single layer, with no loss: gradients are given from outside. */
final class OneLayer {

    private static final double TOLERANCE = 1e-5;

    private final MultiLayerNetwork net;

    OneLayer(org.deeplearning4j.nn.conf.layers.Layer layer, InputType input) {
        Nd4jRuntime.start();
        net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .list()
                .layer(layer)
                .setInputType(input)
                .build());
        net.init();
    }

    /** Gives both layers random parameters and a random upstream gradient; outputs and all gradients must agree. */
    void assertSameAs(Layer ours, Tensor x, RandomStream random) {
        for (Parameter p : ours.parameters()) {
            random.fillNormal(p.value().data(), 0, p.value().length(), 1);
            p.zeroGradient();
        }
        copy(ours);

        Tensor y = ours.forward(x, Mode.TRAIN).copy();
        assertClose(y, forward(x, true, y), TOLERANCE, "the output");

        Tensor dY = Tensor.normal(random, 1, y.shape());
        Tensor dX = ours.backward(dY);
        Pair<Gradient, INDArray> theirs = net.backpropGradient(Tensors.toNd4j(dY), LayerWorkspaceMgr.noWorkspaces());
        assertClose(dX, Tensors.toTensor(theirs.getSecond()).reshape(dX.shape()), TOLERANCE, "dX");
        if (!ours.parameters().isEmpty()) {
            List<Tensor> gradients = Weights.gradients(net, theirs.getFirst(), 1);
            for (int i = 0; i < ours.parameters().size(); i++) {
                Parameter p = ours.parameters().get(i);
                assertClose(p.gradient(), gradients.get(i), TOLERANCE, p.name());
            }
        }
    }

    /** The same where nothing is learnt. */
    void assertSameWhenInferring(Layer ours, Tensor x) {
        copy(ours);
        Tensor y = ours.forward(x, Mode.INFER).copy();
        assertClose(y, forward(x, false, y), TOLERANCE, "the output");
    }

    /** DL4J's answer, in the shape of ours: [N,C,1,1] and [N,C] hold the same numbers. */
    Tensor forward(Tensor x, boolean train, Tensor like) {
        net.setInput(Tensors.toNd4j(x));
        return Tensors.toTensor(net.feedForward(train, false).get(1)).reshape(like.shape());
    }

    private void copy(Layer ours) {
        Weights.copy(ours.parameters().stream().map(Parameter::value).toList(), net);
        Weights.copyBuffers(ours.buffers().stream().map(Parameter::value).toList(), net);
    }
}
