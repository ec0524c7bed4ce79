package atelier.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.layer.Parameter;
import atelier.optim.Sgd;
import atelier.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiniteTest {

    @Test
    void theMessageNamesTheParameterAndTheFirstBadIndex() {
        Parameter good = new Parameter("good", Tensor.zeros(9));
        Parameter bad = new Parameter("conv2.weight", Tensor.zeros(3, 3));
        bad.gradient().data()[7] = Float.POSITIVE_INFINITY;
        bad.gradient().data()[8] = Float.NaN;
        NonFiniteException fault =
                assertThrows(NonFiniteException.class, () -> Finite.requireGradients(new Sgd(List.of(good, bad), 0.1)));
        assertEquals(
                "expected finite numbers but got Infinity in the gradient of conv2.weight at index 7."
                        + " Lower the learning rate.",
                fault.getMessage());
    }

    @Test
    void aWeightThatAStepMadeInfiniteIsNamedAsThat() {
        Parameter weight = new Parameter("dense1.weight", Tensor.zeros(2, 3));
        Sgd sgd = new Sgd(List.of(weight), 3e38);
        weight.gradient().data()[4] = -2;
        sgd.step();
        NonFiniteException fault = assertThrows(NonFiniteException.class, () -> Finite.requireParameters(sgd));
        assertEquals(
                "expected finite numbers but got Infinity in dense1.weight after the step at index 4."
                        + " Lower the learning rate.",
                fault.getMessage());
        weight.value().fill(Float.MAX_VALUE);
        Finite.requireParameters(sgd);
    }
}
