package atelier.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import atelier.bench.Contestant;
import atelier.data.Batch;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;

/** The dense VAE in libtorch. */
public final class TorchVae implements Contestant {

    private final TorchDense encoder;
    private final TorchDense decoder;
    private final RandomStream noise;
    private final int latents;
    private final Torch.Learning learning;
    private final List<NDArray> images;

    public TorchVae(List<Tensor> weights, RandomStream noise, List<Batch> batches, double rate) {
        this.noise = noise;
        latents = weights.get(4).size(0);
        encoder = new TorchDense(weights.subList(0, 4), Activation::relu);
        decoder = new TorchDense(weights.subList(4, 8), Activation::relu);
        learning = new Torch.Learning(encoder, decoder, rate);
        images = Torch.rows(batches);
    }

    @Override
    public double step(int batch) {
        return Torch.freed(() -> {
            NDArray x = images.get(batch);
            int n = (int) x.getShape().get(0);
            Tensor draw = Tensor.zeros(n, latents);
            Noise.normal(noise, draw);
            NDArray epsilon = Torch.array(draw);
            double loss = Torch.backward(() -> {
                NDArray statistics = encoder.forward(x);
                NDArray mu = statistics.get(":,:" + latents);
                NDArray l = statistics.get(":," + latents + ":"); // ln σ²
                NDArray z = mu.add(l.mul(0.5f).exp().mul(epsilon));
                NDArray y = decoder.forward(z);
                NDArray reconstruction = Activation.softPlus(y).sub(x.mul(y)).sum();
                NDArray divergence =
                        mu.square().add(l.exp()).sub(l).sub(1).sum().mul(0.5f);
                return reconstruction.add(divergence).div(n);
            });
            learning.step();
            return loss;
        });
    }
}
