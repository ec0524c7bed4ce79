package atelier.measure;

import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.loss.GaussianKl;
import atelier.model.Vae;
import atelier.tensor.Tensor;
import java.util.Arrays;

/**
 * Which latents of a variational autoencoder say anything about the image.
 *
 * <pre>{@code
 * A_d = Var over images of E[z_d|x] = Var(μ_d),    unit d is active where A_d > 0.01            (V9)
 * }</pre>
 *
 * <p>A latent whose mean is the same for every image tells nothing of it: the decoder has learned to do without, and the
 * divergence has pushed it onto the prior. When that happens to all, the posterior has collapsed.
 *
 * <p>Units: latents are in deviations of the prior; the divergence in nats, the mean over the images.
 *
 * <p>Walk-through: notebooks/10-vae. Source: Burda, Grosse and Salakhutdinov 2016, arXiv:1509.00519, section 5.2.
 *
 * @param variances A of each latent
 * @param kl the mean divergence of each latent from the prior
 */
public record ActiveUnits(double[] variances, double[] kl) {

    private static final double THRESHOLD = 0.01;
    private static final int BATCH = 1000;

    /** Of the encoder's answers to these images. */
    public static ActiveUnits of(Vae model, ImageSet images) {
        if (images.count() == 0) {
            throw new IllegalArgumentException(
                    "ActiveUnits.of: expected at least one image but got none. Give it a set that is not empty.");
        }
        int n = images.count();
        int latents = model.latents();
        double[][] means = new double[latents][n];
        double[] kl = new double[latents];
        GaussianKl divergence = new GaussianKl();
        for (int from = 0; from < n; from += BATCH) {
            int to = Math.min(n, from + BATCH);
            Tensor statistics = model.encode(images.images(from, to), images.labels(from, to), Mode.INFER);
            divergence.forward(statistics);
            for (int d = 0; d < latents; d++) {
                kl[d] += divergence.perLatent()[d] * (to - from) / n;
                for (int i = from; i < to; i++) {
                    means[d][i] = statistics.at(i - from, d);
                }
            }
        }
        return new ActiveUnits(
                Arrays.stream(means).mapToDouble(ActiveUnits::variance).toArray(), kl);
    }

    /** How many are active. */
    public int count() {
        return (int) Arrays.stream(variances).filter(a -> a > THRESHOLD).count();
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).sum() / values.length;
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length;
    }
}
