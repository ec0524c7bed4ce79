package atelier.bench.torch;

import ai.djl.ndarray.NDArray;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Dense layers one after another, with the same bend between each two. */
final class TorchDense {

    final List<NDArray> weights = new ArrayList<>();
    private final UnaryOperator<NDArray> bend;

    /** @param weights W [F,K] and b [K] of each layer in turn */
    TorchDense(List<Tensor> weights, UnaryOperator<NDArray> bend) {
        this.bend = bend;
        for (int i = 0; i < weights.size(); i += 2) {
            this.weights.add(Torch.linearWeight(weights.get(i)));
            this.weights.add(Torch.array(weights.get(i + 1)));
        }
    }

    NDArray forward(NDArray x) {
        NDArray h = x;
        for (int i = 0; i < weights.size(); i += 2) {
            h = Torch.linear(i == 0 ? h : bend.apply(h), weights.get(i), weights.get(i + 1));
        }
        return h;
    }
}
