package atelier.train;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.Corruption;
import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.loss.PixelLoss;
import atelier.loss.Sparsity;
import atelier.model.Autoencoder;
import atelier.optim.Optimizer;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Teaches an autoencoder to give back the image it was given; a denoising one, the clean image behind a spoilt one.
 *
 * <p>Loss: the sum over the pixels, the mean over the batch. Metrics: {@code test_loss}, the same over the test images, and
 * {@code test_mse}, the mean squared error per pixel; a denoising one is tested on spoilt images, the same every time.
 *
 * <p>Walk-through: notebooks/07-autoencoder. Source of denoising: Vincent et al. 2008, doi:10.1145/1390156.1390294.
 */
public final class Reconstructor implements DataParallel {

    private static final int EVALUATED_AT_ONCE = 100;

    private final Autoencoder model;
    private final PixelLoss loss;
    private final Optimizer optimizer;
    private final List<Optimizer> optimizers;
    private Corruption corruption;
    private RandomStream chance;
    private Sparsity sparsity;
    private Tensor spoilt = Tensor.zeros(0);

    public Reconstructor(Autoencoder model, PixelLoss loss, Optimizer optimizer) {
        this.model = model;
        this.loss = loss;
        this.optimizer = optimizer;
        this.optimizers = List.of(optimizer);
    }

    /** Shows the model spoilt images, anew in each step, and asks for the clean ones. */
    public Reconstructor denoising(Corruption corruption, RandomStream chance) {
        this.corruption = corruption;
        this.chance = chance;
        return this;
    }

    /** Adds a penalty on the code. */
    public Reconstructor sparse(Sparsity sparsity) {
        this.sparsity = sparsity;
        return this;
    }

    @Override
    public Autoencoder model() {
        return model;
    }

    @Override
    public List<Optimizer> optimizers() {
        return optimizers;
    }

    @Override
    public List<RandomStream> randomness() {
        List<RandomStream> streams = new ArrayList<>(model.randomness());
        if (corruption != null) {
            streams.add(chance);
        }
        return streams;
    }

    @Override
    public Map<String, String> choices() {
        return Map.of(
                "loss",
                loss.name() + (sparsity == null ? "" : " + " + sparsity.name()),
                "optimiser",
                optimizer.rule(),
                "corruption",
                corruption == null ? "none" : corruption.name());
    }

    @Override
    public double gradients(Batch batch) {
        Tensor y = model.forward(input(batch.x(), chance), Mode.TRAIN);
        double mean = loss.forward(y, batch.x());
        mean += sparsity == null ? 0 : sparsity.forward(model.code());
        Finite.requireLoss(mean, batch.x(), this);

        optimizer.zeroGradients();
        if (sparsity == null) {
            model.backward(loss.backward());
        } else {
            model.backward(loss.backward(), sparsity.backward());
        }
        return mean;
    }

    private Tensor input(Tensor clean, RandomStream random) {
        if (corruption == null) {
            return clean;
        }
        spoilt = spoilt.rank() == 4 && spoilt.size(0) == clean.size(0) ? spoilt : clean.copy();
        corruption.apply(clean, random, spoilt);
        return spoilt;
    }

    @Override
    public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
        Batches batches = Batches.inOrder(test, EVALUATED_AT_ONCE);
        RandomStream always = RandomStream.seed(0);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < batches.count(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Reconstructor.evaluate was interrupted.");
            }
            Batch batch = batches.batch(i);
            Tensor y = model.forward(input(batch.x(), always), Mode.INFER);
            sum += loss.forward(y, batch.x()) * batch.size();
            float[] pixels = loss.pixels(y).rowMajor().data();
            for (int j = 0; j < batch.x().length(); j++) {
                double d = pixels[j] - batch.x().data()[j];
                squares += d * d;
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("test_loss", sum / test.count());
        metrics.put("test_mse", squares / test.count() / (test.height() * test.width()));
        return metrics;
    }
}
