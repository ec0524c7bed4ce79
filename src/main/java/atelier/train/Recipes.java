package atelier.train;

/** How each model of the course is trained when nobody says otherwise. */
public final class Recipes {

    private Recipes() {}

    /** For {@code ConvNet}: Adam, whose rate falls along a cosine from 0.001, five times through the images, 64 at a time. */
    public static Settings convnet(long seed) {
        return new Settings(5, 64, seed, Schedule.cosine(0.001));
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
}
