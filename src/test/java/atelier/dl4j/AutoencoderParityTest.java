package atelier.dl4j;

import static atelier.dl4j.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import atelier.data.Batch;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.loss.SquaredError;
import atelier.model.Autoencoder;
import atelier.model.Model;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kit's autoencoders and DL4J's, holding the same weights. */
@Tag("dl4j")
class AutoencoderParityTest {

    private static final double RATE = 1e-3;

    private final RandomStream random = RandomStream.seed(30);
    private final SquaredError loss = new SquaredError();
    private final Autoencoder ours = withBiases(Autoencoder.dense(5, random.split(1)), random.split(2));
    private final Dl4jReconstructor theirs = new Dl4jAutoencoder(values(ours), RATE);
    private final Batch batch = ConvNetParityTest.batch(7, random);

    @Test
    void codesAndReconstructionsAreTheSame() {
        Tensor y = ours.forward(batch.x(), Mode.INFER).copy();
        assertClose(ours.code(), theirs.encode(batch.x()), 1e-5, "code");
        assertClose(y, theirs.reconstruct(batch.x()), 1e-5, "reconstruction");
        assertClose(y, theirs.decode(theirs.encode(batch.x())), 1e-5, "decoded code");
    }

    @Test
    void theLossIsTheSumOverThePixelsAndTheMeanOverTheBatch() {
        double expected = loss.forward(ours.forward(batch.x(), Mode.TRAIN), batch.x());
        assertEquals(expected, theirs.loss(batch), 1e-5 * expected);
    }

    @Test
    void everyGradientIsTheSame() {
        backward(ours, loss, batch);
        List<Tensor> gradients = theirs.gradients(batch);
        assertEquals(ours.parameters().size(), gradients.size());
        for (int i = 0; i < gradients.size(); i++) {
            Parameter p = ours.parameters().get(i);
            assertClose(p.gradient(), gradients.get(i), 1e-5, p.name());
        }
    }

    @Test
    void theNetworksStayTogetherForFiveStepsOfAdam() {
        Adam adam = new Adam(ours.parameters(), RATE);
        for (int step = 1; step <= 5; step++) {
            double expected = backward(ours, loss, batch);
            adam.step();
            assertEquals(expected, theirs.step(batch), 1e-3 * expected, "loss before step " + step);
        }
    }

    private static double backward(Autoencoder model, SquaredError loss, Batch batch) {
        double mean = loss.forward(model.forward(batch.x(), Mode.TRAIN), batch.x());
        model.parameters().forEach(Parameter::zeroGradient);
        model.backward(loss.backward());
        return mean;
    }

    /** Biases start at 0, which would hide a bias that is lost or in the wrong place. */
    static <M extends Model> M withBiases(M model, RandomStream random) {
        for (Parameter p : model.parameters()) {
            if (p.value().rank() == 1) {
                random.fillNormal(p.value().data(), 0, p.value().length(), 0.1);
            }
        }
        return model;
    }

    static List<Tensor> values(Model model) {
        return model.parameters().stream().map(Parameter::value).toList();
    }
}
