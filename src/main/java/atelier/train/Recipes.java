package atelier.train;

import atelier.model.ConvNet;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;

/** How each model of the course is trained when nobody says otherwise. */
public final class Recipes {

    private Recipes() {}

    /** For {@code ConvNet}: Adam, whose rate falls along a cosine from 0.003, twice through the images, 32 at a time. */
    public static Settings convnet(long seed) {
        return new Settings(2, 32, seed, Schedule.cosine(0.003));
    }

    /** The ConvNet itself with Adam, as any machine can make it. */
    public static Cluster.Recipe convnetLearner(long seed) {
        return () -> {
            ConvNet model = new ConvNet(RandomStream.seed(seed));
            return new Classifier(model, new Adam(model.parameters(), 0.001));
        };
    }

    /** For the autoencoders: Adam, whose rate falls along a cosine from 0.002, 64 images at a time. */
    public static Settings autoencoder(long seed) {
        return new Settings(100, 64, seed, Schedule.cosine(0.002));
    }

    /** For the denoising autoencoder. */
    public static Settings denoising(long seed) {
        return new Settings(20, 64, seed, Schedule.cosine(0.002));
    }

    /** For the convolutional autoencoder and VAE. */
    public static Settings convolutional(long seed) {
        return new Settings(20, 64, seed, Schedule.cosine(0.002));
    }

    /** For the dense VAE, plain and conditional. */
    public static Settings vae(long seed) {
        return new Settings(80, 128, seed, Schedule.cosine(0.002));
    }

    /** For the deep VAE: tanh wants smaller steps, and many of them. */
    public static Settings deepVae(long seed) {
        return new Settings(600, 64, seed, Schedule.cosine(0.001));
    }

    /** For the dense GAN. */
    public static Settings gan(long seed) {
        return new Settings(30, 64, seed, Schedule.cosine(0.0005));
    }

    /** For DCGAN, LSGAN and the conditional GAN: many small batches, as more steps are worth more than smoother ones. */
    public static Settings dcgan(long seed) {
        return new Settings(5, 32, seed, Schedule.cosine(0.005));
    }

    /** For SN-GAN. */
    public static Settings spectral(long seed) {
        return new Settings(4, 32, seed, Schedule.cosine(0.001));
    }

    /** For the Wasserstein GAN with clipped weights: small steps, as in its paper's algorithm. */
    public static Settings wasserstein(long seed) {
        return new Settings(6, 64, seed, Schedule.constant(0.0005));
    }

    /** For the Wasserstein GAN with a gradient penalty. */
    public static Settings gradientPenalty(long seed) {
        return new Settings(6, 64, seed, Schedule.cosine(0.0005));
    }

    /** For the VAE-GAN: three players are as dear as three GANs. */
    public static Settings vaeGan(long seed) {
        return new Settings(2, 64, seed, Schedule.cosine(0.0005));
    }
}
