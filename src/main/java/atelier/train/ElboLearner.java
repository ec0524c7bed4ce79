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
 * Teaches a variational autoencoder by raising its evidence lower bound (ELBO).
 *
 * <pre>{@code
 * loss = −ln p(x|z) + β · KL(q(z|x) ‖ N(0,1))      z = μ + σ ⊙ ε       (V6)
 * }</pre>
 *
 * <p>Units: nats, the sum over pixels and latents, the mean over the batch. Metrics over the test images, with one ε for
 * each: {@code test_elbo} = −{@code test_reconstruction} − {@code test_kl}, whatever β is.
 *
 * <p>Whoever averages over the pixels instead has multiplied β by their number.
 *
 * <p>Walk-through: notebooks/10-vae. Sources: Kingma and Welling 2014, arXiv:1312.6114, equation 10; β: Higgins et al.
 * 2017, "beta-VAE", ICLR; annealing: Bowman et al. 2016, arXiv:1511.06349.
 */
public final class ElboLearner implements DataParallel {

    private static final int EVALUATED_AT_ONCE = 100;

    private final Vae model;
    private final PixelLoss loss;
    private final Optimizer optimizer;
    private final List<Optimizer> optimizers;
    private final GaussianKl kl = new GaussianKl();
    private double beta = 1;
    private long annealingSteps;
    private RandomStream binarisation;
    private Tensor binary = Tensor.zeros(0);

    public ElboLearner(Vae model, PixelLoss loss, Optimizer optimizer) {
        this.model = model;
        this.loss = loss;
        this.optimizer = optimizer;
        this.optimizers = List.of(optimizer);
    }

    /** The weight of the divergence; 1 makes the loss the negative ELBO. */
    public ElboLearner beta(double beta) {
        if (!(beta >= 0 && beta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "ElboLearner: expected β of 0 or more but got " + beta + ". 1 is the evidence lower bound.");
        }
        this.beta = beta;
        return this;
    }

    /** Lets β grow in a straight line from 0 over the first so many steps. */
    public ElboLearner annealed(long steps) {
        if (steps < 0) {
            throw new IllegalArgumentException(
                    "ElboLearner: expected steps of 0 or more but got " + steps + ". 0 is β from the start.");
        }
        annealingSteps = steps;
        return this;
    }

    /** Makes each pixel black or white by chance, anew in each step; test images the same way every time. */
    public ElboLearner binarised(RandomStream chance) {
        binarisation = chance;
        return this;
    }

    /** β of the next step. */
    public double betaNow() {
        return optimizer.steps() < annealingSteps ? beta * optimizer.steps() / annealingSteps : beta;
    }

    @Override
    public Vae model() {
        return model;
    }

    @Override
    public List<Optimizer> optimizers() {
        return optimizers;
    }

    @Override
    public Map<String, String> choices() {
        return Map.of(
                "loss",
                loss.name(),
                "pixels",
                binarisation == null ? "grey" : "black or white",
                "optimiser",
                optimizer.rule(),
                "beta",
                beta + (annealingSteps == 0 ? "" : ", annealed over " + annealingSteps + " steps"));
    }

    @Override
    public List<RandomStream> randomness() {
        List<RandomStream> streams = new ArrayList<>(model.randomness());
        if (binarisation != null) {
            streams.add(binarisation);
        }
        return streams;
    }

    @Override
    public double gradients(Batch batch) {
        Finite.requireInput(batch.x()); // made black or white, NaN would be black
        double beta = betaNow();
        Tensor x = input(batch.x(), binarisation);
        Tensor y = model.forward(x, batch.labels(), Mode.TRAIN);
        double mean = loss.forward(y, x) + beta * kl.forward(model.statistics()); // (V6)
        Finite.requireLoss(mean, batch.x(), this);

        optimizer.zeroGradients();
        model.backward(loss.backward(), kl.backward(beta));
        return mean;
    }

    private Tensor input(Tensor grey, RandomStream chance) {
        if (binarisation == null) {
            return grey;
        }
        binary = binary.rank() == 4 && binary.size(0) == grey.size(0) ? binary : grey.copy();
        Noise.bernoulli(chance, grey, binary);
        return binary;
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
            Tensor x = input(batch.x(), pixels);
            Tensor epsilon = Tensor.zeros(batch.size(), model.latents());
            Noise.normal(latents, epsilon);
            Tensor y = model.forward(x, batch.labels(), epsilon, Mode.INFER);
            reconstruction += batch.size() * loss.forward(y, x);
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
