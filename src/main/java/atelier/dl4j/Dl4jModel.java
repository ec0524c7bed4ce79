package atelier.dl4j;

import atelier.data.Batch;
import atelier.data.ImageSet;
import atelier.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A model of the kit in DL4J: it learns batch by batch, is judged by the kit's own metrics, and its weights cross over in the
 * order and shapes of the kit's model.
 *
 * <p>An interrupt of the thread is heeded between two batches; no call changes the model by halves.
 */
public interface Dl4jModel {

    /**
     * Learns from one batch: forward, loss, backward and one step of DL4J's Adam.
     *
     * @return the mean loss of the batch, before the step
     * @throws ArithmeticException before anything was changed, when the loss or a gradient is not a finite number
     */
    double step(Batch batch);

    /** η of the next steps; Adam's memory is kept. */
    void learningRate(double rate);

    /**
     * How good it is on images that it does not learn from: the numbers that the kit's own learner gives, by the same names.
     *
     * @throws InterruptedException when the thread was interrupted; nothing has changed
     */
    Map<String, Double> evaluate(ImageSet test) throws InterruptedException;

    /** Copies of all weights, in the order and shapes of the kit's model. */
    List<Tensor> weights();

    /** Takes over these weights; Adam's memory stays as it is. */
    void weights(List<Tensor> weights);

    /** Copies of what is kept but not learnt, such as running means, in the order and shapes of the kit's model. */
    default List<Tensor> buffers() {
        return networks().values().stream()
                .flatMap(net -> Weights.buffers(net).stream())
                .toList();
    }

    /** DL4J's own networks in the order of their weights, by name: one, or two such as an encoder and a decoder. */
    Map<String, MultiLayerNetwork> networks();
}
