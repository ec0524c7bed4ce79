package atelier.cli;

import atelier.data.Dataset;
import atelier.layer.Mode;
import atelier.measure.Pca;
import atelier.measure.Quality;
import atelier.model.VaeGan;
import atelier.show.Curves;
import atelier.show.Digits;
import atelier.show.Interpolation;
import atelier.show.Pairs;
import atelier.show.Picture;
import atelier.show.Pictures;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/** What has become of a VAE-GAN: how its images look and are judged, how well it gives images back, how its players fared. */
record VaeGanOutcome(VaeGan model, Sampler sampler, Dataset data) implements Outcome {

    private static final int IN_A_ROW = 10;
    private static final int ROWS = 5;
    private static final int SEED = 0;

    @Override
    public Map<String, Number> measures() throws InterruptedException {
        Quality quality = Quality.of(data.test(), x -> model.forward(x, Mode.INFER));
        Map<String, Number> measures = new LinkedHashMap<>();
        measures.put("test_psnr", quality.meanPsnr());
        measures.put("test_ssim", quality.meanSsim());
        measures.put("pca_mse", Pca.of(data.train(), model.latents()).mse(data.test()));
        measures.putAll(Judgement.of(sampler, data));
        return measures;
    }

    @Override
    public Exhibit curves(Table epochs) {
        Picture losses = Curves.of("What the players pay", epochs, "epoch", "train_loss", "d_loss", "g_loss");
        Picture logits = Curves.of("Mean logits of the discriminator", epochs, "epoch", "d_real", "d_fake");
        Picture code = Curves.of("What the code costs (nats an image)", epochs, "epoch", "test_kl");
        Picture likeness =
                Curves.of("How far reconstructions are, in features", epochs, "epoch", "test_feature_distance");
        Picture all = Pictures.below(Pictures.beside(losses, logits), Pictures.beside(code, likeness));
        return new Exhibit(
                "curves.png",
                "Curves",
                "Above: the discriminator's loss while learning (train_loss), its and the decoder's on the test images after each "
                        + "epoch, and how real it finds test images and fakes. Below: the divergence of the code, and the "
                        + "distance of reconstructions in the discriminator's features. None of these has to fall, "
                        + "because the features themselves change while the discriminator learns; the distance that the kit's "
                        + "judge measures does not depend on them.",
                epochs.containsColumn("frechet_distance")
                        ? Pictures.below(
                                all,
                                Curves.of("Fréchet distance to the test images", epochs, "epoch", "frechet_distance"))
                        : all);
    }

    @Override
    public List<Exhibit> pictures() {
        List<Exhibit> pictures = new ArrayList<>();
        pictures.add(reconstructions());
        pictures.add(new Exhibit(
                "samples.png",
                "Samples",
                "Digits that nobody wrote: codes drawn from the prior N(0, 1).",
                Digits.grid(sampler.set(IN_A_ROW * IN_A_ROW, SEED).images(0, IN_A_ROW * IN_A_ROW), IN_A_ROW)));
        pictures.add(between());
        pictures.addAll(codes());
        pictures.addAll(Exhibit.kernels(model.discriminator().parameters()));
        return pictures;
    }

    private Exhibit reconstructions() {
        Tensor x = Some.images(data.test());
        return new Exhibit(
                "reconstructions.png",
                "Reconstructions",
                "Above, images of the test set; below, what the decoder makes of the mean of q(z|x), " + model.latents()
                        + " numbers. Compared by features and not by pixels: the stroke is sharp, but need not lie where it lay.",
                Pairs.of(List.of("original", "reconstruction"), x, model.forward(x, Mode.INFER)));
    }

    private Exhibit between() {
        Tensor means = means();
        int rows = Math.min(ROWS, means.size(0));
        Tensor from = means.slice(0, rows);
        Tensor to = means.slice(means.size(0) - rows, means.size(0));
        return new Exhibit(
                "interpolation.png",
                "Between two images",
                "Each row goes from the code of one test image to that of another in equal steps.",
                Interpolation.of(from, to, IN_A_ROW, this::decode));
    }

    private Tensor means() {
        return Some.codes(data.test(), model.latents(), (x, labels) -> model.encode(x, Mode.INFER));
    }

    private List<Exhibit> codes() {
        Tensor means = means();
        CodeSpace space = CodeSpace.of(means);
        List<Exhibit> pictures = new ArrayList<>();
        pictures.add(space.manifold(this::decode));
        pictures.addAll(space.clusters(means, Some.manyLabels(data.test())));
        return pictures;
    }

    private Tensor decode(Tensor z) {
        return model.decode(z, Mode.INFER);
    }
}
