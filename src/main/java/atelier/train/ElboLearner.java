package atelier.train;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.loss.GaussianKl;
import atelier.loss.PixelLoss;
import atelier.model.Vae;
import atelier.optim.Optimizer;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Teaches a variational autoencoder by raising its evidence lower bound.
 *
 * <pre>{@code
 * loss = −ln p(x|z) + β · KL(q(z|x) ‖ N(0,1))      z = μ + σ ⊙ ε       (V6)
 * }</pre>
 *
 * <p>Units: nats, the sum over pixels and latents, the mean over the batch. Pixels are made black or white by chance, anew
 * in each step; the test images the same way in every evaluation.
 */
public final class ElboLearner implements Learner {

    private static final int EVALUATED_AT_ONCE = 100;

    private final Vae model;
    private final PixelLoss loss;
    private final Optimizer optimizer;
    private final double beta;
    private final RandomStream binarisation;
    private final GaussianKl kl = new GaussianKl();
    private Tensor x = Tensor.zeros(0);

    public ElboLearner(Vae model, PixelLoss loss, Optimizer optimizer, double beta, RandomStream binarisation) {
        this.model = model;
        this.loss = loss;
        this.optimizer = optimizer;
        this.beta = beta;
        this.binarisation = binarisation;
    }

    @Override
    public Vae model() {
        return model;
    }

    @Override
    public List<Optimizer> optimizers() {
        return List.of(optimizer);
    }

    @Override
    public Map<String, String> choices() {
        return Map.of("loss", loss.name(), "optimiser", optimizer.rule(), "beta", String.valueOf(beta));
    }

    @Override
    public List<RandomStream> randomness() {
        List<RandomStream> streams = new ArrayList<>(model.randomness());
        streams.add(binarisation);
        return streams;
    }

    @Override
    public double step(Batch batch) {
        binarise(binarisation, batch.x());
        double reconstruction = loss.forward(model.forward(x, Mode.TRAIN), x);
        double mean = reconstruction + beta * kl.forward(model.statistics());
        Finite.requireLoss(mean, x, this);

        optimizer.zeroGradients();
        model.backward(loss.backward(), kl.backward(beta));
        Finite.requireGradients(optimizer);

        optimizer.step();
        return mean;
    }

    private void binarise(RandomStream random, Tensor grey) {
        x = x.hasShape(grey.shape()) ? x : Tensor.zeros(grey.shape());
        Noise.bernoulli(random, grey, x);
    }

    @Override
    public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
        Batches batches = Batches.inOrder(test, EVALUATED_AT_ONCE);
        RandomStream pixels = RandomStream.seed(0).split(1);
        RandomStream latents = RandomStream.seed(0).split(2);
        double reconstruction = 0;
        double divergence = 0;
        for (int i = 0; i < batches.count(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("ElboLearner.evaluate was interrupted.");
            }
            Batch batch = batches.batch(i);
            binarise(pixels, batch.x());
            Tensor epsilon = Tensor.zeros(batch.size(), model.latents());
            Noise.normal(latents, epsilon);
            reconstruction += batch.size() * loss.forward(model.forward(x, epsilon, Mode.INFER), x);
            divergence += batch.size() * kl.forward(model.statistics());
        }
        int n = test.count();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("test_elbo", -(reconstruction + divergence) / n);
        metrics.put("test_reconstruction", reconstruction / n);
        metrics.put("test_kl", divergence / n);
        return metrics;
    }
}
