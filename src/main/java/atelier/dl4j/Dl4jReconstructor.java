package atelier.dl4j;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A DL4J network that learns to give back the image it was given: its labels are its input.
 *
 * <pre>{@code
 * L = (1/N) Σ_n Σ_i (x̂[n,i] − x[n,i])²                                (Q1)
 * }</pre>
 *
 * <p>DL4J calls this {@code L2}; its {@code MSE} is the same divided by the number of outputs, 784, and so are its gradients.
 *
 * <p>Shapes: images {@code [N,1,28,28]} in [0,1], codes {@code [N,D]}.
 */
public interface Dl4jReconstructor extends Dl4jModel {

    /** DL4J's own network, encoder and decoder in one. */
    MultiLayerNetwork network();

    /** How many of the network's layers are the encoder: the last of them gives the code. */
    int encoderLayers();

    /** Images in the shape in which the network takes them and gives them back. */
    INDArray images(Tensor x);

    // ---- looking ----

    /** The codes of images. */
    default Tensor encode(Tensor x) {
        int last = encoderLayers() - 1;
        return Tensors.toTensor(
                network().feedForwardToLayer(last, images(x), false).get(last + 1));
    }

    /** The images of codes. */
    default Tensor decode(Tensor code) {
        INDArray y =
                network().activateSelectedLayers(encoderLayers(), network().getnLayers() - 1, Tensors.toNd4j(code));
        return Tensors.toTensor(y).reshape(code.size(0), 1, 28, 28);
    }

    /** x̂, what is left of images on the other side of the code. */
    default Tensor reconstruct(Tensor x) {
        return Tensors.toTensor(network().output(images(x), false)).reshape(x.shape());
    }

    /** The mean over the batch of the squared distances. */
    default double loss(Batch batch) {
        backward(batch);
        return network().score();
    }

    /** The gradients of the mean loss, in the order of {@link #weights()}. */
    default List<Tensor> gradients(Batch batch) {
        backward(batch);
        return Weights.gradients(network(), batch.size());
    }

    private void backward(Batch batch) {
        network().setInput(images(batch.x()));
        network().setLabels(images(batch.x()));
        network().computeGradientAndScore();
    }

    /** {@code test_loss}, the mean over the images of their squared distances, and {@code test_mse}, the same per pixel. */
    @Override
    default Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
        Batches batches = Batches.inOrder(test, 100);
        double squares = 0;
        for (int i = 0; i < batches.count(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Dl4jReconstructor.evaluate was interrupted.");
            }
            try (INDArray x = images(batches.batch(i).x());
                    INDArray d = network().output(x, false).subi(x)) {
                squares += d.muli(d).sumNumber().doubleValue();
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("test_loss", squares / test.count());
        metrics.put("test_mse", squares / test.count() / (test.height() * test.width()));
        return metrics;
    }

    // ---- learning ----

    @Override
    default double step(Batch batch) {
        network().fit(images(batch.x()), images(batch.x()));
        return network().score();
    }

    @Override
    default void learningRate(double rate) {
        Rate.set(network(), rate);
    }

    @Override
    default List<Tensor> weights() {
        return Weights.of(network());
    }

    @Override
    default void weights(List<Tensor> weights) {
        Weights.copy(weights, network());
    }

    @Override
    default Map<String, MultiLayerNetwork> networks() {
        return Map.of("autoencoder", network());
    }
}
