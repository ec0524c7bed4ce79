package atelier.measure;

import java.util.Arrays;

/**
 * The evidence lower bound of each image of a set, and its two parts: ELBO = −reconstruction − KL.
 *
 * <p>Units: nats, the sum over the pixels and over the latents; of the set, the mean over its images.
 *
 * @param reconstruction −ln p(x|z) of each image, at one sample z of its q(z|x)
 * @param kl the divergence of q(z|x) from the prior, of each image
 */
public record Elbo(double[] reconstruction, double[] kl) {

    /** The bound of each image: the higher, the more at home is the image. */
    public double[] perImage() {
        double[] bound = new double[kl.length];
        Arrays.setAll(bound, n -> -reconstruction[n] - kl[n]);
        return bound;
    }

    public double mean() {
        return -meanReconstruction() - meanKl();
    }

    public double meanReconstruction() {
        return Arrays.stream(reconstruction).sum() / reconstruction.length;
    }

    public double meanKl() {
        return Arrays.stream(kl).sum() / kl.length;
    }
}
