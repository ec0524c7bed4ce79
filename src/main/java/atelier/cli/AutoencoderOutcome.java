package atelier.cli;

import atelier.data.Dataset;
import atelier.layer.Mode;
import atelier.measure.Pca;
import atelier.measure.Quality;
import atelier.model.Autoencoder;
import atelier.show.Curves;
import atelier.show.Pairs;
import atelier.show.Pictures;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/** What has become of an autoencoder: how much of an image is left on the other side of its code. */
record AutoencoderOutcome(Autoencoder model, Dataset data) implements Outcome {

    @Override
    public Map<String, Number> measures() {
        Quality quality = Quality.of(data.test(), x -> model.forward(x, Mode.INFER));
        Map<String, Number> measures = new LinkedHashMap<>();
        measures.put("test_psnr", quality.meanPsnr());
        measures.put("test_ssim", quality.meanSsim());
        measures.put("pca_mse", Pca.of(data.train(), model.codeSize()).mse(data.test()));
        return measures;
    }

    @Override
    public Exhibit curves(Table epochs) {
        return new Exhibit(
                "curves.png",
                "Curves",
                "Left: the loss, summed over the pixels of an image and averaged over the images, while learning and on "
                        + "the test images. Right: the mean squared error per pixel, pixels in [0,1]. Lower is better.",
                Pictures.beside(
                        Curves.of("Loss (an image)", epochs, "epoch", "train_loss", "test_loss"),
                        Curves.of("Squared error (a pixel)", epochs, "epoch", "test_mse")));
    }

    @Override
    public List<Exhibit> pictures() {
        Tensor x = Some.images(data.test());
        List<Exhibit> pictures = new ArrayList<>();
        pictures.add(new Exhibit(
                "reconstructions.png",
                "Reconstructions",
                "Above, images of the test set; below, what the decoder makes of their codes of " + model.codeSize()
                        + " numbers.",
                Pairs.of(List.of("original", "reconstruction"), x, model.forward(x, Mode.INFER))));
        pictures.addAll(codes());
        return pictures;
    }

    /** Where the codes lie and what lies between them; and the kernels, where there are such. */
    List<Exhibit> codes() {
        Tensor codes = Some.codes(data.test(), model.codeSize(), (x, labels) -> model.encode(x, Mode.INFER));
        CodeSpace space = CodeSpace.of(codes);
        List<Exhibit> pictures = new ArrayList<>();
        pictures.add(space.manifold(code -> model.decode(code, Mode.INFER)));
        pictures.addAll(space.clusters(codes, Some.manyLabels(data.test())));
        pictures.addAll(Exhibit.kernels(model.parameters()));
        return pictures;
    }
}
