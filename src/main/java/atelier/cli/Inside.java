package atelier.cli;

import atelier.data.ImageSet;
import atelier.layer.Layer;
import atelier.layer.Mode;
import atelier.loss.SoftmaxCrossEntropy;
import atelier.model.ConvNet;
import atelier.show.Bars;
import atelier.show.Digits;
import atelier.show.FeatureMaps;
import atelier.show.Picture;
import atelier.show.Pictures;
import atelier.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One digit on its way through a network: what each convolution answers, and what the last layer believes. */
final class Inside {

    private Inside() {}

    /** The first image of the set in this network. */
    static Picture of(ConvNet net, ImageSet images) {
        Tensor image = images.images(0, 1);
        List<Picture> maps = new ArrayList<>();
        Tensor x = image;
        for (Layer layer : net.layers()) {
            x = layer.forward(x, Mode.INFER);
            if (layer instanceof atelier.layer.Relu && x.rank() == 4) {
                maps.add(Pictures.titled("convolution " + (maps.size() + 1) + ", then ReLU", FeatureMaps.grid(x)));
            }
        }
        SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy();
        softmax.forward(x, images.labels(0, 1));
        Map<String, Double> belief = new LinkedHashMap<>();
        for (int k = 0; k < softmax.probabilities().size(1); k++) {
            belief.put(
                    Integer.toString(k),
                    Math.round(1e4 * softmax.probabilities().at(0, k)) / 100.0);
        }
        return Pictures.below(
                Pictures.beside(Pictures.titled("one digit", Digits.grid(image)), maps.get(0)),
                Pictures.beside(maps.get(1), Bars.of("what it believes", "%", belief)));
    }
}
