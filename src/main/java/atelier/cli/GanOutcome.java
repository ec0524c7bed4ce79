package atelier.cli;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.show.Curves;
import atelier.show.Digits;
import atelier.show.Line;
import atelier.show.Pairs;
import atelier.show.Picture;
import atelier.show.Pictures;
import atelier.tensor.Tensor;
import atelier.train.GanLearner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/** What has become of a GAN: how its images look, how they are judged, and how the two players fared. */
record GanOutcome(GanLearner learner, Sampler sampler, Dataset data) implements Outcome {

    private static final int IN_A_ROW = 10;
    private static final int SEED = 0;

    @Override
    public Map<String, Number> measures() throws InterruptedException {
        return Judgement.of(sampler, data);
    }

    @Override
    public Exhibit curves(Table epochs) {
        Picture losses = Curves.of("What the players pay", epochs, "epoch", "train_loss", "d_loss", "g_loss");
        Picture logits = Curves.of("Mean logits of the discriminator", epochs, "epoch", "d_real", "d_fake");
        return new Exhibit(
                "curves.png",
                "Curves",
                "Left: the discriminator's loss while learning (train_loss), and both players' on the test images after each "
                        + "epoch; neither has to fall, because the other one moves, too. Right: how real the discriminator "
                        + "finds test images and fakes; as long as the two keep near each other, the generator is being taught.",
                epochs.containsColumn("frechet_distance")
                        ? Pictures.below(
                                Pictures.beside(losses, logits),
                                Curves.of(
                                        "Fréchet distance to the test images",
                                        "epoch",
                                        "",
                                        Line.of(
                                                "samples",
                                                epochs.doubleColumn("frechet_distance")
                                                        .asDoubleArray())))
                        : Pictures.beside(losses, logits));
    }

    @Override
    public List<Exhibit> pictures() {
        List<Exhibit> pictures = new ArrayList<>();
        pictures.add(samples());
        pictures.addAll(Exhibit.kernels(learner.model().discriminator().parameters()));
        return pictures;
    }

    private Exhibit samples() {
        String caption = "Digits that nobody wrote, from noise N(0, 1).";
        if (sampler.classes() == 0) {
            return new Exhibit(
                    "samples.png",
                    "Samples",
                    caption,
                    Digits.grid(images(sampler.set(IN_A_ROW * IN_A_ROW, SEED)), IN_A_ROW));
        }
        Tensor[] rows = IntStream.range(0, sampler.classes())
                .mapToObj(digit -> sampler.some(IN_A_ROW, digit, SEED))
                .toArray(Tensor[]::new);
        return new Exhibit(
                "samples.png",
                "Samples",
                caption + " A row a digit, which the label chose; a column a draw of the noise, which chose the style.",
                Pairs.of(
                        IntStream.range(0, sampler.classes())
                                .mapToObj(String::valueOf)
                                .toList(),
                        rows));
    }

    private static Tensor images(ImageSet set) {
        return set.images(0, set.count());
    }
}
