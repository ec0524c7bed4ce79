package atelier.train;

import atelier.layer.Parameter;
import atelier.optim.Optimizer;
import atelier.tensor.Loops;
import atelier.tensor.Tensor;
import java.util.List;

/**
 * Looks for NaN and infinity where they would spoil a training: in the loss, in the gradients before they are used, and in the weights
 * of a player before the other one meets them.
 */
public final class Finite {

    private Finite() {}

    /**
     * Checks a loss, and if it is not finite looks for the cause in the input, the parameters and the buffers.
     *
     * @throws NonFiniteException naming the first number that is not finite
     */
    public static void requireLoss(double loss, Tensor x, Learner learner) {
        if (Double.isFinite(loss)) {
            return;
        }
        require(x, "the input", "Look at the data");
        for (Parameter parameter : learner.parameters()) {
            require(parameter.value(), parameter.name(), "Start from other weights");
        }
        for (Parameter buffer : learner.buffers()) {
            require(buffer.value(), buffer.name(), "Lower the learning rate, or look at the data");
        }
        throw new NonFiniteException("expected a finite loss but got " + loss
                + " from finite inputs and parameters. Lower the learning rate, or start from smaller weights.");
    }

    /** @throws NonFiniteException naming the first pixel that is not finite; for a loss that might not show it */
    static void requireInput(Tensor x) {
        if (!Loops.allFinite(x.data())) {
            require(x, "the input", "Look at the data");
        }
    }

    /** @throws NonFiniteException naming the parameter and the first index whose gradient is not finite */
    public static void requireGradients(Optimizer optimizer) {
        List<Parameter> parameters = optimizer.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (!Loops.allFinite(parameter.gradient().data())) {
                require(parameter.gradient(), "the gradient of " + parameter.name(), "Lower the learning rate");
            }
        }
    }

    /** @throws NonFiniteException naming the parameter and the first index that a step has made infinite, or no number */
    static void requireParameters(Optimizer optimizer) {
        List<Parameter> parameters = optimizer.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (!Loops.allFinite(parameter.value().data())) {
                require(parameter.value(), parameter.name() + " after the step", "Lower the learning rate");
            }
        }
    }

    private static void require(Tensor tensor, String name, String advice) {
        float[] values = tensor.data();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new NonFiniteException("expected finite numbers but got " + values[i] + " in " + name
                        + " at index " + i + ". " + advice + ".");
            }
        }
    }
}
