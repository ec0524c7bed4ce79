package atelier.train;

import atelier.layer.Parameter;
import atelier.model.Model;
import atelier.optim.Optimizer;
import atelier.tensor.RandomStream;
import java.util.List;
import java.util.Map;

/**
 * A model together with what teaches it: a loss, and one optimiser or several.
 *
 * <p>Everything that a step changes is reachable from here, so that a {@link Checkpoint} can hold it and a resumed
 * training is the same, to the bit, as one that never stopped.
 */
public interface Learner extends Trainee {

    Model model();

    List<Optimizer> optimizers();

    /** What else decides the numbers, by name, such as the loss: a checkpoint made under other values is refused. */
    Map<String, String> choices();

    @Override
    default void learningRate(double rate) {
        for (int i = 0; i < optimizers().size(); i++) {
            optimizers().get(i).learningRate(rate);
        }
    }

    default List<Parameter> parameters() {
        return model().parameters();
    }

    /** The model's; a learner that must remember more itself puts it behind them. */
    default List<Parameter> buffers() {
        return model().buffers();
    }

    default List<RandomStream> randomness() {
        return model().randomness();
    }
}
