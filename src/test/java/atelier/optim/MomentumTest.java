package atelier.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import atelier.layer.Parameter;
import atelier.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class MomentumTest {

    @Test
    void u2_gathersSpeedWhereGradientsAgree() {
        Parameter w = new Parameter("w", Tensor.of(new float[] {1, -2}, 2));
        Momentum momentum = new Momentum(List.of(w), 0.25, 0.5);
        w.gradient().copyFrom(Tensor.of(new float[] {4, -8}, 2));
        momentum.step(); // s = 4, −8
        assertArrayEquals(new float[] {0, 0}, w.value().data());
        momentum.step(); // s = 6, −12
        assertArrayEquals(new float[] {-1.5f, 3}, w.value().data());
        w.gradient().copyFrom(Tensor.of(new float[] {-3, 6}, 2));
        momentum.step(); // s = 0, 0
        assertArrayEquals(new float[] {-1.5f, 3}, w.value().data());
        assertArrayEquals(new float[] {0, 0}, momentum.state().get(0).value().data());
    }

    @Test
    void u2_reachesTenTimesTheStepOfSgd() {
        Parameter w = new Parameter("w", Tensor.zeros(1));
        w.gradient().fill(1);
        Momentum momentum = new Momentum(List.of(w), 0.01);
        for (int t = 0; t < 200; t++) {
            momentum.step();
        }
        float before = w.value().at(0);
        momentum.step();
        assertEquals(-0.1, w.value().at(0) - before, 1e-5);
    }

    @Test
    void u2_withoutMemoryIsU1() {
        Parameter w = new Parameter("w", Tensor.of(new float[] {1, -2}, 2));
        w.gradient().copyFrom(Tensor.of(new float[] {4, -8}, 2));
        Momentum momentum = new Momentum(List.of(w), 0.25, 0);
        momentum.step();
        momentum.step();
        assertArrayEquals(new float[] {-1, 2}, w.value().data());
    }

    @Test
    void aMemoryOutsideZeroToOneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Momentum(List.of(), 0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Momentum(List.of(), 0.1, -0.1));
    }

    @Test
    void u2_equalsItsDefinition() {
        double[] speed = new double[40];
        OptimizerLaws.equalsDefinition(
                p -> new Momentum(p, 0.01),
                (theta, g, t) -> atelier.definition.Momentum.step(theta, speed, g, 0.01, 0.9));
    }

    @Test
    void theLawsOfOptimisersHold() {
        OptimizerLaws.hold(parameters -> new Momentum(parameters, 0.01));
    }
}
