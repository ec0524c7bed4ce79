package atelier.cli;

import atelier.data.Batch;
import atelier.data.ImageSet;
import atelier.dl4j.Dl4jConvNet;
import atelier.dl4j.Nd4jRuntime;
import atelier.layer.Parameter;
import atelier.model.ConvNet;
import atelier.tensor.Parallel;
import atelier.tensor.RandomStream;
import atelier.train.NonFiniteException;
import atelier.train.Trainee;
import java.util.Map;

/** DL4J's network in our training loop: the same first weights, images, order and learning rate. */
record Dl4jTrainee(Dl4jConvNet network) implements Trainee {

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
}
