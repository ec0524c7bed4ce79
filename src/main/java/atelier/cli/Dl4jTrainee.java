package atelier.cli;

import atelier.data.Batch;
import atelier.data.ImageSet;
import atelier.dl4j.Dl4jConvNet;
import atelier.dl4j.Nd4jRuntime;
import atelier.layer.Parameter;
import atelier.measure.Evaluation;
import atelier.model.ConvNet;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import atelier.train.NonFiniteException;
import atelier.train.Trainee;
import java.util.Map;

/** DL4J's network in our training loop: the same first weights, images, order and learning rate. */
record Dl4jTrainee(Dl4jConvNet network) implements Trainee {

    private static final int AT_ONCE = 500;

    static Dl4jTrainee convnet(long seed) {
        Nd4jRuntime.start(Parallel.threads());
        ConvNet twin = new ConvNet(RandomStream.seed(seed));
        return new Dl4jTrainee(
                new Dl4jConvNet(twin.parameters().stream().map(Parameter::value).toList(), 0.001));
    }

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

    /** How often an image of class i (row) was taken for class j (column). */
    int[][] confusion(ImageSet test) {
        int[][] counts = new int[10][10];
        for (int from = 0; from < test.count(); from += AT_ONCE) {
            int to = Math.min(test.count(), from + AT_ONCE);
            Tensor scores = network.probabilities(test.images(from, to));
            int[][] part = Evaluation.of(scores, test.labels(from, to)).confusion();
            for (int i = 0; i < 10; i++) {
                for (int j = 0; j < 10; j++) {
                    counts[i][j] += part[i][j];
                }
            }
        }
        return counts;
    }
}
