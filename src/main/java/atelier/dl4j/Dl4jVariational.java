package atelier.dl4j;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A variational autoencoder in DL4J, of black and white (Bernoulli) pixels.
 *
 * <p>Shapes: images {@code [N,1,28,28]}, statistics {@code [N,2D]}, in each row first the D means μ, then the D values
 * ℓ = ln σ²; latents z {@code [N,D]}.
 *
 * <p>Units: nats, the sum over pixels and latents, the mean over the batch.
 */
public interface Dl4jVariational extends Dl4jModel {

    /** D. */
    int latents();

    /** μ and ℓ of q(z|x). */
    Tensor encode(Tensor x);

    /** The logits of the pixels of p(x|z). */
    Tensor decode(Tensor z);

    /** The probability of white of each pixel. */
    default Tensor pixels(Tensor z) {
        return Tensors.toTensor(Transforms.sigmoid(Tensors.toNd4j(decode(z)), false));
    }

    /**
     * {@code test_elbo}, {@code test_reconstruction} and {@code test_kl}; pixels and ε are drawn by the same numbers every
     * time, those of the kit's own learner.
     */
    @Override
    default Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
        Batches batches = Batches.inOrder(test, 100);
        RandomStream pixels = RandomStream.seed(0).split(1);
        RandomStream latents = RandomStream.seed(0).split(2);
        double reconstruction = 0;
        double divergence = 0;
        for (int i = 0; i < batches.count(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Dl4jVariational.evaluate was interrupted.");
            }
            Batch batch = batches.batch(i);
            Tensor x = blackOrWhite(batch.x(), pixels);
            Tensor epsilon = Tensor.zeros(batch.size(), latents());
            Noise.normal(latents, epsilon);
            INDArray statistics = Tensors.toNd4j(encode(x));
            INDArray z = Elbo.sample(statistics, Tensors.toNd4j(epsilon));
            reconstruction += CrossEntropy.of(Tensors.toNd4j(decode(Tensors.toTensor(z))), Tensors.toNd4j(x));
            divergence += Elbo.divergence(statistics);
        }
        int n = test.count();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("test_elbo", -(reconstruction + divergence) / n);
        metrics.put("test_reconstruction", reconstruction / n);
        metrics.put("test_kl", divergence / n);
        return metrics;
    }

    /**
     * Each pixel 1 with the probability of its grey, else 0.
     *
     * @throws ArithmeticException when a grey is not a finite number, which no draw would show any more
     */
    static Tensor blackOrWhite(Tensor grey, RandomStream chance) {
        double sum = 0;
        for (float pixel : grey.data()) {
            sum += pixel;
        }
        if (!Double.isFinite(sum)) {
            throw new ArithmeticException(
                    "expected finite pixels but got some that sum to " + sum + ". Look at the data.");
        }
        Tensor binary = Tensor.zeros(grey.shape());
        Noise.bernoulli(chance, grey, binary);
        return binary;
    }
}
