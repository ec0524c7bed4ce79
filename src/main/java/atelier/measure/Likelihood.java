package atelier.measure;

import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.layer.Reparameterization;
import atelier.loss.GaussianKl;
import atelier.loss.PixelLoss;
import atelier.model.Vae;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * How likely a variational autoencoder finds images that it has not seen: bounds of ln p(x) from below.
 *
 * <pre>{@code
 * L_k = E ln (1/k) Σ_i p(x|zᵢ) p(zᵢ) / q(zᵢ|x)     z₁ … z_k ~ q(z|x)          (V8)
 * }</pre>
 *
 * <p>L₁ is the ELBO; L_k rises with k to ln p(x).
 *
 * <p>Units: nats an image, the sum over its pixels. The loss must be a true −ln p(x|z), its constants included, as
 * {@code BinaryCrossEntropy} is of pixels that are black or white (see {@link ImageSet#binarised}) and {@code GaussianNll} of
 * grey ones.
 *
 * <p>An image is encoded once and its z are decoded about a thousand at a time. What the decoder finds likely is in float, all that is
 * added and averaged in double.
 *
 * <p>Walk-through: notebooks/10-vae. Source: Burda, Grosse and Salakhutdinov 2016, arXiv:1509.00519, equation 8.
 */
public final class Likelihood {

    private static final int ROWS = 1000; // decoded at once

    private final Vae model;
    private final PixelLoss loss;
    private final Reparameterization sample = new Reparameterization();
    private Tensor epsilon = Tensor.zeros(0, 0);
    private Tensor repeated = Tensor.zeros(0);
    private Tensor statistics = Tensor.zeros(0, 0); // of each row's image

    /** A model beside the loss that it was trained by. */
    public Likelihood(Vae model, PixelLoss loss) {
        this.model = model;
        this.loss = loss;
    }

    /**
     * The ELBO of each image with one z, its divergence in closed form.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public Elbo elbo(ImageSet images, RandomStream random) throws InterruptedException {
        requireImages(images);
        GaussianKl kl = new GaussianKl();
        double[] reconstruction = new double[images.count()];
        double[] divergence = new double[images.count()];
        for (int from = 0; from < images.count(); from += ROWS) {
            checkInterrupt();
            int to = Math.min(images.count(), from + ROWS);
            Tensor x = images.images(from, to);
            epsilon = epsilon.hasShape(to - from, model.latents()) ? epsilon : Tensor.zeros(to - from, model.latents());
            Noise.normal(random, epsilon);
            loss.forward(model.forward(x, images.labels(from, to), epsilon, Mode.INFER), x);
            kl.forward(model.statistics());
            System.arraycopy(loss.perImage(), 0, reconstruction, from, to - from);
            System.arraycopy(kl.perImage(), 0, divergence, from, to - from);
        }
        return new Elbo(reconstruction, divergence);
    }

    /**
     * (V8) of each image, with k samples.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public double[] weighted(ImageSet images, int k, RandomStream random) throws InterruptedException {
        requireImages(images);
        if (k < 1) {
            throw new IllegalArgumentException("Likelihood.weighted: expected at least 1 sample but got " + k
                    + ". The bound rises with k; the field's custom is 5000.");
        }
        double[] bounds = new double[images.count()];
        int atOnce = Math.max(1, ROWS / k); // images
        for (int from = 0; from < images.count(); from += atOnce) {
            int to = Math.min(images.count(), from + atOnce);
            weighted(images.images(from, to), images.labels(from, to), k, random, bounds, from);
        }
        return bounds;
    }

    private void weighted(Tensor x, int[] labels, int k, RandomStream random, double[] bounds, int first)
            throws InterruptedException {
        int n = x.size(0);
        Tensor encoded = model.encode(x, labels, Mode.INFER).copy();
        LogMeanExp[] means = new LogMeanExp[n];
        Arrays.setAll(means, image -> new LogMeanExp());
        int each = 0; // samples of each image at once
        int[] rowLabels = {};
        for (int done = 0; done < k; done += each) {
            checkInterrupt();
            int now = Math.min(k - done, Math.max(1, ROWS / n));
            if (now != each) {
                each = now;
                repeat(x, encoded, each);
                rowLabels = repeat(labels, each);
            }
            Noise.normal(random, epsilon);
            Tensor z = sample.forward(statistics, epsilon);
            loss.forward(model.decode(z, rowLabels, Mode.INFER), repeated);
            for (int row = 0; row < n * each; row++) {
                means[row / each].add(logPriorOverPosterior(z, row) - loss.perImage()[row]);
            }
        }
        for (int image = 0; image < n; image++) {
            bounds[first + image] = means[image].value();
        }
    }

    /** ln p(z) − ln q(z|x) = Σ_d ½ (ε² + ℓ − z²); what is left of the two normalisations is ℓ. */
    private double logPriorOverPosterior(Tensor z, int row) {
        int latents = model.latents();
        double sum = 0;
        for (int d = 0; d < latents; d++) {
            double e = epsilon.data()[row * latents + d];
            double v = z.data()[row * latents + d];
            sum += e * e + statistics.data()[row * 2 * latents + latents + d] - v * v;
        }
        return 0.5 * sum;
    }

    /** Makes room for so many samples of each image, and gives every one of them its image and its μ and ℓ. */
    private void repeat(Tensor x, Tensor encoded, int each) {
        int rows = x.size(0) * each;
        int[] shape = x.shape();
        shape[0] = rows;
        if (!repeated.hasShape(shape)) {
            repeated = Tensor.zeros(shape);
            epsilon = Tensor.zeros(rows, model.latents());
            statistics = Tensor.zeros(rows, 2 * model.latents());
        }
        int pixels = x.length() / x.size(0);
        int width = encoded.size(1);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(x.data(), row / each * pixels, repeated.data(), row * pixels, pixels);
            System.arraycopy(encoded.data(), row / each * width, statistics.data(), row * width, width);
        }
    }

    private static int[] repeat(int[] labels, int each) {
        int[] rows = new int[labels.length * each];
        Arrays.setAll(rows, row -> labels[row / each]);
        return rows;
    }

    private static void requireImages(ImageSet images) {
        if (images.count() == 0) {
            throw new IllegalArgumentException(
                    "Likelihood: expected at least one image but got none. Give it a set that is not empty.");
        }
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("Likelihood was interrupted.");
        }
    }
}
