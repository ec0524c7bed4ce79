package atelier.train;

import atelier.data.Batch;
import atelier.data.Batches;
import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.loss.PixelLoss;
import atelier.model.Autoencoder;
import atelier.optim.Optimizer;
import atelier.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Teaches an autoencoder to give back the image it was given.
 *
 * <p>Loss: the sum over the pixels, the mean over the batch. Metrics: {@code test_loss}, the same over the test images, and
 * {@code test_mse}, the mean squared error per pixel.
 *
 * <p>Walk-through: notebooks/07-autoencoder.
 */
public final class Reconstructor implements Learner {

    private static final int EVALUATED_AT_ONCE = 100;

    private final Autoencoder model;
    private final PixelLoss loss;
    private final Optimizer optimizer;
    private final List<Optimizer> optimizers;

    public Reconstructor(Autoencoder model, PixelLoss loss, Optimizer optimizer) {
        this.model = model;
        this.loss = loss;
        this.optimizer = optimizer;
        this.optimizers = List.of(optimizer);
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
    public Map<String, String> choices() {
        return Map.of("loss", loss.name(), "optimiser", optimizer.rule());
    }

    @Override
    public double step(Batch batch) {
        double mean = loss.forward(model.forward(batch.x(), Mode.TRAIN), batch.x());
        Finite.requireLoss(mean, batch.x(), this);

        optimizer.zeroGradients();
        model.backward(loss.backward());
        Finite.requireGradients(optimizer);

        optimizer.step();
        return mean;
    }

    @Override
    public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
        Batches batches = Batches.inOrder(test, EVALUATED_AT_ONCE);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < batches.count(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Reconstructor.evaluate was interrupted.");
            }
            Batch batch = batches.batch(i);
            Tensor y = model.forward(batch.x(), Mode.INFER);
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
