package atelier.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import atelier.bench.Contestant;
import atelier.data.Batch;
import atelier.tensor.Tensor;
import java.util.List;

/** The ConvNet in libtorch. */
public final class TorchConvNet implements Contestant {

    private static final Shape TWO = new Shape(2, 2);
    private static final Shape NONE = new Shape(0, 0);

    private final List<NDArray> w;
    private final Torch.Learning learning;
    private final List<NDArray> images;
    private final List<NDArray> truths;

    public TorchConvNet(List<Tensor> weights, List<Batch> batches, double rate) {
        w = List.of(
                Torch.array(weights.get(0)),
                Torch.array(weights.get(1)),
                Torch.array(weights.get(2)),
                Torch.array(weights.get(3)),
                Torch.linearWeight(weights.get(4)),
                Torch.array(weights.get(5)),
                Torch.linearWeight(weights.get(6)),
                Torch.array(weights.get(7)));
        learning = new Torch.Learning(w, rate);
        images = batches.stream().map(batch -> Torch.array(batch.x())).toList();
        truths = batches.stream()
                .map(batch -> Torch.oneHot(batch.labels(), batch.size()))
                .toList();
    }

    @Override
    public double step(int batch) {
        return Torch.freed(() -> {
            NDArray x = images.get(batch);
            double loss = Torch.backward(() -> logits(x)
                    .logSoftmax(1)
                    .mul(truths.get(batch))
                    .sum()
                    .div(-x.getShape().get(0)));
            learning.step();
            return loss;
        });
    }

    private NDArray logits(NDArray x) {
        NDArray h = pool(Activation.relu(Torch.conv(x, w.get(0), w.get(1), 1, 0)));
        h = pool(Activation.relu(Torch.conv(h, w.get(2), w.get(3), 1, 0)));
        h = Activation.relu(Torch.linear(h.reshape(-1, 512), w.get(4), w.get(5)));
        return Torch.linear(h, w.get(6), w.get(7));
    }

    private static NDArray pool(NDArray x) {
        return Pool.maxPool2d(x, TWO, TWO, NONE, false);
    }
}
