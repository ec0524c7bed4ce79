package atelier.train;

import atelier.data.Batch;
import atelier.data.ImageSet;
import atelier.model.Model;
import atelier.optim.Optimizer;
import atelier.tensor.RandomStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that trains a tiny model, or a tiny game, in a folder, or goes on where an earlier run of it was killed. */
final class TinyTraining {

    static final Settings SETTINGS = new Settings(20, 20, 7, Schedule.cosine(0.01));

    private TinyTraining() {}

    /** The folder, how long a step takes at least, in milliseconds, and {@code classifier} or a {@link TinyGan}. */
    public static void main(String[] arguments) {
        train(Path.of(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]);
    }

    static void train(Path folder, int milliseconds, String what) {
        Learner learner = what.equals("classifier")
                ? TinyModel.learner()
                : TinyGan.valueOf(what).learner();
        new Training(slow(learner, milliseconds), TinyModel.DATA, SETTINGS)
                .progress(Progress.silent())
                .checkpoints(folder, true, 1)
                .run();
    }

    private static Learner slow(Learner learner, int milliseconds) {
        return new Learner() {
            @Override
            public double step(Batch batch) {
                try {
                    Thread.sleep(milliseconds);
                } catch (InterruptedException unexpected) {
                    throw new IllegalStateException(unexpected);
                }
                return learner.step(batch);
            }

            @Override
            public void learningRate(double rate) {
                learner.learningRate(rate);
            }

            @Override
            public List<RandomStream> randomness() {
                return learner.randomness();
            }

            @Override
            public Model model() {
                return learner.model();
            }

            @Override
            public List<Optimizer> optimizers() {
                return learner.optimizers();
            }

            @Override
            public Map<String, String> choices() {
                return learner.choices();
            }

            @Override
            public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
                return learner.evaluate(test);
            }
        };
    }
}
