package atelier.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import atelier.bench.Contestant;
import atelier.data.Batch;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The game of two players in libtorch, dense or convolutional; a step moves both. Pixels are in [−1,1] inside. */
public final class TorchGan implements Contestant {

    private static final float SLOPE = 0.2f;

    private final int latents;
    private final UnaryOperator<NDArray> generator;
    private final UnaryOperator<NDArray> discriminator;
    private final Torch.Learning ofGenerator;
    private final Torch.Learning ofDiscriminator;
    private final RandomStream noise;
    private final List<NDArray> images;

    private TorchGan(
            int latents,
            UnaryOperator<NDArray> generator,
            List<NDArray> generatorWeights,
            UnaryOperator<NDArray> discriminator,
            List<NDArray> discriminatorWeights,
            RandomStream noise,
            List<NDArray> images,
            double rate) {
        this.latents = latents;
        this.generator = generator;
        this.discriminator = discriminator;
        this.noise = noise;
        this.images = images;
        ofGenerator = new Torch.Learning(generatorWeights, rate, 0.5, 0.99);
        ofDiscriminator = new Torch.Learning(discriminatorWeights, rate, 0.5, 0.99);
    }

    public static TorchGan dense(List<Tensor> w, RandomStream noise, List<Batch> batches, double rate) {
        TorchDense g = new TorchDense(w.subList(0, 6), TorchGan::leaky);
        TorchDense d = new TorchDense(w.subList(6, 12), TorchGan::leaky);
        return new TorchGan(
                w.get(0).size(0),
                z -> Activation.tanh(g.forward(z)),
                g.weights,
                d::forward,
                d.weights,
                noise,
                batches.stream()
                        .map(batch -> centred(batch).reshape(batch.size(), 784))
                        .toList(),
                rate);
    }

    public static TorchGan convolutional(List<Tensor> w, RandomStream noise, List<Batch> batches, double rate) {
        Generator g = new Generator(w.subList(0, 10));
        Discriminator d = new Discriminator(w.subList(10, 20));
        return new TorchGan(
                w.get(0).size(0),
                g::forward,
                g.weights(),
                d::forward,
                d.weights,
                noise,
                batches.stream().map(TorchGan::centred).toList(),
                rate);
    }

    private static NDArray centred(Batch batch) {
        return Torch.array(batch.x()).muli(2).subi(1);
    }

    private static NDArray leaky(NDArray x) {
        return Activation.leakyRelu(x, SLOPE);
    }

    @Override
    public double step(int batch) {
        return Torch.freed(() -> {
            NDArray x = images.get(batch);
            int n = (int) x.getShape().get(0);

            NDArray fakes = generator.apply(draw(n)); // outside of a collector: nothing is kept for a backward pass
            double loss = Torch.backward(
                    () -> Activation.softPlus(discriminator.apply(x).neg())
                            .mean()
                            .add(Activation.softPlus(discriminator.apply(fakes)).mean()));
            ofDiscriminator.step();

            ofDiscriminator.held(true);
            NDArray z = draw(n);
            Torch.backward(() -> Activation.softPlus(
                            discriminator.apply(generator.apply(z)).neg())
                    .mean());
            ofDiscriminator.held(false);
            ofGenerator.step();
            return loss;
        });
    }

    private NDArray draw(int n) {
        Tensor z = Tensor.zeros(n, latents);
        Noise.normal(noise, z);
        return Torch.array(z);
    }

    /** Dense to 7×7, two transposed convolutions. */
    private record Generator(
            NDArray w1,
            NDArray b1,
            Norm norm1,
            List<NDArray> w2,
            NDArray b2,
            Norm norm2,
            List<NDArray> w3,
            NDArray b3,
            int channels) {

        Generator(List<Tensor> w) {
            this(
                    Torch.linearWeight(w.get(0)),
                    Torch.array(w.get(1)),
                    new Norm(w.get(2), w.get(3)),
                    Torch.transposedWeights(w.get(4)),
                    Torch.array(w.get(5)),
                    new Norm(w.get(6), w.get(7)),
                    Torch.transposedWeights(w.get(8)),
                    Torch.array(w.get(9)),
                    w.get(4).size(0));
        }

        List<NDArray> weights() {
            List<NDArray> all = new ArrayList<>(List.of(w1, b1, norm1.gamma, norm1.beta));
            all.addAll(w2);
            all.addAll(List.of(b2, norm2.gamma, norm2.beta));
            all.addAll(w3);
            all.add(b3);
            return all;
        }

        NDArray forward(NDArray z) {
            NDArray h = Torch.linear(z, w1, b1).reshape(-1, channels, 7, 7);
            h = Activation.relu(norm1.forward(h));
            h = Activation.relu(norm2.forward(Torch.transposedConv(h, w2, b2)));
            return Activation.tanh(Torch.transposedConv(h, w3, b3));
        }
    }

    /** Two convolutions, two dense layers. */
    private static final class Discriminator {

        private final List<NDArray> weights;
        private final Norm norm;

        Discriminator(List<Tensor> w) {
            norm = new Norm(w.get(4), w.get(5));
            weights = List.of(
                    Torch.array(w.get(0)),
                    Torch.array(w.get(1)),
                    Torch.array(w.get(2)),
                    Torch.array(w.get(3)),
                    norm.gamma,
                    norm.beta,
                    Torch.linearWeight(w.get(6)),
                    Torch.array(w.get(7)),
                    Torch.linearWeight(w.get(8)),
                    Torch.array(w.get(9)));
        }

        NDArray forward(NDArray x) {
            NDArray h = leaky(Torch.conv(x, weights.get(0), weights.get(1), 2, 1));
            h = leaky(norm.forward(Torch.conv(h, weights.get(2), weights.get(3), 2, 1)));
            h = h.reshape(x.getShape().get(0), -1);
            h = leaky(Torch.linear(h, weights.get(6), weights.get(7)));
            return Torch.linear(h, weights.get(8), weights.get(9));
        }
    }

    /** γ, β and the running statistics, which libtorch keeps up. */
    private record Norm(NDArray gamma, NDArray beta, NDArray mean, NDArray variance) {

        Norm(Tensor gamma, Tensor beta) {
            this(
                    Torch.array(gamma),
                    Torch.array(beta),
                    Torch.MANAGER.zeros(new Shape(gamma.length())),
                    Torch.MANAGER.ones(new Shape(gamma.length())));
        }

        NDArray forward(NDArray x) {
            return Torch.norm(x, mean, variance, gamma, beta);
        }
    }
}
