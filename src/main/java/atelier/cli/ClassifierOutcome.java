package atelier.cli;

import atelier.data.ImageSet;
import atelier.measure.Evaluation;
import atelier.model.ConvNet;
import atelier.show.Confusion;
import atelier.show.Curves;
import atelier.show.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/** What has become of a network that names digits: which it confuses, what it looks for. */
record ClassifierOutcome(ConvNet model, ImageSet test) implements Outcome {

    @Override
    public Map<String, Number> measures() {
        return Map.of();
    }

    @Override
    public Exhibit curves(Table epochs) {
        return new Exhibit(
                "curves.png",
                "Curves",
                "Left: the mean loss in nats an image, while learning and on the test images; lower is better. "
                        + "Right: the fraction of the test images that were named rightly.",
                Pictures.beside(
                        Curves.of("Loss (nats)", epochs, "epoch", "train_loss", "test_loss"),
                        Curves.of("Accuracy", epochs, "epoch", "test_accuracy")));
    }

    @Override
    public List<Exhibit> pictures() {
        List<Exhibit> pictures = new ArrayList<>();
        pictures.add(new Exhibit(
                "confusion.png",
                "Confusion",
                "How many test images of each digit (row) were taken for which digit (column); right answers are on "
                        + "the diagonal.",
                Confusion.of(Evaluation.of(model, test).confusion())));
        pictures.add(new Exhibit(
                "inside.png",
                "Inside",
                "The first test image on its way through the network: what each convolution answers after ReLU, the "
                        + "stronger the darker, and what the network believes, in per cent.",
                Inside.of(model, test)));
        pictures.addAll(Exhibit.kernels(model.parameters()));
        return pictures;
    }
}
