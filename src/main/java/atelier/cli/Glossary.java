package atelier.cli;

import java.util.Map;

/** What each number of metrics.json says, with its unit. */
final class Glossary {

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("model", "what was trained"),
            Map.entry("engine", "scratch: this kit's own layers; dl4j: the same network in Deeplearning4j"),
            Map.entry("data", "the images: mnist, or scribbles, handwriting that the kit draws itself"),
            Map.entry("seed", "of the first weights, the noise and the order of the images"),
            Map.entry("threads", "at work; the results are the same with any number"),
            Map.entry("epochs", "how often every image was to be seen"),
            Map.entry("epochs_completed", "how often every image was seen and the model then tested"),
            Map.entry("batch", "images a step"),
            Map.entry("learning_rate", "of the first step"),
            Map.entry("schedule", "how the learning rate goes on from there"),
            Map.entry("latent", "numbers in the code of an image, D"),
            Map.entry("beta", "weight of the divergence in the loss; with 1 the loss is −ELBO"),
            Map.entry("train_images", "images to learn from"),
            Map.entry("test_images", "images to be judged by; nothing is learnt from them"),
            Map.entry("train_seconds", "seconds of learning, without the measuring"),
            Map.entry("images_per_second", "images learnt in each of these seconds"),
            Map.entry(
                    "test_loss",
                    "what training lowers, on the test images: mean over the images"
                            + " (a classifier: nats; an autoencoder: sum over the pixels of an image)"),
            Map.entry("test_accuracy", "fraction of the test images named rightly, 0 to 1"),
            Map.entry(
                    "test_mse",
                    "mean squared error per pixel of the reconstructed test images, pixels in [0,1]; lower is better"),
            Map.entry(
                    "test_psnr",
                    "peak signal-to-noise ratio of the reconstructions in dB, mean over the test images; higher is better"),
            Map.entry(
                    "test_ssim",
                    "structural similarity of the reconstructions, at most 1, mean over the test images; higher is better"),
            Map.entry(
                    "pca_mse",
                    "what test_mse is for PCA with as many numbers, fitted to the same training images and given the same test images"),
            Map.entry("noisy_psnr", "dB of the spoilt test images themselves, normal noise with σ = 0.5"),
            Map.entry("psnr_gain", "test_psnr − noisy_psnr, dB: how much cleaner the model makes them"),
            Map.entry(
                    "test_elbo",
                    "evidence lower bound on ln p(x), nats an image, mean over the test images: a negative number, higher is better; −test_reconstruction − test_kl whatever β is"),
            Map.entry(
                    "test_reconstruction",
                    "−ln p(x|z), nats an image (sum over the pixels), with one sample z of q(z|x)"),
            Map.entry("test_kl", "KL(q(z|x) ‖ N(0,1)), nats an image (sum over the latents): how much the code says"),
            Map.entry(
                    "test_iwae",
                    "importance-weighted estimate of ln p(x), nats an image: a negative number above test_elbo, higher is better"),
            Map.entry("test_iwae_k", "how many samples of z an image it took"),
            Map.entry(
                    "active_units",
                    "latents that the model uses: their mean varies over the test images by more than 0.01 (variance)"),
            Map.entry(
                    "frechet_distance",
                    "how far the samples are from the test images in mean and covariance of what the kit's judge sees in them; lower is better; compare at one frechet_n only"),
            Map.entry(
                    "d_loss", "what the discriminator pays on the test images and as many fakes, mean over the images"),
            Map.entry("g_loss", "what the generator pays for these fakes"),
            Map.entry(
                    "test_feature_distance",
                    "half the squared distance between test images and their reconstructions in the discriminator's features (sum over the features, mean over the images); the features differ from training to training"),
            Map.entry("d_real", "the discriminator's mean logit of test images; above 0 it finds them real"),
            Map.entry("d_fake", "its mean logit of fakes"),
            Map.entry("label_agreement", "share of samples that the kit's judge reads as the digit that was asked for"),
            Map.entry("frechet_n", "how many samples, and as many test images, were judged"),
            Map.entry(
                    "frechet_floor",
                    "what frechet_distance is for as many training images instead of samples: a perfect generator comes about here"),
            Map.entry(
                    "kid",
                    "kernel distance between samples and test images on the same features: 0 on average for a perfect generator, whatever their number, so it may be negative; lower is better"),
            Map.entry(
                    "precision",
                    "fraction of the samples that could be test images, 0 to 1: the judge sees them as near to one as its third neighbour is"),
            Map.entry(
                    "recall",
                    "fraction of the test images that could be samples, by the same rule with the roles exchanged, 0 to 1"),
            Map.entry("modes", "digits of ten that make up at least a hundredth of the samples each"),
            Map.entry(
                    "class_kl",
                    "KL of the samples' shares of digits from those of the test images, nats: 0 for equal shares, ln 10 for one digit alone"),
            Map.entry(
                    "memorisation",
                    "probability that a sample is nearer to its nearest training image than a test image is to its own, in pixels: ½ by chance, 1 for copies"),
            Map.entry("peak_memory_mb", "the most memory that the process held, in 2²⁰ bytes"),
            Map.entry("jdk", "the Java that ran it"),
            Map.entry("simd", "whether the processor's vectors were used"));

    private Glossary() {}

    /** One line; of a number that it does not know, none. */
    static String meaning(String name) {
        return MEANINGS.getOrDefault(name, "");
    }
}
