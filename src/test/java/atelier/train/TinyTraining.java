package atelier.train;

import atelier.data.Batch;
import atelier.data.ImageSet;
import atelier.model.Model;
import atelier.optim.Optimizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that trains the tiny model in a folder, or goes on where an earlier run of it was killed. */
final class TinyTraining {

    static final Settings SETTINGS = new Settings(20, 20, 7, Schedule.cosine(0.01));

    private TinyTraining() {}

    /** The folder, and how long a step takes at least, in milliseconds. */
    public static void main(String[] arguments) {
        train(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    static void train(Path folder, int milliseconds) {
        new Training(slow(TinyModel.learner(), milliseconds), TinyModel.DATA, SETTINGS)
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
