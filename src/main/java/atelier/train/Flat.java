package atelier.train;

import atelier.layer.Parameter;
import atelier.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** The numbers of all parameters, or their gradients, one behind the other in one array. */
final class Flat {

    private Flat() {}

    static int length(List<Parameter> parameters) {
        return parameters.stream().mapToInt(p -> p.value().length()).sum();
    }

    /** From the parameters into the array. */
    static void gather(List<Parameter> parameters, Function<Parameter, Tensor> which, float[] into) {
        int at = 0;
        for (Parameter parameter : parameters) {
            Tensor tensor = which.apply(parameter);
            System.arraycopy(tensor.data(), 0, into, at, tensor.length());
            at += tensor.length();
        }
    }

    /** From the array into the parameters. */
    static void spread(float[] from, List<Parameter> parameters, Function<Parameter, Tensor> which) {
        int at = 0;
        for (Parameter parameter : parameters) {
            Tensor tensor = which.apply(parameter);
            System.arraycopy(from, at, tensor.data(), 0, tensor.length());
            at += tensor.length();
        }
    }
}
