package atelier.cli;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.layer.Mode;
import atelier.loss.PixelLoss;
import atelier.measure.ActiveUnits;
import atelier.measure.Likelihood;
import atelier.measure.Pca;
import atelier.measure.Quality;
import atelier.model.Vae;
import atelier.show.Curves;
import atelier.show.Digits;
import atelier.show.Line;
import atelier.show.Pairs;
import atelier.show.Picture;
import atelier.show.Pictures;
import atelier.tensor.Noise;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import atelier.train.ElboLearner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/** What has become of a variational autoencoder: how likely it finds images, how much its code says, what it imagines. */
record VaeOutcome(Vae model, PixelLoss loss, int iwae, Dataset data) implements Outcome {

    private static final int IN_A_ROW = 10;

    @Override
    public Map<String, Number> measures() throws InterruptedException {
        AtomicInteger at = new AtomicInteger();
        Quality quality = Quality.of(data.test(), x -> {
            int from = at.getAndAdd(x.size(0));
            return reconstruct(x, data.test().labels(from, at.get()));
        });
        Map<String, Number> measures = new LinkedHashMap<>();
        if (iwae > 0) {
            double[] bounds = new Likelihood(model, loss)
                    .weighted(binary(), iwae, RandomStream.seed(0).split(3));
            measures.put("test_iwae", Arrays.stream(bounds).sum() / bounds.length);
            measures.put("test_iwae_k", iwae);
        }
        measures.put("active_units", ActiveUnits.of(model, binary()).count());
        measures.put("test_mse", quality.meanMse());
        measures.put("test_psnr", quality.meanPsnr());
        measures.put("test_ssim", quality.meanSsim());
        measures.put("pca_mse", Pca.of(data.train(), model.latents()).mse(data.test()));
        return measures;
    }

    /** The test images in black and white, as {@link ElboLearner#evaluate} draws them. */
    private ImageSet binary() {
        return data.test().binarised(RandomStream.seed(0).split(1));
    }

    @Override
    public Exhibit curves(Table epochs) {
        double[] bound = numbers(epochs, "test_elbo");
        Picture left = Curves.of(
                "Loss (nats an image)",
                "epoch",
                "",
                Line.of("train loss", numbers(epochs, "train_loss")),
                Line.of("test −ELBO", Arrays.stream(bound).map(b -> -b).toArray()));
        Picture right = Curves.of("Its two parts (nats an image)", epochs, "epoch", "test_reconstruction", "test_kl");
        return new Exhibit(
                "curves.png",
                "Curves",
                "Left: the loss while learning, −ln p(x|z) + β · KL, and −ELBO on the test images; lower is better. Right: "
                        + "the two parts of that −ELBO, what the pixels cost and what the code costs. Nats an image: the "
                        + "sum over pixels and latents, the mean over images.",
                Pictures.beside(left, right));
    }

    private static double[] numbers(Table epochs, String column) {
        return epochs.doubleColumn(column).asDoubleArray();
    }

    @Override
    public List<Exhibit> pictures() {
        List<Exhibit> pictures = new ArrayList<>();
        pictures.add(reconstructions());
        pictures.add(samples());
        pictures.addAll(codes());
        pictures.addAll(Exhibit.kernels(model.parameters()));
        return pictures;
    }

    private Exhibit reconstructions() {
        Tensor x = Some.images(data.test());
        return new Exhibit(
                "reconstructions.png",
                "Reconstructions",
                "Above, images of the test set; below, how white the decoder expects each pixel to be, from the mean of "
                        + "q(z|x), " + model.latents() + " numbers.",
                Pairs.of(List.of("original", "reconstruction"), x, reconstruct(x, Some.labels(data.test()))));
    }

    private Exhibit samples() {
        Tensor z = Tensor.zeros(IN_A_ROW * IN_A_ROW, model.latents());
        Noise.normal(RandomStream.seed(0), z);
        boolean conditional = model.classes() > 0;
        String caption =
                "Digits that nobody wrote: latents drawn from the prior N(0, 1), and how white the decoder expects "
                        + "each pixel to be.";
        if (!conditional) {
            return new Exhibit("samples.png", "Samples", caption, Digits.grid(decode(z, null), IN_A_ROW));
        }
        Tensor styles = z.slice(0, IN_A_ROW);
        Tensor[] rows = IntStream.range(0, model.classes())
                .mapToObj(digit -> decode(styles, all(digit, IN_A_ROW)).copy())
                .toArray(Tensor[]::new);
        List<String> names =
                IntStream.range(0, model.classes()).mapToObj(String::valueOf).toList();
        return new Exhibit(
                "samples.png",
                "Samples",
                caption
                        + " A row a digit, which the label chose; a column a draw of the latents, which chose the style.",
                Pairs.of(names, rows));
    }

    /** Where the means of the codes lie, and what lies between them, in the plane of the two latents that say most. */
    private List<Exhibit> codes() {
        int d = model.latents();
        double[] kl = ActiveUnits.of(model, binary()).kl();
        int[] most = IntStream.range(0, d)
                .boxed()
                .sorted((i, j) -> Double.compare(kl[j], kl[i]))
                .limit(2)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        Tensor means = Some.codes(data.test(), d, (x, labels) -> model.encode(x, labels, Mode.INFER));
        int digit = 3;
        CodeSpace space =
                CodeSpace.of(most[0], most[most.length - 1], d, model.classes() > 0 ? "; the digit is " + digit : "");
        List<Exhibit> pictures = new ArrayList<>();
        pictures.add(space.manifold(z -> decode(z, all(digit, z.size(0)))));
        pictures.addAll(space.clusters(means, Some.manyLabels(data.test())));
        return pictures;
    }

    private Tensor reconstruct(Tensor x, int... labels) {
        return loss.pixels(model.forward(x, labels, Mode.INFER));
    }

    private Tensor decode(Tensor z, int... labels) {
        return loss.pixels(model.decode(z, labels, Mode.INFER));
    }

    private static int[] all(int digit, int count) {
        int[] labels = new int[count];
        Arrays.fill(labels, digit);
        return labels;
    }
}
