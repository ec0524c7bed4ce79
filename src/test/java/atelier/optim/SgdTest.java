package atelier.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.layer.Parameter;
import atelier.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class SgdTest {

    @Test
    void u1_stepsDownhillByTheRateTimesTheGradient() {
        Parameter w = new Parameter("w", Tensor.of(new float[] {1, -2, 3}, 3));
        w.gradient().copyFrom(Tensor.of(new float[] {4, 8, -16}, 3));
        Sgd sgd = new Sgd(List.of(w), 0.25);
        sgd.step();
        assertArrayEquals(new float[] {0, -4, 7}, w.value().data());
        sgd.step();
        assertArrayEquals(new float[] {-1, -6, 11}, w.value().data());
    }

    @Test
    void itRemembersNothing() {
        assertTrue(new Sgd(List.of(), 0.1).state().isEmpty());
    }

    @Test
    void u1_equalsItsDefinition() {
        OptimizerLaws.equalsDefinition(
                p -> new Sgd(p, 0.05), (theta, g, t) -> atelier.definition.Sgd.step(theta, g, 0.05));
    }

    @Test
    void theLawsOfOptimisersHold() {
        OptimizerLaws.hold(parameters -> new Sgd(parameters, 0.05));
    }
}
