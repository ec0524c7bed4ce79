package atelier.train;

import atelier.layer.Parameter;
import atelier.optim.Optimizer;
import atelier.tensor.Tensor;
import java.util.List;

/** Looks for NaN and infinity where they would spoil a training: in the loss, and in the gradients before they are used. */
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

    /** @throws NonFiniteException naming the parameter and the first index whose gradient is not finite */
    public static void requireGradients(Optimizer optimizer) {
        List<Parameter> parameters = optimizer.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (!allFinite(parameter.gradient().data())) {
                require(parameter.gradient(), "the gradient of " + parameter.name(), "Lower the learning rate");
            }
        }
    }

    /**
     * Whether every number is finite. {@code 0·x} is 0 for a finite x and NaN for any other, so one sum tells; four sums
     * side by side, because each addition waits for the one before it.
     */
    static boolean allFinite(float[] values) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < values.length; i += 4) {
            a += 0 * values[i];
            b += 0 * values[i + 1];
            c += 0 * values[i + 2];
            d += 0 * values[i + 3];
        }
        for (; i < values.length; i++) {
            a += 0 * values[i];
        }
        return a + b + c + d == 0;
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
