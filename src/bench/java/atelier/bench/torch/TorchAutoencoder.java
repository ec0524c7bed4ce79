package atelier.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import atelier.bench.Contestant;
import atelier.data.Batch;
import atelier.tensor.Tensor;
import java.util.List;

/** The dense autoencoder in libtorch. */
public final class TorchAutoencoder implements Contestant {

    private final TorchDense encoder;
    private final TorchDense decoder;
    private final Torch.Learning learning;
    private final List<NDArray> images;

    public TorchAutoencoder(List<Tensor> weights, List<Batch> batches, double rate) {
        encoder = new TorchDense(weights.subList(0, 6), Activation::relu);
        decoder = new TorchDense(weights.subList(6, 12), Activation::relu);
        learning = new Torch.Learning(encoder, decoder, rate);
        images = Torch.rows(batches);
    }

    @Override
    public double step(int batch) {
        return Torch.freed(() -> {
            NDArray x = images.get(batch);
            double loss = Torch.backward(() -> Activation.sigmoid(decoder.forward(encoder.forward(x)))
                    .sub(x)
                    .square()
                    .sum()
                    .div(x.getShape().get(0)));
            learning.step();
            return loss;
        });
    }
}
