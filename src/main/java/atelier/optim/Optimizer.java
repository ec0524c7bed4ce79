package atelier.optim;

import atelier.layer.Parameter;
import java.util.List;

/** Turns gradients into changes of the parameters that it was made with. */
public interface Optimizer {

    List<Parameter> parameters();

    /** Changes every parameter once, from its gradient. */
    void step();

    /** How many steps were made. */
    long steps();

    /** Puts the count of steps back, when a checkpoint is loaded. */
    void steps(long made);

    /** The optimiser's own numbers (moments), in a fixed order, so that a checkpoint can store them. */
    List<Parameter> state();

    /** η, the learning rate. */
    double learningRate();

    void learningRate(double rate);

    /** The rule and its constants other than η, in one line: a checkpoint made under others is refused by it. */
    default String rule() {
        return getClass().getSimpleName();
    }

    default void zeroGradients() {
        List<Parameter> parameters = parameters();
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).zeroGradient();
        }
    }
}
