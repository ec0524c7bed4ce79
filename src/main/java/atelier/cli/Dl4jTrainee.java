package atelier.cli;

import atelier.data.Batch;
import atelier.data.ImageSet;
import atelier.dl4j.Dl4jFile;
import atelier.dl4j.Dl4jModel;
import atelier.layer.Parameter;
import atelier.tensor.Tensor;
import atelier.train.Learner;
import atelier.train.NonFiniteException;
import atelier.train.Trainee;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A model in DL4J, in our training loop: the same first weights, images, order and learning rate. */
record Dl4jTrainee(Dl4jModel network) implements Trainee {

    @Override
    public double step(Batch batch) {
        try {
            return network.step(batch);
        } catch (ArithmeticException fault) {
            throw new NonFiniteException(fault.getMessage());
        }
    }

    @Override
    public void learningRate(double rate) {
        network.learningRate(rate);
    }

    @Override
    public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
        return network.evaluate(test);
    }

    /** Gives what it has learnt to the same model of ours, running means and variances included. */
    void copyInto(Learner ours) {
        copy(network.weights(), ours.parameters());
        copy(network.buffers(), ours.model().buffers());
    }

    private static void copy(List<Tensor> from, List<Parameter> to) {
        for (int i = 0; i < to.size(); i++) {
            to.get(i).value().copyFrom(from.get(i));
        }
    }

    /** Writes it into a folder, in DL4J's own form. */
    void save(Path folder) {
        Dl4jFile.save(network, folder.resolve("dl4j.zip"));
    }
}
