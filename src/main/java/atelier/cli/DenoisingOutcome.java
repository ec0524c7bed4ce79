package atelier.cli;

import atelier.data.Corruption;
import atelier.data.Dataset;
import atelier.layer.Mode;
import atelier.measure.Pca;
import atelier.measure.Quality;
import atelier.model.Autoencoder;
import atelier.show.Pairs;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tech.tablesaw.api.Table;

/** What has become of an autoencoder that was shown noisy images: how much cleaner it makes them. */
record DenoisingOutcome(Autoencoder model, Corruption noise, Dataset data) implements Outcome {

    @Override
    public Map<String, Number> measures() {
        UnaryOperator<Tensor> spoilt = spoiling();
        double noisy = Quality.of(data.test(), spoilt).meanPsnr();
        UnaryOperator<Tensor> again = spoiling();
        Quality quality = Quality.of(data.test(), x -> model.forward(again.apply(x), Mode.INFER));
        Pca pca = Pca.of(data.train(), model.codeSize());
        UnaryOperator<Tensor> onceMore = spoiling();
        Map<String, Number> measures = new LinkedHashMap<>();
        measures.put("noisy_psnr", noisy);
        measures.put("test_psnr", quality.meanPsnr());
        measures.put("psnr_gain", quality.meanPsnr() - noisy);
        measures.put("test_ssim", quality.meanSsim());
        measures.put(
                "pca_mse",
                Quality.of(data.test(), x -> pca.reconstruct(onceMore.apply(x))).meanMse());
        return measures;
    }

    /** The same noise whenever it begins anew, and the noise under which the training was tested. */
    private UnaryOperator<Tensor> spoiling() {
        RandomStream always = RandomStream.seed(0);
        return clean -> {
            Tensor spoilt = Tensor.zeros(clean.shape());
            noise.apply(clean, always, spoilt);
            return spoilt;
        };
    }

    @Override
    public Exhibit curves(Table epochs) {
        return plain().curves(epochs);
    }

    @Override
    public List<Exhibit> pictures() {
        Tensor x = Some.images(data.test());
        Tensor spoilt = spoiling().apply(x);
        List<Exhibit> pictures = new ArrayList<>();
        pictures.add(new Exhibit(
                "reconstructions.png",
                "Reconstructions",
                "Images of the test set; the same with " + noise.name() + ", which is all that the model is shown; and "
                        + "what it makes of them.",
                Pairs.of(List.of("original", "noisy", "restored"), x, spoilt, model.forward(spoilt, Mode.INFER))));
        pictures.addAll(plain().codes());
        return pictures;
    }

    private AutoencoderOutcome plain() {
        return new AutoencoderOutcome(model, data);
    }
}
