package atelier.train;

import atelier.data.Dataset;
import atelier.data.Scribbles;
import atelier.layer.Mode;
import atelier.layer.Parameter;
import atelier.model.Model;
import atelier.optim.Adam;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.util.List;

/**
 * The smallest model that has everything a checkpoint must hold: weights, a buffer that moves, and random numbers drawn in
 * each training step. It looks at every 14th pixel, some of them dropped: 56 inputs, 10 logits.
 */
class TinyModel implements Model {

    static final Dataset DATA = Scribbles.load(3, 110, 30); // with batches of 20: five full ones and a half one

    private final Parameter w = new Parameter("w", Tensor.normal(RandomStream.seed(5), 0.1, 56, 10));
    private final Parameter mean = new Parameter("mean", Tensor.zeros(1));
    private final RandomStream dropping = RandomStream.seed(6);
    private final Tensor[] inputs = new Tensor[128];
    private final Tensor[] outputs = new Tensor[128];
    private Tensor kept;

    static Classifier learner() {
        return learner(new TinyModel());
    }

    static Classifier learner(TinyModel model) {
        return new Classifier(model, new Adam(model.parameters(), 0.01));
    }

    static Settings settings() {
        return new Settings(3, 20, 7, Schedule.cosine(0.01));
    }

    static Training training(Trainee trainee) {
        return new Training(trainee, DATA, settings()).progress(Progress.silent());
    }

    @Override
    public String name() {
        return "tiny";
    }

    @Override
    public String architecture() {
        return "every 14th pixel, drop 0.2, dense 56-10";
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        int n = x.size(0);
        if (inputs[n] == null) {
            inputs[n] = Tensor.zeros(n, 56);
            outputs[n] = Tensor.zeros(n, 10);
        }
        kept = inputs[n];
        float sum = 0;
        for (int i = 0; i < kept.length(); i++) {
            boolean drop = mode == Mode.TRAIN && dropping.uniform() < 0.2;
            kept.data()[i] = drop ? 0 : x.data()[i * 14];
            sum += kept.data()[i];
        }
        if (mode == Mode.TRAIN) {
            mean.value().data()[0] = 0.9f * mean.value().data()[0] + 0.1f * sum / kept.length();
        }
        multiply(outputs[n]);
        return outputs[n];
    }

    private void multiply(Tensor y) {
        for (int n = 0; n < y.size(0); n++) {
            for (int k = 0; k < 10; k++) {
                float sum = -mean.value().data()[0];
                for (int i = 0; i < 56; i++) {
                    sum += kept.data()[n * 56 + i] * w.value().data()[i * 10 + k];
                }
                y.data()[n * 10 + k] = sum;
            }
        }
    }

    @Override
    public Tensor backward(Tensor dY) {
        for (int n = 0; n < dY.size(0); n++) {
            for (int i = 0; i < 56; i++) {
                for (int k = 0; k < 10; k++) {
                    w.gradient().data()[i * 10 + k] += kept.data()[n * 56 + i] * dY.data()[n * 10 + k];
                }
            }
        }
        return null;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(w);
    }

    @Override
    public List<Parameter> buffers() {
        return List.of(mean);
    }

    @Override
    public List<RandomStream> randomness() {
        return List.of(dropping);
    }
}
